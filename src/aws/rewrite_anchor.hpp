#pragma once

#include <cstddef>
#include <string_view>

namespace ecr6::aws {

/// The first place at or after `from` and before `end` where `ecr` (any case) or the `t-l` of `starport-layer-bucket`
/// stands; the larger of both when there is none. Every ECR name has one of them. Runs at the speed of memory.
[[nodiscard]] std::size_t next_anchor(std::string_view text, std::size_t from, std::size_t end);

/// How many line feeds a text has.
[[nodiscard]] std::size_t count_line_feeds(std::string_view text);

}  // namespace ecr6::aws
