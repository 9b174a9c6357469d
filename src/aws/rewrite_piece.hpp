#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "rewrite_token.hpp"

namespace ecr6::aws {

struct Piece {
  std::size_t begin{}, end{};
  PieceKind kind{};
};

/// The template piece that ends right before `end`, of no more than 512 bytes and on one line.
[[nodiscard]] std::optional<Piece> piece_before(std::string_view text, std::size_t end);
/// The one that starts at `begin`.
[[nodiscard]] std::optional<Piece> piece_after(std::string_view text, std::size_t begin);
/// `env` of PowerShell's `$env:NAME`, and the like.
[[nodiscard]] bool is_variable_scope(std::string_view word);

}  // namespace ecr6::aws
