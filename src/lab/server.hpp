#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <optional>

#include "certificate.hpp"
#include "full_queue.hpp"
#include "scenario.hpp"

namespace ecr6::lab {

/// All endpoints of one family: one port on loopback that behaves as ordered, and otherwise answers as ECR does
/// without credentials.
class Server {
 public:
  /// Binds at once; throws boost::system::system_error when this family has no loopback.
  Server(boost::asio::io_context& io, const boost::asio::ip::address& address, ServerFault fault,
         const Identity& identity);
  [[nodiscard]] std::uint16_t port() const { return port_; }
  /// Accepts until the event loop stops.
  void start();
  /// For `slow`: opens the queue 0.4 s after the first call, so that a SYN sent again after 1 s gets through.
  void first_question();

 private:
  boost::asio::awaitable<void> accept(boost::asio::ip::tcp::acceptor& acceptor);
  boost::asio::awaitable<void> treat(boost::asio::ip::tcp::socket peer);
  boost::asio::awaitable<void> shake_hands_and_answer(boost::asio::ip::tcp::socket peer);
  boost::asio::awaitable<void> open_late();

  boost::asio::io_context& io_;
  ServerFault fault_;
  boost::asio::ssl::context tls_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::optional<FullQueue> full_;
  std::uint16_t port_{};
  bool opening_{};
};

}  // namespace ecr6::lab
