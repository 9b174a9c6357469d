#include "probe/ping.hpp"

#include <fmt/core.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/this_coro.hpp>
#include <cerrno>
#include <random>

#include "probe/classify.hpp"
#include "probe/echo_packet.hpp"
#include "probe/echo_socket.hpp"
#include "probe/socket_facts.hpp"
#include "probe/within.hpp"

namespace ecr6::probe {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int max_requests = 2;
constexpr int max_packets = 64;  // read at a time; a flood goes on at the next wake-up

error_code system_error(int number) { return {number, boost::system::system_category()}; }

std::string new_token() {
  std::random_device random;
  return fmt::format("ecr6{:08x}{:08x}", random(), random());
}

/// ICMPv6 "packet too big" and IPv4 "fragmentation needed" are about size: an echo is small, something else is meant.
bool is_about_size(const IcmpError& icmp, Family family) {
  return family == Family::ipv6 ? icmp.type == 2 : icmp.type == 3 && icmp.code == 4;
}

class PingRun {
 public:
  PingRun(PingPlan plan, const asio::any_io_executor& executor) : plan_{std::move(plan)}, socket_{executor} {
    ping_.address = plan_.address;
    ping_.family = plan_.address.family();
  }

  asio::awaitable<Ping> run();

 private:
  bool open();
  void refuse(const NoEchoSocket& why);
  /// Whether there is something to wait for.
  bool send();
  asio::awaitable<void> wait();
  void take_in();
  void take_replies();
  void take_errors();
  void fail(PingOutcome outcome, int number, Arrival arrival);
  [[nodiscard]] bool decided() const { return ping_.outcome != PingOutcome::not_finished; }
  [[nodiscard]] Clock::time_point next_send() const { return began_ + requests_ * (plan_.timeout / max_requests); }

  PingPlan plan_;
  asio::posix::stream_descriptor socket_;
  Echo echo_;
  Ping ping_;
  Clock::time_point began_{Clock::now()};
  std::array<Clock::time_point, max_requests> sent_{};
  int requests_{};
};

void PingRun::fail(PingOutcome outcome, int number, Arrival arrival) {
  ping_.outcome = outcome;
  ping_.cause = classify(Stage::connect, system_error(number), arrival);
  ping_.detail = system_error(number).message();
}

void PingRun::refuse(const NoEchoSocket& why) {
  if (why.connecting || why.error == EAFNOSUPPORT)
    return fail(PingOutcome::unreachable, why.error, Arrival::synchronous);
  if (why.error != EPERM && why.error != EACCES) return fail(PingOutcome::failed, why.error, Arrival::synchronous);
  ping_.outcome = PingOutcome::not_permitted;
  ping_.detail = "net.ipv4.ping_group_range leaves this group out, and CAP_NET_RAW is missing";
}

bool PingRun::open() {
  const auto opened = open_echo_socket(plan_.address, plan_.interface);
  if (const auto* why = std::get_if<NoEchoSocket>(&opened)) {
    refuse(*why);
    return false;
  }
  const auto& socket = std::get<EchoSocket>(opened);
  socket_.assign(socket.descriptor);
  ping_.socket = socket.kind;
  echo_ = {ping_.family, socket.kind, socket.id, new_token()};
  return true;
}

bool PingRun::send() {
  const std::string bytes = echo_request(echo_, static_cast<std::uint16_t>(requests_ + 1));
  sent_[static_cast<std::size_t>(requests_++)] = Clock::now();
  if (::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT) >= 0) return true;
  const int number = errno;
  take_errors();  // an ICMP error that has come back makes the next call fail, too
  if (decided()) return false;
  if (number == EPERM || number == EACCES)
    fail(PingOutcome::not_permitted, number, Arrival::synchronous);
  else if (number != EAGAIN && number != ENOBUFS)
    fail(PingOutcome::unreachable, number, Arrival::synchronous);
  return !decided();
}

void PingRun::take_replies() {
  char bytes[2048];
  for (int i = 0; i < max_packets && !decided(); ++i) {
    const ssize_t size = ::recv(socket_.native_handle(), bytes, sizeof bytes, MSG_DONTWAIT);
    if (size < 0 && errno == EAGAIN) return;
    if (size < 0) continue;  // an ICMP error that is waiting makes the first call fail
    const auto sequence = reply_sequence(echo_, {bytes, static_cast<std::size_t>(size)});
    if (!sequence || *sequence < 1 || *sequence > requests_) continue;
    ping_.outcome = PingOutcome::answered;
    ping_.rtt = std::chrono::duration_cast<Duration>(Clock::now() - sent_[*sequence - 1U]);
  }
}

void PingRun::take_errors() {
  for (int i = 0; i < max_packets && !decided(); ++i) {
    const auto error = next_queued_error(socket_.native_handle());
    if (!error) return;
    if (!error->icmp || is_about_size(*error->icmp, ping_.family) || !is_quoted(echo_, error->packet)) continue;
    fail(PingOutcome::unreachable, error->number, Arrival::later);
    ping_.icmp = error->icmp;
  }
}

/// A reply counts more than an error that came before it: another request's way may have been refused.
void PingRun::take_in() {
  take_replies();
  take_errors();
}

asio::awaitable<void> PingRun::wait() {
  const auto ends = std::min(began_ + plan_.timeout, plan_.deadline);
  const auto until = requests_ < max_requests ? std::min(next_send(), ends) : ends;
  auto readable = [this]() -> asio::awaitable<Result<int>> {
    const auto [error] = co_await socket_.async_wait(asio::posix::stream_descriptor::wait_read, by_value);
    if (error) co_return error;
    co_return 0;
  };
  const auto left = std::max<Clock::duration>(until - Clock::now(), Clock::duration::zero());
  auto waiting = readable();
  (void)co_await within(left, std::move(waiting));
  take_in();
}

asio::awaitable<Ping> PingRun::run() {
  if (!open()) co_return ping_;
  while (!decided()) {
    const auto now = Clock::now();
    if (now >= plan_.deadline) break;
    if (now >= began_ + plan_.timeout) ping_.outcome = PingOutcome::no_answer;
    if (!decided() && requests_ < max_requests && now >= next_send() && !send()) break;
    if (!decided()) co_await wait();
  }
  co_return ping_;
}

}  // namespace

asio::awaitable<Ping> ping(PingPlan plan) {
  PingRun run{std::move(plan), co_await asio::this_coro::executor};
  auto running = run.run();
  co_return co_await std::move(running);
}

}  // namespace ecr6::probe
