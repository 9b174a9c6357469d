#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>

#include "minted.hpp"

namespace ecr6::wire_test {

/// The server's turns: its first flight, the end of a TLS 1.2 handshake, the HTTP answer.
enum class Turn { hello, finished, answer };
/// What happens instead of the turn. drop: silence; stall: half of its bytes, then silence; garbage: bytes that are
/// not TLS.
enum class Fault { none, drop, close, reset, stall, garbage };

/// An HTTPS server for one connection, in process, with a fault to order.
class TlsPeer {
 public:
  struct Order {
    Turn turn{};
    Fault fault{Fault::none};
    std::string answer{"HTTP/1.1 401 Unauthorized\r\nServer: wire\r\nContent-Length: 0\r\n\r\n"};
  };
  TlsPeer(boost::asio::io_context& io, SSL_CTX* context, Order order, const char* address = "127.0.0.1");

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::string& request() const { return request_; }
  /// The name that the client asked for; empty when it sent none.
  [[nodiscard]] const std::string& server_name() const { return server_name_; }
  [[nodiscard]] const std::string& client_hello() const { return client_hello_; }

 private:
  boost::asio::awaitable<void> serve();
  boost::asio::awaitable<bool> take_turn(Turn turn);
  boost::asio::awaitable<bool> misbehave(std::string bytes);
  boost::asio::awaitable<bool> receive();
  boost::asio::awaitable<bool> shake_hands();
  boost::asio::awaitable<bool> read_request();

  Order order_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  std::unique_ptr<SSL, Free> ssl_;
  BIO* incoming_{};
  BIO* outgoing_{};
  std::uint16_t port_{};
  std::string client_hello_, server_name_, request_;
};

}  // namespace ecr6::wire_test
