#pragma once

#include <cstddef>
#include <vector>

#include "ecr6/observation/network.hpp"

namespace ecr6::host {

/// What is read at most; a node with more has hundreds of virtual interfaces of containers.
inline constexpr std::size_t most_links = 4096;
inline constexpr std::size_t most_addresses = 8192;

/// Every interface of this network namespace with its addresses, by index. The errno of the kernel when it does not
/// tell; `interfaces` is empty then.
[[nodiscard]] int read_links(std::vector<Interface>& interfaces);

}  // namespace ecr6::host
