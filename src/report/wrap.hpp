#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::report {

/// How many columns printable UTF-8 text takes: one for each code point.
[[nodiscard]] std::size_t columns(std::string_view text);

/// Filled up with blanks on the right to `width` columns; text that is as long or longer stays.
[[nodiscard]] std::string padded(std::string_view text, std::size_t width);

/// At most `width` columns: what is cut off at the end is marked with "...". `width` is at least 4.
[[nodiscard]] std::string shortened(std::string_view text, std::size_t width);

/// Lines of at most `width` columns, broken at blanks, each with a left margin of `indent` blanks. A word too long for
/// that moves to the left into the margin; one longer than `width` is broken. One empty line for an empty text.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t indent, std::size_t width);

}  // namespace ecr6::report
