#include "probe/sockaddr.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <cerrno>
#include <cstring>

namespace ecr6::probe {

const sockaddr* SocketAddress::data() const { return reinterpret_cast<const sockaddr*>(&storage); }

SocketAddress to_sockaddr(const Address& address, std::uint16_t port) {
  SocketAddress out;
  const auto bytes = address.bytes();
  if (address.is_v6()) {
    sockaddr_in6 in6{};
    in6.sin6_family = AF_INET6;
    in6.sin6_port = htons(port);
    std::memcpy(&in6.sin6_addr, bytes.data(), bytes.size());
    std::memcpy(&out.storage, &in6, out.size = sizeof in6);
  } else {
    sockaddr_in in4{};
    in4.sin_family = AF_INET;
    in4.sin_port = htons(port);
    std::memcpy(&in4.sin_addr, bytes.data(), bytes.size());
    std::memcpy(&out.storage, &in4, out.size = sizeof in4);
  }
  return out;
}

std::optional<Address> from_sockaddr(const sockaddr* address) {
  if (address->sa_family == AF_INET6) {
    std::uint8_t bytes[16];
    std::memcpy(bytes, &reinterpret_cast<const sockaddr_in6*>(address)->sin6_addr, sizeof bytes);
    return Address::from_bytes(std::span<const std::uint8_t, 16>{bytes});
  }
  if (address->sa_family == AF_INET) {
    std::uint8_t bytes[4];
    std::memcpy(bytes, &reinterpret_cast<const sockaddr_in*>(address)->sin_addr, sizeof bytes);
    return Address::from_bytes(std::span<const std::uint8_t, 4>{bytes});
  }
  return std::nullopt;
}

int bind_to(int descriptor, const std::string& interface, Family family) {
  if (interface.empty()) return 0;
  const auto source = Address::parse(interface);
  if (!source) {
    const auto size = static_cast<socklen_t>(interface.size());
    return ::setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, interface.data(), size) == 0 ? 0 : errno;
  }
  if (source->family() != family) return EADDRNOTAVAIL;
  const SocketAddress address = to_sockaddr(*source, 0);
  return ::bind(descriptor, address.data(), address.size) == 0 ? 0 : errno;
}

}  // namespace ecr6::probe
