#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "ecr6/observation/ping.hpp"

/// Sockets for ICMP echo, beneath Asio. Errors are errno values.
namespace ecr6::probe {

struct EchoSocket {
  int descriptor{-1};  ///< non-blocking; whoever asked closes it
  PingSocket kind{};
  std::uint16_t id{};  ///< the identifier of what it sends
};

/// Why there is none. `connecting`: the socket was there, but this host has no way to the address.
struct NoEchoSocket {
  int error{};
  bool connecting{};
};

/// A datagram ICMP socket (net.ipv4.ping_group_range decides who may), else a raw one (CAP_NET_RAW), connected to
/// `address`, with ICMP errors queued. `interface` as AttemptPlan::interface.
[[nodiscard]] std::variant<EchoSocket, NoEchoSocket> open_echo_socket(const Address& address,
                                                                      const std::string& interface);

}  // namespace ecr6::probe
