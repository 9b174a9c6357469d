#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ecr6/observation/network.hpp"

/// What the kernel knows of this host's network. Nothing is sent. Linux's answers are in linux_*.cpp; on any other
/// system (network_elsewhere.cpp) everything is empty: not known.
namespace ecr6::host {

/// Interfaces, addresses and default routes. Empty when the kernel does not tell.
[[nodiscard]] std::optional<NetworkFacts> network_facts();

/// A TCP connection whose way is asked for.
struct RouteQuery {
  Address destination;
  std::uint16_t port{};
  std::string interface;          ///< as --interface: a name, a source address, or empty
  std::optional<Address> source;  ///< the source that the kernel has chosen; empty when there is none
};

/// What the kernel would do with the connection's packets. Empty when it does not tell.
[[nodiscard]] std::optional<Route> route_to(const RouteQuery& query);

/// The neighbour table's entry of the next hop of `route`: its gateway, or the destination when that is on the link.
/// State "none" without an entry; empty when the route has no next hop (local, refused), or the kernel does not tell.
[[nodiscard]] std::optional<Neighbour> next_hop(const Route& route, const Address& destination);

/// The interface with that hardware address, "0a:1b:2c:3d:4e:5f"; empty when there is none or nobody tells.
[[nodiscard]] std::string device_of(std::string_view hardware);

}  // namespace ecr6::host
