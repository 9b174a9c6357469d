#pragma once

#include "address_order.hpp"
#include "dial.hpp"

/// What a client gets for a name: its addresses in its order, and after how long. Pure.
namespace ecr6 {

struct ClientNames {
  Candidates candidates;
  Duration time{};
  bool at_least{};   ///< the client's own timeout for a silent question is longer than this run's
  bool known{true};  ///< false: the names were not looked up to an end, so nothing follows
  bool fails{};      ///< the client is known to get no address, whatever the candidates are
};

/// getaddrinfo(3): what it really gave where that is in the record, otherwise what glibc makes of the answers. It waits
/// for both families; an unanswered A question fails it, any failed AAAA question does not.
[[nodiscard]] ClientNames names_by_getaddrinfo(const Observation& run, const EndpointObservation& seen);

/// Go's own resolver: waits for both families, and any failure of one leaves the other's addresses.
[[nodiscard]] ClientNames names_by_go(const Observation& run, const EndpointObservation& seen);

/// RFC 8305 §3: starts with the first family that answers, AAAA being waited for 50 ms after A.
[[nodiscard]] ClientNames names_as_they_come(const Observation& run, const EndpointObservation& seen);

}  // namespace ecr6
