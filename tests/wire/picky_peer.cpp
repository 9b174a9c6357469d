#include "picky_peer.hpp"

#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <utility>

#include "tcp_peer.hpp"

namespace ecr6::wire_test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto by_value = asio::as_tuple(asio::use_awaitable);
constexpr int small_segment = 1220;
constexpr std::size_t record_header = 5;

bool has_small_segments(tcp::socket& socket) {
  int segment = 0;
  socklen_t size = sizeof segment;
  ::getsockopt(socket.native_handle(), IPPROTO_TCP, TCP_MAXSEG, &segment, &size);
  return segment <= small_segment;
}

/// The length in the header of the first record; zero when none came.
asio::awaitable<std::size_t> hello_size(tcp::socket& socket) {
  std::array<unsigned char, record_header> header{};
  const auto [unready] = co_await socket.async_wait(tcp::socket::wait_read, by_value);
  boost::system::error_code error;
  if (unready || socket.receive(asio::buffer(header), tcp::socket::message_peek, error) < header.size()) co_return 0;
  co_return header[3] * 256u + header[4];
}

asio::ssl::context serving(const Identity& leaf) {
  asio::ssl::context context{asio::ssl::context::tls_server};
  SSL_CTX_use_certificate(context.native_handle(), leaf.certificate.get());
  SSL_CTX_use_PrivateKey(context.native_handle(), leaf.key.get());
  return context;
}

}  // namespace

PickyPeer::PickyPeer(const Identity& leaf, Policy policy, const char* address)
    : policy_{std::move(policy)},
      tls_{serving(leaf)},
      acceptor_{io_, tcp::endpoint{asio::ip::make_address(address), 0}},
      port_{acceptor_.local_endpoint().port()} {
  asio::co_spawn(io_, accept(), asio::detached);
  thread_ = std::jthread{[this] { io_.run(); }};
}

PickyPeer::~PickyPeer() { io_.stop(); }

asio::awaitable<void> PickyPeer::accept() {
  for (;;) {
    auto [error, socket] = co_await acceptor_.async_accept(by_value);
    if (error) co_return;
    asio::co_spawn(io_, treat(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> PickyPeer::treat(tcp::socket socket) {
  FirstSight seen;
  seen.hello_size = co_await hello_size(socket);
  seen.small_segments = has_small_segments(socket);
  const Deed deed = policy_(seen);
  if (deed == Deed::serve) co_await serve(socket);
  if (deed == Deed::reset) reset(socket);
  if (deed != Deed::stall) co_return;
  asio::steady_timer patience{io_, std::chrono::minutes{1}};
  co_await patience.async_wait(by_value);
}

asio::awaitable<void> PickyPeer::serve(tcp::socket& socket) {
  asio::ssl::stream<tcp::socket&> stream{socket, tls_};
  const auto [refused] = co_await stream.async_handshake(asio::ssl::stream_base::server, by_value);
  if (refused) co_return;
  std::string request;
  const auto [cut_off, size] =
      co_await asio::async_read_until(stream, asio::dynamic_buffer(request), "\r\n\r\n", by_value);
  if (cut_off) co_return;
  static constexpr std::string_view answer = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n";
  co_await asio::async_write(stream, asio::buffer(answer), by_value);
}

}  // namespace ecr6::wire_test
