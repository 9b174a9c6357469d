#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <thread>

#include "minted.hpp"

namespace ecr6::wire_test {

/// What a connection shows before it is answered.
struct FirstSight {
  std::size_t hello_size{};  ///< of the ClientHello's record
  bool small_segments{};     ///< the client set a small TCP_MAXSEG
};
enum class Deed { serve, stall, reset };

/// An HTTPS server on loopback, for any number of connections, that treats each by what it shows. Runs on a thread of
/// its own, so that a whole run of the probe can meet it.
class PickyPeer {
 public:
  using Policy = std::function<Deed(const FirstSight&)>;
  PickyPeer(const Identity& leaf, Policy policy, const char* address);
  ~PickyPeer();
  PickyPeer(const PickyPeer&) = delete;
  PickyPeer& operator=(const PickyPeer&) = delete;
  [[nodiscard]] std::uint16_t port() const { return port_; }

 private:
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> treat(boost::asio::ip::tcp::socket socket);
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket& socket);

  Policy policy_;
  boost::asio::io_context io_{1};
  boost::asio::ssl::context tls_;
  boost::asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_{};
  std::jthread thread_;
};

}  // namespace ecr6::wire_test
