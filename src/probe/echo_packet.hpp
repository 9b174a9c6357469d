#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ecr6/observation/ping.hpp"

/// ICMP echo as bytes (RFC 792, RFC 4443 §4). Pure.
namespace ecr6::probe {

/// Whose echo it is: the identifier is the socket's, the token this run's own.
struct Echo {
  Family family{};
  PingSocket socket{};
  std::uint16_t id{};
  std::string token;  ///< the data that a reply has to bring back
};

/// A request with its checksum; of ICMPv6 the kernel fills that in, and of datagram sockets the identifier, too.
[[nodiscard]] std::string echo_request(const Echo& echo, std::uint16_t sequence);

/// The sequence number when `bytes`, as the socket gave them, are a reply to one of these requests. A raw IPv4 socket's
/// begin with the IP header.
[[nodiscard]] std::optional<std::uint16_t> reply_sequence(const Echo& echo, std::string_view bytes);

/// Whether an ICMP error is about one of these requests. `packet` is what the error quotes, from its ICMP header on; it
/// may be cut off after 8 bytes.
[[nodiscard]] bool is_quoted(const Echo& echo, std::string_view packet);

}  // namespace ecr6::probe
