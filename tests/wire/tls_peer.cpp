#include "tls_peer.hpp"

#include <openssl/bio.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include "tcp_peer.hpp"

namespace ecr6::wire_test {

namespace asio = boost::asio;
using asio::ip::tcp;
static constexpr auto by_value = asio::as_tuple(asio::use_awaitable);

TlsPeer::TlsPeer(asio::io_context& io, SSL_CTX* context, Order order, const char* address)
    : order_{std::move(order)},
      acceptor_{io, tcp::endpoint{asio::ip::make_address(address), 0}},
      socket_{io},
      ssl_{SSL_new(context)},
      incoming_{BIO_new(BIO_s_mem())},
      outgoing_{BIO_new(BIO_s_mem())},
      port_{acceptor_.local_endpoint().port()} {
  SSL_set_bio(ssl_.get(), incoming_, outgoing_);
  SSL_set_accept_state(ssl_.get());
  asio::co_spawn(io, serve(), asio::detached);
}

asio::awaitable<void> TlsPeer::serve() {
  const auto [error] = co_await acceptor_.async_accept(socket_, by_value);
  if (error) co_return;
  if (!co_await shake_hands()) co_return;
  if (!co_await read_request()) co_return;
  std::size_t written = 0;
  SSL_write_ex(ssl_.get(), order_.answer.data(), order_.answer.size(), &written);
  co_await take_turn(Turn::answer);
}

asio::awaitable<bool> TlsPeer::receive() {
  std::array<char, 16384> bytes;
  const auto [error, size] = co_await socket_.async_read_some(asio::buffer(bytes), by_value);
  if (error) co_return false;
  if (!SSL_is_init_finished(ssl_.get()) && client_hello_.empty()) client_hello_.assign(bytes.data(), size);
  BIO_write(incoming_, bytes.data(), static_cast<int>(size));
  co_return true;
}

asio::awaitable<bool> TlsPeer::shake_hands() {
  Turn turn = Turn::hello;
  for (bool done = false; !done; turn = Turn::finished) {
    while (!done && BIO_ctrl_pending(outgoing_) == 0) {
      if (!co_await receive()) co_return false;
      done = SSL_do_handshake(ssl_.get()) == 1;
    }
    // TLS 1.3's session tickets leave before the answer; they are no turn of their own.
    if (BIO_ctrl_pending(outgoing_) > 0 && !co_await take_turn(turn)) co_return false;
  }
  const char* const asked = SSL_get_servername(ssl_.get(), TLSEXT_NAMETYPE_host_name);
  server_name_ = asked ? asked : "";
  co_return true;
}

asio::awaitable<bool> TlsPeer::read_request() {
  while (request_.find("\r\n\r\n") == std::string::npos) {
    std::array<char, 4096> plain;
    std::size_t size = 0;
    if (SSL_read_ex(ssl_.get(), plain.data(), plain.size(), &size) == 1)
      request_.append(plain.data(), size);
    else if (!co_await receive())
      co_return false;
  }
  co_return true;
}

asio::awaitable<bool> TlsPeer::take_turn(Turn turn) {
  std::string bytes(BIO_ctrl_pending(outgoing_), '\0');
  BIO_read(outgoing_, bytes.data(), static_cast<int>(bytes.size()));
  if (turn == order_.turn && order_.fault != Fault::none) co_return co_await misbehave(std::move(bytes));
  const auto [error, size] = co_await asio::async_write(socket_, asio::buffer(bytes), by_value);
  co_return !error;
}

asio::awaitable<bool> TlsPeer::misbehave(std::string bytes) {
  if (order_.fault == Fault::garbage) bytes = "\x7f garbage that is no TLS record at all\r\n";
  if (order_.fault == Fault::stall) bytes.resize(bytes.size() / 2);
  if (order_.fault == Fault::garbage || order_.fault == Fault::stall)
    co_await asio::async_write(socket_, asio::buffer(bytes), by_value);
  if (order_.fault == Fault::close) socket_.shutdown(tcp::socket::shutdown_send);
  if (order_.fault == Fault::reset) reset(socket_);
  co_return false;
}

}  // namespace ecr6::wire_test
