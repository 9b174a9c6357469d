#include "probe/echo_socket.hpp"

#include <linux/icmp.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <random>

#include "probe/sockaddr.hpp"
#include "probe/socket_facts.hpp"

namespace ecr6::probe {

namespace {

int open(Family family, PingSocket kind) {
  const int type = (kind == PingSocket::raw ? SOCK_RAW : SOCK_DGRAM) | SOCK_CLOEXEC | SOCK_NONBLOCK;
  if (family == Family::ipv6) return ::socket(AF_INET6, type, IPPROTO_ICMPV6);
  return ::socket(AF_INET, type, IPPROTO_ICMP);
}

/// A raw socket sees all of the machine's ICMP: only echo replies are of interest.
void filter(int descriptor, Family family) {
  if (family == Family::ipv6) {
    icmp6_filter pass{};
    ICMP6_FILTER_SETBLOCKALL(&pass);
    ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &pass);
    ::setsockopt(descriptor, IPPROTO_ICMPV6, ICMP6_FILTER, &pass, sizeof pass);
    return;
  }
  icmp_filter drop{};
  drop.data = ~(1U << ICMP_ECHOREPLY);
  ::setsockopt(descriptor, SOL_RAW, ICMP_FILTER, &drop, sizeof drop);
}

/// The kernel numbers datagram sockets, as the port that they are bound to; a raw one takes what it likes.
std::uint16_t id_of(int descriptor, PingSocket kind) {
  if (kind == PingSocket::raw) return static_cast<std::uint16_t>(std::random_device{}());
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&storage), &size) != 0) return 0;
  // Both families keep the port at the same place.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&storage)->sin_port);
}

int connect(int descriptor, const Address& address, const std::string& interface) {
  if (const int error = bind_to(descriptor, interface, address.family())) return error;
  const SocketAddress there = to_sockaddr(address, 0);
  return ::connect(descriptor, there.data(), there.size) == 0 ? 0 : errno;
}

}  // namespace

std::variant<EchoSocket, NoEchoSocket> open_echo_socket(const Address& address, const std::string& interface) {
  const Family family = address.family();
  EchoSocket made;
  made.descriptor = open(family, made.kind = PingSocket::datagram);
  if (made.descriptor < 0 && (errno == EACCES || errno == EPERM || errno == EPROTONOSUPPORT))
    made.descriptor = open(family, made.kind = PingSocket::raw);
  if (made.descriptor < 0) return NoEchoSocket{errno, false};
  if (made.kind == PingSocket::raw) filter(made.descriptor, family);
  queue_icmp_errors(made.descriptor, family, true);
  if (const int error = connect(made.descriptor, address, interface)) {
    ::close(made.descriptor);
    return NoEchoSocket{error, true};
  }
  made.id = id_of(made.descriptor, made.kind);
  return made;
}

}  // namespace ecr6::probe
