#include "probe/socket_facts.hpp"

#include <linux/errqueue.h>
#include <linux/tcp.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>

#include "probe/sockaddr.hpp"

namespace ecr6::probe {

namespace {

// An error queue this long is an attack; the rest is left to the kernel.
constexpr int max_queued_errors = 16;

// TCP_SYN_SENT of <netinet/tcp.h>, which cannot stand beside <linux/tcp.h>.
constexpr int syn_sent = 2;

std::optional<IcmpError> icmp_error_in(const sock_extended_err& error) {
  if (error.ee_origin != SO_EE_ORIGIN_ICMP && error.ee_origin != SO_EE_ORIGIN_ICMP6) return std::nullopt;
  const auto offender = from_sockaddr(SO_EE_OFFENDER(&error));
  if (!offender) return std::nullopt;
  return IcmpError{*offender, error.ee_type, error.ee_code};
}

void read_error(msghdr& message, QueuedError& into) {
  for (cmsghdr* item = CMSG_FIRSTHDR(&message); item; item = CMSG_NXTHDR(&message, item)) {
    const bool v6 = item->cmsg_level == SOL_IPV6 && item->cmsg_type == IPV6_RECVERR;
    const bool v4 = item->cmsg_level == SOL_IP && item->cmsg_type == IP_RECVERR;
    if (!v6 && !v4) continue;
    const auto& error = *reinterpret_cast<const sock_extended_err*>(CMSG_DATA(item));
    into.number = static_cast<int>(error.ee_errno);
    into.icmp = icmp_error_in(error);
  }
}

// A kernel older than the header fills only the head of the structure.
template <class Wanted, class Field>
std::optional<Wanted> known(const tcp_info& info, socklen_t filled, Field tcp_info::*field) {
  const auto end = reinterpret_cast<const char*>(&(info.*field) + 1) - reinterpret_cast<const char*>(&info);
  if (static_cast<std::size_t>(end) > filled) return std::nullopt;
  return static_cast<Wanted>(info.*field);
}

}  // namespace

std::optional<Address> local_address(int descriptor) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  auto* const bound = reinterpret_cast<sockaddr*>(&storage);
  if (::getsockname(descriptor, bound, &size) != 0) return std::nullopt;
  const auto address = from_sockaddr(bound);
  return address && !address->is_unspecified() ? address : std::nullopt;
}

std::optional<Address> chosen_source(const Address& destination, const std::string& interface) {
  const int family = destination.is_v6() ? AF_INET6 : AF_INET;
  const int descriptor = ::socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return std::nullopt;
  const SocketAddress there = to_sockaddr(destination, 443);
  std::optional<Address> source;
  if (bind_to(descriptor, interface, destination.family()) == 0 && ::connect(descriptor, there.data(), there.size) == 0)
    source = local_address(descriptor);
  ::close(descriptor);
  return source;
}

std::optional<TcpFacts> tcp_facts(int descriptor) {
  tcp_info info{};
  socklen_t filled = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &filled) != 0) return std::nullopt;
  TcpFacts facts;
  facts.state = info.tcpi_state;
  facts.ca_state = info.tcpi_ca_state;
  facts.retransmits = info.tcpi_retransmits;
  facts.total_retransmits = static_cast<int>(info.tcpi_total_retrans);
  facts.unacked = static_cast<int>(info.tcpi_unacked);
  facts.lost = static_cast<int>(info.tcpi_lost);
  facts.path_mtu = static_cast<int>(info.tcpi_pmtu);
  facts.send_mss = static_cast<int>(info.tcpi_snd_mss);
  facts.rtt = Duration{info.tcpi_rtt};
  facts.bytes_acked = known<std::uint64_t>(info, filled, &tcp_info::tcpi_bytes_acked);
  facts.bytes_received = known<std::uint64_t>(info, filled, &tcp_info::tcpi_bytes_received);
  facts.bytes_retransmitted = known<std::uint64_t>(info, filled, &tcp_info::tcpi_bytes_retrans);
  facts.data_segments_in = known<int>(info, filled, &tcp_info::tcpi_data_segs_in);
  facts.out_of_order = known<int>(info, filled, &tcp_info::tcpi_rcv_ooopack);
  return facts;
}

std::optional<int> interface_mtu(int descriptor, const std::string& interface) {
  ifreq request{};
  if (interface.empty() || interface.size() >= sizeof request.ifr_name) return std::nullopt;
  interface.copy(request.ifr_name, interface.size());
  if (::ioctl(descriptor, SIOCGIFMTU, &request) != 0) return std::nullopt;
  return request.ifr_mtu;
}

bool stays_on_this_host(int descriptor) {
  tcp_info info{};
  socklen_t filled = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &filled) != 0) return false;
  // tcp_retransmit_skb counts a segment as under way only when the layers below took it. Measured on 6.x.
  return info.tcpi_state == syn_sent && info.tcpi_retransmits > 0 && info.tcpi_retrans == 0;
}

void queue_icmp_errors(int descriptor, Family family, bool on) {
  const int value = on ? 1 : 0;
  if (family == Family::ipv6) ::setsockopt(descriptor, SOL_IPV6, IPV6_RECVERR, &value, sizeof value);
  if (family == Family::ipv4) ::setsockopt(descriptor, SOL_IP, IP_RECVERR, &value, sizeof value);
}

std::optional<QueuedError> next_queued_error(int descriptor) {
  alignas(cmsghdr) char control[512];
  char packet[64];
  iovec piece{packet, sizeof packet};
  msghdr message{};
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  message.msg_control = control;
  message.msg_controllen = sizeof control;
  const ssize_t size = ::recvmsg(descriptor, &message, MSG_ERRQUEUE | MSG_DONTWAIT);
  if (size < 0) return std::nullopt;
  QueuedError error;
  error.packet.assign(packet, static_cast<std::size_t>(size));
  read_error(message, error);
  return error;
}

std::optional<IcmpError> take_icmp_error(int descriptor) {
  std::optional<IcmpError> last;
  for (int i = 0; i < max_queued_errors; ++i) {
    const auto error = next_queued_error(descriptor);
    if (!error) break;
    if (error->icmp) last = error->icmp;
  }
  return last;
}

}  // namespace ecr6::probe
