#include "probe/resolver.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "probe/ares_channel.hpp"
#include "probe/dns_answer.hpp"
#include "probe/nameserver_socket.hpp"
#include "probe/result.hpp"

namespace ecr6::probe {

namespace {

using Clock = std::chrono::steady_clock;

/// One lost datagram shall not be a finding.
constexpr std::chrono::seconds resend_after{1};

struct Failure {
  DnsOutcome outcome{};
  std::string detail;
};

Failure failure(DnsOutcome outcome, std::string detail) { return {outcome, std::move(detail)}; }

/// c-ares's own failures: nothing came that could be read as an answer.
Failure explain_status(const Reply& reply, const Nameserver& server) {
  switch (reply.status) {
    case ARES_EBADNAME:
      return failure(DnsOutcome::malformed, "the name cannot be asked for: a label is empty or longer than 63 bytes");
    case ARES_EBADRESP:
      return failure(DnsOutcome::malformed, "what came is not a DNS answer");
    case ARES_ENOTFOUND:
      return failure(DnsOutcome::name_not_found, "");
    case ARES_ECONNREFUSED:
      // c-ares says so too when it could not open or connect a socket; it does not say why.
      if (const int error = local_error(server))
        return failure(DnsOutcome::unreachable, "on this host: " + words_for(error));
      return failure(DnsOutcome::unreachable, ares_strerror(reply.status));
    default:
      return failure(DnsOutcome::unreachable, ares_strerror(reply.status));
  }
}

Failure explain_silence(const Reply& reply, Duration waited) {
  if (reply.over_tcp) return failure(DnsOutcome::timeout, "no answer over TCP within " + to_text(waited));
  if (reply.unreadable > 0)
    return failure(DnsOutcome::malformed, fmt::format("what came is not a DNS answer, {} times", reply.unreadable));
  if (reply.foreign > 0)
    return failure(DnsOutcome::timeout,
                   fmt::format("no answer within {}; answers to other questions were ignored, {} times",
                               to_text(waited), reply.foreign));
  return failure(DnsOutcome::timeout, "no answer within " + to_text(waited));
}

Failure explain(const Reply& reply, const Nameserver& server, Duration waited) {
  if (!reply.done) return explain_silence(reply, waited);
  if (reply.closed) return failure(DnsOutcome::unreachable, "the nameserver closed the TCP connection");
  if (reply.socket_error == 0) return explain_status(reply, server);
  if (!server.zone.empty() && reply.socket_error == ENODEV)
    return failure(DnsOutcome::unreachable, fmt::format("on this host: no interface named {}", server.zone));
  return failure(DnsOutcome::unreachable, words_for(reply.socket_error));
}

void take_message(ServerAnswer& answer, const Reply& reply, const std::string& name, Family family) {
  DnsAnswer read = read_bare_refusal(reply.message).value_or(read_answer(reply.message, name, family));
  answer.outcome = read.outcome;
  answer.records = std::move(read.records);
  answer.records_left_out = read.records_left_out;
  answer.aliases = std::move(read.aliases);
  answer.detail = std::move(read.detail);
}

void take_failure(ServerAnswer& answer, const Reply& reply, const Nameserver& server) {
  Failure failed = explain(reply, server, answer.duration);
  answer.outcome = failed.outcome;
  answer.detail = reply.over_tcp ? "the answer was truncated; " + failed.detail : std::move(failed.detail);
}

/// Two at a time, the rest by recursion: Asio 1.81 cannot wait safely for a range of coroutines.
boost::asio::awaitable<std::vector<ServerAnswer>> ask_from(std::size_t index, std::string name, Family family,
                                                           std::vector<Nameserver> servers,
                                                           std::chrono::milliseconds budget) {
  using namespace boost::asio::experimental::awaitable_operators;
  std::vector<ServerAnswer> answers;
  if (index == servers.size()) co_return answers;
  auto first = ask(servers[index], index, name, family, budget);
  auto others = ask_from(index + 1, name, family, servers, budget);
  auto [answer, rest] = co_await (std::move(first) && std::move(others));
  answers.push_back(std::move(answer));
  std::move(rest.begin(), rest.end(), std::back_inserter(answers));
  co_return answers;
}

}  // namespace

boost::asio::awaitable<ServerAnswer> ask(Nameserver server, std::size_t index, std::string name, Family family,
                                         std::chrono::milliseconds budget) {
  const auto started = Clock::now();
  const auto deadline = started + budget;
  const auto executor = co_await boost::asio::this_coro::executor;
  ServerAnswer answer;
  answer.nameserver = index;

  AresChannel channel{executor, server};
  channel.send(name, family);
  co_await channel.wait_until(std::min(deadline, started + resend_after));
  const bool waits_for_datagram = !channel.reply().done && !channel.reply().over_tcp;
  if (waits_for_datagram && Clock::now() < deadline) {
    channel.send(name, family);
    answer.tries = 2;
  }
  co_await channel.wait_until(deadline);

  const Reply& reply = channel.reply();
  answer.duration = std::chrono::duration_cast<Duration>(Clock::now() - started);
  answer.over_tcp = reply.over_tcp;
  if (reply.over_tcp) answer.tcp_connected = reply.tcp_connected;
  if (reply.latency) answer.latency = std::chrono::duration_cast<Duration>(*reply.latency);
  if (reply.message.empty()) {
    take_failure(answer, reply, server);
  } else {
    take_message(answer, reply, name, family);
  }
  co_return answer;
}

boost::asio::awaitable<Lookup> resolve(std::string name, Family family, std::vector<Nameserver> servers,
                                       std::chrono::milliseconds budget) {
  co_return merge(co_await ask_from(0, std::move(name), family, std::move(servers), budget));
}

}  // namespace ecr6::probe
