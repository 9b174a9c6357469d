#pragma once

#include <cstddef>
#include <string_view>

namespace ecr6::aws {

/// Whether a host can start at that place: what stands before it does not make it part of a path, a word, another name.
[[nodiscard]] bool can_start_host(std::string_view text, std::size_t at);
/// Whether a host can end there: not followed by what makes it a user name, an escape or a longer word.
[[nodiscard]] bool can_end_host(std::string_view text, std::size_t at);

/// What may stand right before a host, beside a scheme and a key.
[[nodiscard]] bool opens_host(char c);
/// The ASCII character that `%XX` at the start of a text stands for, or zero.
[[nodiscard]] char unescaped(std::string_view text);

}  // namespace ecr6::aws
