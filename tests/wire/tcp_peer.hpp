#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstdint>
#include <exception>
#include <string>
#include <variant>
#include <vector>

namespace ecr6::wire_test {

struct Expect {
  std::size_t bytes{};  ///< wait for at least so many, counted from the last step
};
struct Send {
  std::string bytes;
};
struct Drip {
  std::string bytes;  ///< one at a time
  std::chrono::milliseconds pause{};
};
struct Stall {
  std::chrono::milliseconds time{};
};
struct Close {};  ///< FIN
struct Reset {};  ///< RST

using Script = std::vector<std::variant<Expect, Send, Drip, Stall, Close, Reset>>;

/// Ends the connection with a reset (SO_LINGER 0).
void reset(boost::asio::ip::tcp::socket& socket);

/// Listens on loopback, plays the script once, and says how far it came.
class TcpPeer {
 public:
  TcpPeer(boost::asio::io_context& io, Script script, const char* address = "127.0.0.1");
  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t steps_played() const { return played_; }

 private:
  boost::asio::awaitable<void> play(Script script);

  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::socket socket_;
  std::uint16_t port_{};
  std::size_t played_{};
};

/// A listener whose queue is full: a SYN gets no answer.
class SilentPort {
 public:
  explicit SilentPort(boost::asio::io_context& io, const char* address = "127.0.0.1");
  [[nodiscard]] std::uint16_t port() const;

 private:
  boost::asio::ip::tcp::acceptor acceptor_;
  std::vector<boost::asio::ip::tcp::socket> fillers_;
};

/// A port that is bound but not listening: a SYN gets a reset.
class RefusedPort {
 public:
  explicit RefusedPort(boost::asio::io_context& io, const char* address = "127.0.0.1");
  [[nodiscard]] std::uint16_t port() const;

 private:
  boost::asio::ip::tcp::socket socket_;
};

}  // namespace ecr6::wire_test
