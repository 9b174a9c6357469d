#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <optional>
#include <string>

#include "ecr6/core/address.hpp"

namespace ecr6::probe {

/// A socket address as the system calls want it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size{};
  [[nodiscard]] const sockaddr* data() const;
};

[[nodiscard]] SocketAddress to_sockaddr(const Address& address, std::uint16_t port);
/// Empty for any family but IPv4 and IPv6.
[[nodiscard]] std::optional<Address> from_sockaddr(const sockaddr* address);

/// Ties a socket to an interface by name (SO_BINDTODEVICE) or to a source address; returns errno, 0 when it worked or
/// `interface` is empty. A source of the other family gives EADDRNOTAVAIL.
[[nodiscard]] int bind_to(int descriptor, const std::string& interface, Family family);

}  // namespace ecr6::probe
