#pragma once

#include <cstddef>

#include "ecr6/observation/network.hpp"

namespace ecr6::host {

/// How much of a host's network goes into the record: a node of a cluster has hundreds of interfaces.
struct NetworkBounds {
  std::size_t interfaces{64};
  std::size_t addresses_each{32};
};

/// Drops what is beyond the bounds and counts it. The interfaces of default routes stay first of all, then those with
/// an address that is not link-local, then the rest; of an interface's addresses, those that are not link-local. The
/// order of what stays does not change.
void keep_what_matters(NetworkFacts& network, const NetworkBounds& bounds);

}  // namespace ecr6::host
