#pragma once

#include <string_view>

namespace ecr6::policy {

/// IAM's matching: `*` is any text, `?` any one character; ASCII case counts only when asked to.
[[nodiscard]] bool glob_matches(std::string_view pattern, std::string_view text, bool case_counts = false);

/// Whether some text matches both patterns. Patterns of absurd length count as overlapping.
[[nodiscard]] bool globs_overlap(std::string_view left, std::string_view right);

}  // namespace ecr6::policy
