#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ecr6/core/problem.hpp"

namespace ecr6::host {

/// A whole regular file, at most `limit` bytes; empty when there is none of that path. The problem: it cannot be read,
/// is no regular file (a pipe would block), or is larger than the limit.
[[nodiscard]] Expected<std::optional<std::string>> read_text_file(const std::string& path, std::size_t limit);

}  // namespace ecr6::host
