#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ecr6/observation/attempt.hpp"

/// What Linux tells about a TCP socket, as plain data. Works on descriptors so that no Asio header is near
/// <linux/tcp.h>, whose struct tcp_info is longer than the one of <netinet/tcp.h>.
namespace ecr6::probe {

/// The address that the socket is bound to; empty while it is unspecified.
[[nodiscard]] std::optional<Address> local_address(int descriptor);

/// The source that the kernel would choose for this destination: a UDP socket is connected, nothing is sent. Empty when
/// there is no route. `interface` as AttemptPlan::interface.
[[nodiscard]] std::optional<Address> chosen_source(const Address& destination, const std::string& interface);

/// Empty when the kernel does not say. Fields that this kernel does not know are absent.
[[nodiscard]] std::optional<TcpFacts> tcp_facts(int descriptor);

/// Of an interface in this socket's network namespace; empty when there is none of that name.
[[nodiscard]] std::optional<int> interface_mtu(int descriptor, const std::string& interface);

/// While a connect is silent: it was sent again, and the last packet did not get out of this host. Its own packet
/// filter (or a BPF program, or a full queue) dropped it; what is lost on the path counts as being under way.
[[nodiscard]] bool stays_on_this_host(int descriptor);

/// Has the kernel queue ICMP errors (IPV6_RECVERR, IP_RECVERR), or stop doing so. While on, an ICMP error ends an
/// established connection at once, against RFC 5461: switch it off after connecting.
void queue_icmp_errors(int descriptor, Family family, bool on);

/// One entry of the error queue.
struct QueuedError {
  int number{};                   ///< errno
  std::optional<IcmpError> icmp;  ///< empty for an error of this host's own
  std::string packet;             ///< how the packet began that the error is about, without its IP header
};
[[nodiscard]] std::optional<QueuedError> next_queued_error(int descriptor);

/// Empties the error queue; the last ICMP error in it, if any. A reset leaves the queue empty.
[[nodiscard]] std::optional<IcmpError> take_icmp_error(int descriptor);

}  // namespace ecr6::probe
