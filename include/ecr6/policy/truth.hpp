#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ecr6::policy {

/// What can be said about a condition for a caller.
enum class Verdict {
  no,
  yes,
  depends,        ///< on something that the documents and the caller's address do not tell
  indeterminate,  ///< AWS does not document it, and evaluators differ
};

[[nodiscard]] std::string_view to_string(Verdict word);

struct Truth {
  Verdict verdict{};
  std::vector<std::string> reasons;  ///< what it depends on, or why it cannot be told; empty for yes and no

  [[nodiscard]] static Truth of(bool value) { return {value ? Verdict::yes : Verdict::no, {}}; }
};

/// AND: a `no` decides; otherwise `indeterminate` outweighs `depends`.
[[nodiscard]] Truth both(Truth left, const Truth& right);
/// OR: a `yes` decides.
[[nodiscard]] Truth either(Truth left, const Truth& right);
[[nodiscard]] Truth opposite(Truth truth);

}  // namespace ecr6::policy
