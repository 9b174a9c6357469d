#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/observation/observation.hpp"

/// What the confirmations say of attempts that stalled after TCP stood, and of large hellos that failed. Pure.
namespace ecr6 {

/// What repeating a failure showed.
enum class Repeated {
  not_at_all,      ///< nothing conclusive was seen
  comes_and_goes,  ///< the same went through another time, or small segments helped only sometimes
  cured,           ///< over small segments it got further, each time, at least twice: the path MTU it is
  cured_once,      ///< it did once, and there was no second time
  not_cured,       ///< small segments do not help
};

/// A failure beside its repeats at the same address; those alone that connected and came to an end of their own.
struct Failure {
  const Attempt* attempt{};
  std::vector<const Confirmation*> again, small;
  Repeated repeated{Repeated::not_at_all};
};

/// Nothing more came once TCP stood.
[[nodiscard]] bool stalled(const Attempt& attempt);

/// The attempts of a family that stalled, in order.
[[nodiscard]] std::vector<Failure> stalls_of(const EndpointObservation& seen, Family family);

/// The large hello that failed in TLS at an address where the small one's handshake came to its end. Empty: it passed,
/// or nothing can be said.
[[nodiscard]] std::optional<Failure> failed_large_hello(const EndpointObservation& seen, Family family);

/// A large hello that stalls and that small segments cure: packets of full size do not get to the endpoint.
[[nodiscard]] bool is_hole_towards_endpoint(const Failure& large_hello);

/// Which way segments get lost, from the kernel's account of connections that stalled.
struct Directions {
  bool to_endpoint{}, to_host{};
};
[[nodiscard]] Directions directions_of(const Failure& failure);

/// A large hello to an address whose attempt stalled, too, and of which nothing was acknowledged: it may have got lost
/// for its size, or with everything else.
[[nodiscard]] const Attempt* unacknowledged_large_hello(const EndpointObservation& seen, Family family);

/// "2600:1f13::1 again: tls_timeout at tls after 3.0 s; over segments of at most 1220 bytes: went through, went
/// through". Empty when nothing was repeated.
[[nodiscard]] std::string repeats_line(const Failure& failure);

}  // namespace ecr6
