#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/udp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "scenario.hpp"

namespace ecr6::lab {

/// A name that the embedded ECR serves.
struct Name {
  std::string host;  ///< lower case
  bool ipv6{true};   ///< false for an IPv4-only name: it has no AAAA
};

/// A nameserver on 127.0.0.1 that knows the planned names: two documentation addresses of each family for every name
/// (2001:db8::/32, 198.51.100.0/24), NXDOMAIN for all others. UDP only; answers fit.
class DnsResponder {
 public:
  /// Binds at once; throws boost::system::system_error when loopback is missing.
  DnsResponder(boost::asio::io_context& io, const Scenario& scenario, std::vector<Name> names);
  [[nodiscard]] std::uint16_t port() const { return socket_.local_endpoint().port(); }
  /// Answers until the event loop stops. `on_question` is called with each question.
  boost::asio::awaitable<void> serve(std::function<void()> on_question);

 private:
  /// The answer's bytes; empty when the scenario has none.
  [[nodiscard]] std::string answer(std::string_view question) const;

  boost::asio::ip::udp::socket socket_;
  AaaaFault aaaa_;
  std::vector<Name> names_;
};

}  // namespace ecr6::lab
