#include "tcp_peer.hpp"

#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <stdexcept>

namespace ecr6::wire_test {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr auto by_value = asio::as_tuple(asio::use_awaitable);

tcp::endpoint any_port(const char* address) { return {asio::ip::make_address(address), 0}; }

asio::awaitable<void> pause(std::chrono::milliseconds time) {
  asio::steady_timer timer{co_await asio::this_coro::executor, time};
  co_await timer.async_wait(by_value);
}

asio::awaitable<bool> play_step(tcp::socket& socket, const Expect& step) {
  std::string bytes(step.bytes, '\0');
  const auto [error, size] = co_await asio::async_read(socket, asio::buffer(bytes), by_value);
  co_return !error;
}
asio::awaitable<bool> play_step(tcp::socket& socket, const Send& step) {
  const auto [error, size] = co_await asio::async_write(socket, asio::buffer(step.bytes), by_value);
  co_return !error;
}
asio::awaitable<bool> play_step(tcp::socket& socket, const Drip& step) {
  for (const char byte : step.bytes) {
    const auto [error, size] = co_await asio::async_write(socket, asio::buffer(&byte, 1), by_value);
    if (error) co_return false;
    co_await pause(step.pause);
  }
  co_return true;
}
asio::awaitable<bool> play_step(tcp::socket&, const Stall& step) {
  co_await pause(step.time);
  co_return true;
}
asio::awaitable<bool> play_step(tcp::socket& socket, const Close&) {
  // A plain close with the client's bytes unread would send a reset.
  socket.shutdown(tcp::socket::shutdown_send);
  co_return true;
}
asio::awaitable<bool> play_step(tcp::socket& socket, const Reset&) {
  reset(socket);
  co_return true;
}

}  // namespace

void reset(tcp::socket& socket) {
  socket.set_option(asio::socket_base::linger{true, 0});
  socket.close();
}

TcpPeer::TcpPeer(asio::io_context& io, Script script, const char* address)
    : acceptor_{io, any_port(address)}, socket_{io}, port_{acceptor_.local_endpoint().port()} {
  asio::co_spawn(io, play(std::move(script)), asio::detached);
}

asio::awaitable<void> TcpPeer::play(Script script) {
  const auto [error] = co_await acceptor_.async_accept(socket_, by_value);
  if (error) co_return;
  for (const auto& step : script) {
    bool played = false;
    if (const auto* expect = std::get_if<Expect>(&step)) played = co_await play_step(socket_, *expect);
    if (const auto* send = std::get_if<Send>(&step)) played = co_await play_step(socket_, *send);
    if (const auto* drip = std::get_if<Drip>(&step)) played = co_await play_step(socket_, *drip);
    if (const auto* stall = std::get_if<Stall>(&step)) played = co_await play_step(socket_, *stall);
    if (const auto* close = std::get_if<Close>(&step)) played = co_await play_step(socket_, *close);
    if (const auto* rst = std::get_if<Reset>(&step)) played = co_await play_step(socket_, *rst);
    if (!played) co_return;
    ++played_;
  }
}

SilentPort::SilentPort(asio::io_context& io, const char* address) : acceptor_{io} {
  const auto here = any_port(address);
  acceptor_.open(here.protocol());
  acceptor_.bind(here);
  acceptor_.listen(0);
  // A backlog of 0 holds one connection; a second one makes sure.
  for (int i = 0; i < 2; ++i) {
    tcp::socket filler{io, here.protocol()};
    filler.non_blocking(true);
    const auto there = acceptor_.local_endpoint();
    (void)::connect(filler.native_handle(), there.data(), static_cast<socklen_t>(there.size()));  // Asio's would wait
    fillers_.push_back(std::move(filler));
  }
}
std::uint16_t SilentPort::port() const { return acceptor_.local_endpoint().port(); }

RefusedPort::RefusedPort(asio::io_context& io, const char* address) : socket_{io, any_port(address)} {}
std::uint16_t RefusedPort::port() const { return socket_.local_endpoint().port(); }

}  // namespace ecr6::wire_test
