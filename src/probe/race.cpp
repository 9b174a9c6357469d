#include "probe/race.hpp"

#include <algorithm>
#include <cassert>

namespace ecr6::probe {

RaceMachine::RaceMachine(RaceTimers timers, bool ipv6, bool ipv4) : timers_{timers} {
  ipv6_.answered = !ipv6;
  ipv4_.answered = !ipv4;
}

RaceStep RaceMachine::lookup_finished(Family family, const std::vector<Address>& addresses, Duration now) {
  Lane& answered = lane(family);
  if (!answered.answered) {
    answered.answered = true;
    answered.waiting.assign(addresses.begin(), addresses.end());
    if (family == Family::ipv4) ipv4_known_at_ = now;
  }
  return proceed(now);
}

RaceStep RaceMachine::connect_finished(std::size_t id, bool connected, Duration now) {
  assert(id < started_.size() && running_ > 0);
  if (done_) return proceed(now);
  --running_;
  next_start_.reset();
  if (connected) {
    done_ = true;
    race_ = {started_[id].family(), started_[id], now};
  }
  return proceed(now);
}

RaceStep RaceMachine::time_passed(Duration now) { return proceed(now); }

RaceStep RaceMachine::proceed(Duration now) {
  RaceStep step;
  while (!done_ && may_begin(now) && (!next_start_ || now >= *next_start_)) {
    step.connects.push_back(take_next());
    next_start_ = now + std::max(timers_.attempt_delay, Duration{1});
  }
  if (!done_ && is_lost()) {
    done_ = true;
    race_.duration = now;
  }
  step.done = done_;
  if (!done_) step.wake_at = next_wake();
  return step;
}

bool RaceMachine::may_begin(Duration now) const {
  if (!ipv6_.waiting.empty()) return true;
  if (ipv4_.waiting.empty()) return false;
  // Resolution Delay (§3) holds IPv4 back only until the first connect, and only while IPv6 is unanswered.
  return ipv6_.answered || !started_.empty() || now >= *ipv4_known_at_ + timers_.resolution_delay;
}

bool RaceMachine::is_lost() const {
  return ipv6_.answered && ipv4_.answered && ipv6_.waiting.empty() && ipv4_.waiting.empty() && running_ == 0;
}

std::optional<Duration> RaceMachine::next_wake() const {
  if (ipv6_.waiting.empty() && ipv4_.waiting.empty()) return std::nullopt;
  if (started_.empty()) return *ipv4_known_at_ + timers_.resolution_delay;
  return next_start_;
}

RaceStep::Connect RaceMachine::take_next() {
  const Family wanted = started_.empty() ? Family::ipv6 : other(last_);
  last_ = lane(wanted).waiting.empty() ? other(wanted) : wanted;
  auto& waiting = lane(last_).waiting;
  const RaceStep::Connect next{started_.size(), waiting.front()};
  waiting.pop_front();
  started_.push_back(next.address);
  ++running_;
  return next;
}

}  // namespace ecr6::probe
