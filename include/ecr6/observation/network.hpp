#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/address.hpp"

/// What the kernel knows about this host's network, without a packet being sent.
namespace ecr6 {

/// One address of an interface.
struct InterfaceAddress {
  Address address;
  int prefix_length{};
  std::string scope;   ///< "global" (also of unique local addresses), "site", "link", "host"
  bool temporary{};    ///< RFC 8981: it rotates
  bool deprecated{};   ///< valid, but not for new connections while there is another
  bool tentative{};    ///< duplicate address detection is not done: not usable yet, unless optimistic
  bool dad_failed{};   ///< duplicate address detection found another owner: never usable
  bool optimistic{};   ///< RFC 4429: usable while it is tentative
  bool from_router{};  ///< made from a router advertisement (RFC 4862); false also where the kernel does not say
  std::optional<std::uint32_t> preferred_s, valid_s;  ///< seconds left; empty: for ever

  friend bool operator==(const InterfaceAddress&, const InterfaceAddress&) = default;
};

/// One network interface. What the kernel did not say is empty: not known, which is not the same as off.
struct Interface {
  std::string name;
  int index{};
  bool up{};                             ///< IFF_UP: switched on by the administrator
  bool running{};                        ///< IFF_LOWER_UP: has a carrier
  bool loopback{};                       ///< IFF_LOOPBACK
  int mtu{};                             ///< bytes; 0 when not known
  std::optional<bool> ipv6_disabled;     ///< its own disable_ipv6; the value of `all` means nothing when read
  std::optional<bool> ipv6_forwarding;   ///< its own, that decides about router advertisements
  std::optional<int> accept_ra;          ///< 0 never, 1 unless forwarding, 2 always
  std::optional<bool> accept_ra_defrtr;  ///< whether an advertisement may give a default route
  std::optional<std::uint64_t> advertisements_received;  ///< router advertisements that arrived, taken or not
  std::vector<InterfaceAddress> addresses;
  std::size_t addresses_left_out{};

  friend bool operator==(const Interface&, const Interface&) = default;
};

/// A route of prefix length 0; never the kernel's own placeholder on the loopback interface.
struct DefaultRoute {
  Family family{};
  std::string type;  ///< "unicast", "unreachable", "prohibit", "blackhole", …
  std::string interface;
  std::optional<Address> gateway;
  std::uint32_t metric{};
  std::uint32_t table{};                   ///< 254 is the main one
  std::string origin;                      ///< "ra", "kernel", "boot", "static", "dhcp" or a number, as in `ip route`
  std::optional<std::uint32_t> expires_s;  ///< seconds left of an advertised one; empty: it does not expire

  friend bool operator==(const DefaultRoute&, const DefaultRoute&) = default;
};

/// Interfaces, addresses and default routes, each list bounded; what is beyond a bound is counted.
struct NetworkFacts {
  std::optional<bool> ipv6_in_kernel;       ///< whether an IPv6 socket can be made at all; empty: not known
  std::optional<bool> ipv6_off_at_boot;     ///< the parameter ipv6.disable=1; empty: not known
  std::optional<int> ipv6_default_disable;  ///< what new interfaces get (conf/default/disable_ipv6)
  std::vector<Interface> interfaces;
  std::size_t interfaces_left_out{};
  std::vector<DefaultRoute> default_routes;
  bool routes_cut_off{};  ///< the table was longer than what was read of it

  friend bool operator==(const NetworkFacts&, const NetworkFacts&) = default;
};

/// What the kernel would do with packets to one destination.
struct Route {
  /// "unicast", "local"; where the kernel refuses: "none", "unreachable", "prohibit", "blackhole", "refused".
  std::string type;
  std::string interface;           ///< empty when refused
  std::optional<Address> gateway;  ///< empty: the destination is on the link
  std::optional<Address> source;   ///< the source address that goes with it
  std::optional<int> mtu;          ///< of the route or learnt for the destination; empty: the interface's
  std::string refusal;             ///< the kernel's words, "Network is unreachable"; empty when there is a route

  friend bool operator==(const Route&, const Route&) = default;
};

/// The next hop's entry in the neighbour table (RFC 4861 §7.3.2; ARP for IPv4).
struct Neighbour {
  Address address;
  std::string interface;
  std::string state;  ///< "incomplete", "failed", "reachable", "stale", "delay", "probe", "noarp", "permanent", "none"

  friend bool operator==(const Neighbour&, const Neighbour&) = default;
};

/// A precedence line of gai.conf(5).
struct PrecedenceRule {
  std::string prefix;  ///< as written, "::ffff:0:0/96"
  int precedence{};
  int line{};

  friend bool operator==(const PrecedenceRule&, const PrecedenceRule&) = default;
};

}  // namespace ecr6
