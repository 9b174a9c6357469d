#pragma once

#include <string>

#include "ecr6/observation/host_facts.hpp"
#include "ecr6/observation/observation.hpp"

/// ICMP errors in words, and who sent them.
namespace ecr6 {

/// What an error says, from its family, type and code (RFC 4443 §3, RFC 792, RFC 1812 §5.2.7.1).
enum class IcmpMeaning {
  no_route,             ///< a router has none to the destination
  address_unreachable,  ///< nobody answers for the address on its last link, or a filter says so
  beyond_scope,         ///< the source is a link-local address
  source_refused,       ///< the source address failed a filter of the network
  hop_limit_exceeded,
  parameter_problem,
  rejected,  ///< any other: prohibited, port unreachable, …
};
[[nodiscard]] IcmpMeaning meaning_of(const IcmpError& error);

/// "ICMPv6 'administratively prohibited' (type 1, code 1)".
[[nodiscard]] std::string words_of(const IcmpError& error);

enum class Offender { this_host, destination, hop };
/// Of an attempt that has an ICMP error.
[[nodiscard]] Offender offender_of(const Attempt& attempt, const HostFacts& host);

/// The sender as a sentence's end: "2001:db8::1", "2001:db8::1, the next hop", "192.0.2.7, the address itself".
[[nodiscard]] std::string sender_of(const Attempt& attempt);

}  // namespace ecr6
