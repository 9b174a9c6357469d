#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <vector>

#include "ecr6/observation/attempt.hpp"

namespace ecr6::probe {

/// RFC 8305 §8.
struct RaceTimers {
  Duration resolution_delay{std::chrono::milliseconds{50}};  ///< IPv4 answered first: how long to wait for IPv6
  Duration attempt_delay{std::chrono::milliseconds{250}};    ///< between the starts of two connects
};

/// What the race wants next. Times count from the start of the race.
struct RaceStep {
  struct Connect {
    std::size_t id{};  ///< to be named when it finishes
    Address address;
    friend bool operator==(const Connect&, const Connect&) = default;
  };
  std::vector<Connect> connects;    ///< to start now
  std::optional<Duration> wake_at;  ///< call time_passed() then, unless another event comes first
  bool done{};                      ///< result() is final; abandon what still runs
};

/// Happy Eyeballs version 2 (RFC 8305 §3 to §5) without a clock and without I/O: events with explicit times go in,
/// steps come out. IPv6 goes first when it is known in time; families alternate (First Address Family Count 1); a
/// connect that fails lets the next one start at once.
class RaceMachine {
 public:
  /// A family that is switched off is never waited for.
  RaceMachine(RaceTimers timers, bool ipv6, bool ipv4);

  /// One family's lookup is over; no addresses when it failed or found none. A second call for a family is ignored.
  [[nodiscard]] RaceStep lookup_finished(Family family, const std::vector<Address>& addresses, Duration now);
  [[nodiscard]] RaceStep connect_finished(std::size_t id, bool connected, Duration now);
  [[nodiscard]] RaceStep time_passed(Duration now);
  /// Nobody has won so far when `winner` is empty; `duration` is when the race was decided.
  [[nodiscard]] const Race& result() const { return race_; }

 private:
  struct Lane {
    bool answered{};
    std::deque<Address> waiting;
  };
  [[nodiscard]] Lane& lane(Family family) { return family == Family::ipv6 ? ipv6_ : ipv4_; }
  [[nodiscard]] RaceStep proceed(Duration now);
  [[nodiscard]] bool may_begin(Duration now) const;
  [[nodiscard]] bool is_lost() const;
  [[nodiscard]] std::optional<Duration> next_wake() const;
  [[nodiscard]] RaceStep::Connect take_next();

  RaceTimers timers_;
  Lane ipv6_, ipv4_;
  std::vector<Address> started_;  ///< a connect's id is its index here
  Family last_{Family::ipv6};     ///< whose address was started last
  std::size_t running_{};
  std::optional<Duration> ipv4_known_at_;  ///< Resolution Delay counts from here
  std::optional<Duration> next_start_;     ///< the earliest time for another connect; empty: at once
  bool done_{};
  Race race_;
};

}  // namespace ecr6::probe
