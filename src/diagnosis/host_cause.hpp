#pragma once

#include <optional>

#include "ecr6/observation/observation.hpp"

/// Attempts that fail because of this host itself. Pure.
namespace ecr6 {

enum class HostCause {
  family_unsupported,      ///< EAFNOSUPPORT: no sockets of this family for this process
  ipv6_off,                ///< switched off on the interfaces that lead out
  advertisements_ignored,  ///< routers advertise, and no default route is made from it
  link_local_only,         ///< no address from which another network could be reached
  unique_local_only,       ///< the source is one that nobody on the Internet can answer
  address_unusable,        ///< the address that would be the source is a duplicate, or not known to be unique yet
  no_usable_address,       ///< EADDRNOTAVAIL for another reason
  no_route,                ///< no route covers the destination
  unreachable_route,       ///< a route says that it is unreachable
  blackhole_route,
  connect_forbidden,  ///< EACCES or EPERM at once
  too_many_files,
};

/// What on this host made the attempt fail; empty when nothing here did, as far as can be told.
[[nodiscard]] std::optional<HostCause> host_cause(const Observation& run, const Attempt& attempt);

/// True when that says it all. An answer from the path (a hop that rejects, a next hop that does not answer) stays
/// worth a finding of its own, whatever is wrong here.
[[nodiscard]] bool is_explained_by_host(const Observation& run, const Attempt& attempt);

}  // namespace ecr6
