#pragma once

#include <string>
#include <vector>

#include "ecr6/observation/observation.hpp"

/// What this host's own interfaces, addresses and routes can do for IPv6. Pure.
namespace ecr6 {

/// How far an address can be answered from (RFC 4291 §2.5, RFC 4193).
enum class Reach { none, link_local, unique_local, global };

/// The interfaces by which this run's traffic would leave: the one of --interface; else those of the default routes of
/// either family; else every one that is up. Never the loopback. Empty when the network is not known.
[[nodiscard]] std::vector<const Interface*> ways_out(const Observation& run);

/// Its own disable_ipv6 is 1 (what `all` says when read means nothing); or its MTU is below IPv6's 1280 bytes,
/// whereupon Linux takes IPv6 off the device.
[[nodiscard]] bool ipv6_is_off(const Interface& interface);
[[nodiscard]] bool is_too_small_for_ipv6(const Interface& interface);

/// The kernel does not make a default route from router advertisements that come to it.
[[nodiscard]] bool ignores_advertisements(const Interface& interface);
/// A router does advertise there: advertisements have arrived, or an address was made from one.
[[nodiscard]] bool hears_advertisements(const Interface& interface);

/// Duplicate, or not yet known to be unique: no connection can use it.
[[nodiscard]] bool is_unusable(const InterfaceAddress& own);
/// Neither loopback nor link-local.
[[nodiscard]] bool reaches_beyond_the_link(const Address& address);

/// Neighbour discovery for the attempt's next hop got no answer; what stands in the table for a live neighbour is any
/// other word. False when the record does not tell.
[[nodiscard]] bool next_hop_is_silent(const Attempt& attempt);

/// The farthest IPv6 address that can be used, of any interface but the loopback.
[[nodiscard]] Reach reach_of(const NetworkFacts& network);
/// A default route that packets can take; not one that refuses them.
[[nodiscard]] bool has_default_route(const NetworkFacts& network, Family family);
/// Null when no interface has that address.
[[nodiscard]] const InterfaceAddress* own_address(const Observation& run, const Address& address);

/// "eth0: 2001:db8::2/64, fe80::1/64 (duplicate)", a line for each interface with addresses of the family; one line
/// that says so when there is none.
[[nodiscard]] std::vector<std::string> address_lines(const NetworkFacts& network, Family family);
/// "default route: unicast via fe80::1 on eth0 (ra)"; one line that says so when there is none.
[[nodiscard]] std::vector<std::string> default_route_lines(const NetworkFacts& network, Family family);

}  // namespace ecr6
