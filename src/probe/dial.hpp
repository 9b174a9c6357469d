#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

#include "ecr6/core/address.hpp"
#include "probe/result.hpp"

namespace ecr6::probe {

/// Where a connect goes, and how its socket is prepared.
struct Destination {
  Address address;
  std::uint16_t port{};
  std::string interface;  ///< as AttemptPlan::interface
  int max_segment{};      ///< TCP_MAXSEG; 0: as the kernel chooses
};

/// A non-blocking socket, bound as asked, not yet connecting. A failure is this host's own.
[[nodiscard]] Result<asio::ip::tcp::socket> open_socket(const asio::any_io_executor& executor, const Destination& to);

/// Calls connect(2). in_progress when the answer is still to come: any other error is synchronous, thus local.
/// Asio's async_connect hides that difference.
[[nodiscard]] error_code begin_connect(asio::ip::tcp::socket& socket, const Destination& to);

/// What became of a begun connect, once the socket is writable: success, the error that came back, or in_progress when
/// only a queued ICMP message woke us.
[[nodiscard]] error_code connect_outcome(asio::ip::tcp::socket& socket);

}  // namespace ecr6::probe
