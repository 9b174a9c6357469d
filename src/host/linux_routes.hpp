#pragma once

#include <cstddef>

#include "ecr6/observation/network.hpp"

namespace ecr6::host {

/// What is read at most of each family's table; a router of the Internet has a million routes. Default routes come
/// first in the kernel's order.
inline constexpr std::size_t most_routes = 4096;
inline constexpr std::size_t most_default_routes = 32;

/// Adds the default routes of every table and both families, IPv6 first. The errno of the kernel when it does not tell.
[[nodiscard]] int read_default_routes(NetworkFacts& network);

}  // namespace ecr6::host
