#include "probe/race_runner.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/this_coro.hpp>
#include <map>
#include <utility>

#include "probe/dial.hpp"
#include "probe/result.hpp"
#include "probe/socket_facts.hpp"

namespace ecr6::probe {

using Clock = std::chrono::steady_clock;

RaceFeed::RaceFeed(boost::asio::any_io_executor executor) : news_{std::move(executor)} {}

void RaceFeed::lookup_finished(Family family, std::vector<Address> addresses) {
  answers_.push_back({family, std::move(addresses)});
  news_.cancel();
}

/// Carries out the steps of a RaceMachine. Shared with the handlers of the connects, which may outlive the race.
class RaceRunner : public std::enable_shared_from_this<RaceRunner> {
 public:
  RaceRunner(RacePlan plan, std::shared_ptr<RaceFeed> feed)
      : plan_{std::move(plan)}, feed_{std::move(feed)}, machine_{plan_.timers, plan_.ipv6, plan_.ipv4} {}

  asio::awaitable<Race> run();
  void abandon() { connects_.clear(); }

 private:
  struct Connect {
    asio::ip::tcp::socket socket;
    Clock::time_point expires;
  };
  struct Finished {
    std::size_t id{};
    bool connected{};
  };

  Duration now() const { return std::chrono::duration_cast<Duration>(Clock::now() - began_); }
  void take_in();
  void expire();
  std::map<std::size_t, Connect>::iterator finish(std::map<std::size_t, Connect>::iterator connect, bool connected);
  void obey(const RaceStep& step);
  void start(const RaceStep::Connect& next);
  void wait_for(std::size_t id, Connect& connect);
  Clock::time_point wake_time() const;

  RacePlan plan_;
  std::shared_ptr<RaceFeed> feed_;
  RaceMachine machine_;
  Clock::time_point began_{Clock::now()};
  std::map<std::size_t, Connect> connects_;
  std::vector<Finished> finished_;  ///< not yet told to the machine
  std::optional<Duration> wake_at_;
  bool done_{};
};

void RaceRunner::obey(const RaceStep& step) {
  done_ = step.done;
  wake_at_ = step.wake_at;
  for (const auto& next : step.connects) start(next);
}

void RaceRunner::start(const RaceStep::Connect& next) {
  const Peer wanted{next.address, plan_.port};
  const Peer real = plan_.divert ? plan_.divert(wanted) : wanted;
  const Destination to{real.address, real.port, plan_.interface, 0};
  auto opened = open_socket(feed_->news_.get_executor(), to);
  // Without the queue an error that comes while connect(2) still holds the socket shows only a second later.
  if (opened) queue_icmp_errors(opened->native_handle(), real.address.family(), true);
  const error_code begun = opened ? begin_connect(*opened, to) : opened.error();
  if (begun != asio::error::in_progress) {
    finished_.push_back({next.id, !begun});
    return;
  }
  const auto expires = Clock::now() + plan_.timeout;
  const auto placed = connects_.emplace(next.id, Connect{std::move(*opened), expires}).first;
  wait_for(next.id, placed->second);
}

void RaceRunner::wait_for(std::size_t id, Connect& connect) {
  connect.socket.async_wait(asio::ip::tcp::socket::wait_write,
                            [self = shared_from_this(), id](const error_code& error) {
                              const auto found = self->connects_.find(id);
                              if (error || found == self->connects_.end()) return;
                              const int descriptor = found->second.socket.native_handle();
                              const error_code outcome = connect_outcome(found->second.socket);
                              static_cast<void>(take_icmp_error(descriptor));  // unread it would wake us for ever
                              if (outcome == asio::error::in_progress) return self->wait_for(id, found->second);
                              self->finish(found, !outcome);
                              self->feed_->news_.cancel();
                            });
}

/// Closes the socket too, so that no other event can name the same connect again.
std::map<std::size_t, RaceRunner::Connect>::iterator RaceRunner::finish(
    std::map<std::size_t, Connect>::iterator connect, bool connected) {
  finished_.push_back({connect->first, connected});
  return connects_.erase(connect);
}

void RaceRunner::expire() {
  const auto late = Clock::now();
  for (auto it = connects_.begin(); it != connects_.end();)
    it = it->second.expires <= late ? finish(it, false) : std::next(it);
}

/// Tells the machine all that has happened; a connect that fails at once is news again.
void RaceRunner::take_in() {
  expire();
  obey(machine_.time_passed(now()));
  for (const auto& answer : std::exchange(feed_->answers_, {}))
    obey(machine_.lookup_finished(answer.family, answer.addresses, now()));
  while (!finished_.empty()) {
    const Finished news = finished_.front();
    finished_.erase(finished_.begin());
    obey(machine_.connect_finished(news.id, news.connected, now()));
  }
}

Clock::time_point RaceRunner::wake_time() const {
  auto wake = plan_.deadline;
  if (wake_at_) wake = std::min(wake, began_ + *wake_at_);
  for (const auto& [id, connect] : connects_) wake = std::min(wake, connect.expires);
  return wake;
}

asio::awaitable<Race> RaceRunner::run() {
  for (;;) {
    take_in();
    if (done_) co_return machine_.result();
    if (Clock::now() >= plan_.deadline) break;
    feed_->news_.expires_at(wake_time());
    co_await feed_->news_.async_wait(by_value);
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) break;
  }
  Race nobody;
  nobody.duration = now();
  co_return nobody;
}

asio::awaitable<Race> run_race(RacePlan plan, std::shared_ptr<RaceFeed> feed) {
  const auto runner = std::make_shared<RaceRunner>(std::move(plan), std::move(feed));
  // Leaving by any road, the sockets close, and with them their handlers let the runner go.
  struct AbandonOnExit {
    RaceRunner& runner;
    ~AbandonOnExit() { runner.abandon(); }
  } const guard{*runner};
  const bool throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  Race race = co_await runner->run();
  co_await asio::this_coro::throw_if_cancelled(throws);
  co_return race;
}

}  // namespace ecr6::probe
