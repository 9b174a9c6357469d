#include "server.hpp"

#include <openssl/ssl.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <string_view>

#include "answers.hpp"

namespace ecr6::lab {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

constexpr auto by_value = asio::as_tuple(asio::use_awaitable);
constexpr std::size_t largest_request = 16 * 1024;
/// A client that says nothing for this long is forgotten.
constexpr std::chrono::seconds patience{30};

/// The server's choice among what the client offers: ECR's hosts speak HTTP/1.1.
int choose_http1(SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in,
                 unsigned int in_length, void*) {
  static constexpr unsigned char mine[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen{};
  const int result = SSL_select_next_proto(&chosen, out_length, mine, sizeof mine, in, in_length);
  *out = chosen;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

void reset(tcp::socket& peer) {
  boost::system::error_code ignored;
  peer.set_option(asio::socket_base::linger{true, 0}, ignored);
  peer.close(ignored);
}

}  // namespace

Server::Server(asio::io_context& io, const asio::ip::address& address, ServerFault fault, const Identity& identity)
    : io_{io}, fault_{fault}, tls_{asio::ssl::context::tls_server}, acceptor_{io} {
  SSL_CTX_use_certificate(tls_.native_handle(), identity.certificate.get());
  SSL_CTX_use_PrivateKey(tls_.native_handle(), identity.key.get());
  SSL_CTX_set_alpn_select_cb(tls_.native_handle(), choose_http1, nullptr);
  if (fault == ServerFault::silent || fault == ServerFault::slow) {
    full_.emplace(io, address);
    port_ = full_->endpoint().port();
    return;
  }
  acceptor_.open(address.is_v6() ? tcp::v6() : tcp::v4());
  acceptor_.bind({address, 0});
  port_ = acceptor_.local_endpoint().port();
  // Bound but not listening: the kernel refuses.
  if (fault != ServerFault::refused) acceptor_.listen();
}

void Server::start() {
  if (full_ || fault_ == ServerFault::refused) return;
  asio::co_spawn(io_, accept(acceptor_), asio::detached);
}

void Server::first_question() {
  if (fault_ != ServerFault::slow || std::exchange(opening_, true)) return;
  asio::co_spawn(io_, open_late(), asio::detached);
}

asio::awaitable<void> Server::open_late() {
  asio::steady_timer timer{io_, std::chrono::milliseconds{400}};
  const auto [error] = co_await timer.async_wait(by_value);
  if (!error) co_await accept(full_->release());
}

asio::awaitable<void> Server::accept(tcp::acceptor& acceptor) {
  while (acceptor.is_open()) {
    auto [error, peer] = co_await acceptor.async_accept(by_value);
    if (error) continue;
    // Without this the answer waits for the client to acknowledge the session tickets: 40 ms.
    peer.set_option(tcp::no_delay{true});
    asio::co_spawn(io_, treat(std::move(peer)), asio::detached);
  }
}

asio::awaitable<void> Server::treat(tcp::socket peer) {
  if (fault_ != ServerFault::tls_silent && fault_ != ServerFault::tls_reset && fault_ != ServerFault::not_tls)
    co_return co_await shake_hands_and_answer(std::move(peer));

  std::array<char, 4096> hello;
  const auto [error, size] = co_await peer.async_read_some(asio::buffer(hello), by_value);
  if (error || size == 0) co_return;
  if (fault_ == ServerFault::tls_reset) co_return reset(peer);
  if (fault_ == ServerFault::not_tls) {
    const std::string_view text = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    co_await asio::async_write(peer, asio::buffer(text), by_value);
    co_return;
  }
  asio::steady_timer silence{io_, patience};
  co_await silence.async_wait(by_value);
}

asio::awaitable<void> Server::shake_hands_and_answer(tcp::socket peer) {
  asio::ssl::stream<tcp::socket> stream{std::move(peer), tls_};
  const auto [error] = co_await stream.async_handshake(asio::ssl::stream_base::server, by_value);
  if (error) co_return;
  std::string request;
  std::array<char, 4096> buffer;
  while (request.find("\r\n\r\n") == request.npos && request.size() < largest_request) {
    const auto [failed, size] = co_await stream.async_read_some(asio::buffer(buffer), by_value);
    if (failed) co_return;
    request.append(buffer.data(), size);
  }
  const std::string reply =
      fault_ == ServerFault::http_garbage ? "\x01\x02 this is not HTTP\r\n\r\n" : answer_to(request);
  co_await asio::async_write(stream, asio::buffer(reply), by_value);
  // Wait for the client to close: a close from here with unread data would be a reset.
  co_await stream.async_read_some(asio::buffer(buffer), by_value);
}

}  // namespace ecr6::lab
