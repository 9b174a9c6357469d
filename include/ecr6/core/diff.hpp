#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6 {

/// Bytes of a text that another text takes the place of; `begin == end` puts it in between.
struct Edit {
  std::size_t begin{}, end{};
  std::string text;
};

/// The text with the edits, which are in order and do not overlap.
[[nodiscard]] std::string applied(std::string_view text, const std::vector<Edit>& edits);

/// The same as a unified diff that `patch -p0` applies, whatever the file is called; empty without edits. What an edit
/// takes away lies within one line; what it puts there may be several.
[[nodiscard]] std::string unified_diff(std::string_view name, std::string_view text, const std::vector<Edit>& edits);

}  // namespace ecr6
