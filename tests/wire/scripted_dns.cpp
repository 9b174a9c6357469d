#include "scripted_dns.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/write.hpp>
#include <utility>

#include "probe/result.hpp"

namespace ecr6::wire_test {

namespace asio = boost::asio;
using asio::ip::tcp;
using asio::ip::udp;
using probe::by_value;

namespace {

/// A UDP port whose TCP twin is free: taken together, or tried again.
std::pair<udp::socket, tcp::acceptor> take_both(asio::io_context& io, const asio::ip::address& address) {
  for (int attempt = 0;; ++attempt) {
    udp::socket datagrams{io, udp::endpoint{address, 0}};
    tcp::acceptor streams{io, address.is_v6() ? tcp::v6() : tcp::v4()};
    boost::system::error_code error;
    streams.bind(tcp::endpoint{address, datagrams.local_endpoint().port()}, error);
    if (!error) return {std::move(datagrams), std::move(streams)};
    if (attempt == 20) throw boost::system::system_error{error};
  }
}

}  // namespace

ScriptedDns::ScriptedDns(asio::io_context& io, DnsScript script, std::string address)
    : script_{std::move(script)}, udp_{io} {
  auto [datagrams, streams] = take_both(io, asio::ip::make_address(address));
  udp_ = std::move(datagrams);
  asio::co_spawn(io, serve_udp(), asio::detached);
  tcp_ = std::move(streams);  // bound without listening: refused
  if (script_.tcp == OverTcp::refuse) return;
  tcp_->listen();
  asio::co_spawn(io, serve_tcp(), asio::detached);
}

Nameserver ScriptedDns::nameserver() const {
  Nameserver server;
  server.address = Address::parse(udp_.local_endpoint().address().to_string()).value();
  server.port = udp_.local_endpoint().port();
  server.source = "--resolver";
  return server;
}

asio::awaitable<void> ScriptedDns::serve_udp() {
  std::array<std::uint8_t, 1500> buffer;
  udp::endpoint client;
  for (;;) {
    const auto [error, size] = co_await udp_.async_receive_from(asio::buffer(buffer), client, by_value);
    if (error == asio::error::operation_aborted) co_return;
    if (error) continue;  // the ICMP error of a client that has gone
    Query query = read_query({buffer.data(), size});
    log_.push_back(query);
    auto reaction = react(std::move(query), client);
    asio::co_spawn(udp_.get_executor(), std::move(reaction), asio::detached);
  }
}

asio::awaitable<void> ScriptedDns::react(Query query, udp::endpoint client) {
  const Reaction reaction = script_.udp(query, questions_++);
  asio::steady_timer timer{co_await asio::this_coro::executor, reaction.delay};
  co_await timer.async_wait(by_value);
  for (const Bytes& message : reaction.messages) co_await udp_.async_send_to(asio::buffer(message), client, by_value);
}

asio::awaitable<void> ScriptedDns::serve_tcp() {
  for (;;) {
    auto [error, stream] = co_await tcp_->async_accept(by_value);
    if (error) co_return;
    auto served = serve_stream(std::move(stream));
    asio::co_spawn(tcp_->get_executor(), std::move(served), asio::detached);
  }
}

asio::awaitable<void> ScriptedDns::serve_stream(tcp::socket stream) {
  std::array<std::uint8_t, 2> prefix;
  for (;;) {
    const auto [error, size] = co_await asio::async_read(stream, asio::buffer(prefix), by_value);
    if (error) co_return;
    Bytes message(static_cast<std::size_t>(prefix[0] << 8 | prefix[1]));
    co_await asio::async_read(stream, asio::buffer(message), by_value);
    if (script_.tcp == OverTcp::close) co_return;
    if (script_.tcp == OverTcp::silent) continue;
    Bytes answer = script_.tcp_answer(read_query(message));
    const auto length = answer.size();
    answer.insert(answer.begin(), {static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
    co_await asio::async_write(stream, asio::buffer(answer), by_value);
  }
}

}  // namespace ecr6::wire_test
