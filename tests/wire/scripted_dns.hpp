#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/udp.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dns_message.hpp"
#include "ecr6/observation/lookup.hpp"

namespace ecr6::wire_test {

/// What a scripted nameserver sends back for one question: nothing, or messages after a delay.
struct Reaction {
  std::vector<Bytes> messages;
  std::chrono::milliseconds delay{};
};

enum class OverTcp { refuse, silent, close, answer };

struct DnsScript {
  /// The reaction to the nth question over UDP, counted from 0.
  std::function<Reaction(const Query&, int)> udp;
  OverTcp tcp{OverTcp::refuse};
  std::function<Bytes(const Query&)> tcp_answer;  ///< for OverTcp::answer
};

/// A nameserver on loopback that does what it is told; it lives as long as its io_context runs, on the same thread.
class ScriptedDns {
 public:
  ScriptedDns(boost::asio::io_context& io, DnsScript script, std::string address = "127.0.0.1");

  /// How to ask it.
  [[nodiscard]] Nameserver nameserver() const;
  [[nodiscard]] int questions() const { return questions_; }
  [[nodiscard]] const std::vector<Query>& log() const { return log_; }

 private:
  boost::asio::awaitable<void> serve_udp();
  boost::asio::awaitable<void> react(Query query, boost::asio::ip::udp::endpoint client);
  boost::asio::awaitable<void> serve_tcp();
  boost::asio::awaitable<void> serve_stream(boost::asio::ip::tcp::socket stream);

  DnsScript script_;
  boost::asio::ip::udp::socket udp_;
  std::optional<boost::asio::ip::tcp::acceptor> tcp_;
  int questions_{};
  std::vector<Query> log_;
};

}  // namespace ecr6::wire_test
