#include "probe/nameserver_socket.hpp"

#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

#include "probe/sockaddr.hpp"

namespace ecr6::probe {

namespace {

/// A zone is an interface's name or, as in glibc, its number. 0 when there is none such.
unsigned interface_of(const std::string& zone) {
  if (const unsigned index = if_nametoindex(zone.c_str())) return index;
  unsigned index{};
  const auto [end, error] = std::from_chars(zone.data(), zone.data() + zone.size(), index);
  std::array<char, IF_NAMESIZE> name{};
  const bool exists = error == std::errc{} && end == zone.data() + zone.size() && if_indextoname(index, name.data());
  return exists ? index : 0;
}

int bind_to_zone(int fd, const std::string& zone) {
  const int index = static_cast<int>(interface_of(zone));
  if (index == 0) return ENODEV;
  return setsockopt(fd, SOL_SOCKET, SO_BINDTOIFINDEX, &index, sizeof index) == 0 ? 0 : errno;
}

}  // namespace

int prepare_socket(int fd, const Nameserver& server) {
  const int on = 1;
  // Without these a datagram socket hears of a closed port, but not of a host or network that cannot be reached. A
  // kernel that refuses them costs that word only: the lookup then ends in a timeout.
  if (server.address.is_v6()) setsockopt(fd, IPPROTO_IPV6, IPV6_RECVERR, &on, sizeof on);
  if (!server.address.is_v6()) setsockopt(fd, IPPROTO_IP, IP_RECVERR, &on, sizeof on);
  return server.zone.empty() ? 0 : bind_to_zone(fd, server.zone);
}

int local_error(const Nameserver& server) {
  const int fd = socket(server.address.is_v6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return errno;
  int error = prepare_socket(fd, server);
  const SocketAddress target = to_sockaddr(server.address, server.port);
  if (error == 0 && connect(fd, target.data(), target.size) != 0) error = errno;
  close(fd);
  return error;
}

Peeked peek(int fd, bool stream) {
  std::array<char, 512> buffer;
  Peeked peeked;
  const ssize_t count = recv(fd, buffer.data(), buffer.size(), MSG_PEEK | MSG_DONTWAIT);
  if (count > 0) peeked.bytes.assign(buffer.data(), static_cast<std::size_t>(count));
  peeked.closed = count == 0 && stream;
  // ENOTCONN: a stream that is still connecting.
  if (count < 0 && errno != EAGAIN && errno != EINTR && errno != ENOTCONN) peeked.error = errno;
  return peeked;
}

std::string words_for(int error) {
  if (error == EMFILE || error == ENFILE) return "too many open files";
  return std::system_category().message(error);
}

}  // namespace ecr6::probe
