#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::aws {

/// What a template piece of a token is.
enum class PieceKind : char {
  value = '\1',     ///< stands for text that is put in: `${X}`, `{{ .X }}`, `$(X)`, `$X`, `%s`
  soft = '\2',      ///< may as well be markup around a name: `<X>`, `{{ end }}`
  wildcard = '\3',  ///< `*`
};

/// The longest run of host characters and template pieces around a place in a text.
struct Token {
  std::size_t begin{};                 ///< in the text
  std::size_t run_begin{}, run_end{};  ///< the host characters without pieces around that place
  /// The token with each piece shrunk to one byte, its PieceKind; lower case.
  std::string mask;
  std::vector<std::size_t> places;  ///< of each byte of the mask in the text, and of the token's end
  bool is_whole{};                  ///< false when it is longer than what is looked at
};

[[nodiscard]] bool is_host_char(char c);
[[nodiscard]] inline bool is_piece(char c) { return c >= '\1' && c <= '\3'; }

/// `at` lies on a host character.
[[nodiscard]] Token token_around(std::string_view text, std::size_t at);

}  // namespace ecr6::aws
