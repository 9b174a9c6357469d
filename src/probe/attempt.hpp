#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "ecr6/observation/attempt.hpp"
#include "probe/tls_context.hpp"

namespace ecr6::probe {

/// One address to go through connect, tls and http, and under which limits.
struct AttemptPlan {
  Family family{};
  Address address;
  std::uint16_t port{443};
  std::optional<std::uint16_t> host_port;  ///< the Host header's, where --connect-to maps it; empty: as `port`
  std::string host;         ///< SNI, name check and Host header; an address literal has no brackets and sends no SNI
  std::string target{"/"};  ///< "/" or "/v2/"
  std::chrono::milliseconds timeout{3000};            ///< of each stage
  std::chrono::steady_clock::time_point run_start{};  ///< what Attempt::started counts from
  std::chrono::steady_clock::time_point deadline{std::chrono::steady_clock::time_point::max()};  ///< of the run
  std::string interface;             ///< an interface name or a source address; empty: as the kernel chooses
  int max_segment{};                 ///< TCP_MAXSEG to set before connecting; 0: as the kernel chooses
  bool large_hello{};                ///< a ClientHello of more than 1.5 kB, as post-quantum clients send it
  bool stop_after_first_tls_byte{};  ///< the server's first byte is enough, unless an alert: reached is done
  bool stop_once_connected{};        ///< the connection is enough: reached is done
  bool despite_dates{};              ///< goes on to HTTP although the certificate is out of date by this host's clock
  std::function<void(const std::optional<Cause>&)>
      connect_ended;  ///< called once, empty cause: connected; may be empty
};

/// Dials, shakes hands, asks; stops at the first stage that fails. Never throws for what the network does. When the
/// caller is cancelled the attempt ends at once, with what it has and cause interrupted. `tls` must outlive it.
/// Hand `plan` over with std::move from a named local: GCC 12 destroys an aggregate temporary inside co_await twice.
[[nodiscard]] boost::asio::awaitable<Attempt> attempt(AttemptPlan plan, const TlsContext& tls);

}  // namespace ecr6::probe
