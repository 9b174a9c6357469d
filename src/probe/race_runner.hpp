#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ecr6/observation/attempt.hpp"
#include "probe/connect_to.hpp"
#include "probe/race.hpp"

namespace ecr6::probe {

/// Where both lookups leave their addresses as they finish. One thread; made before the lookups start, shared by the
/// lookups and the race.
class RaceFeed {
 public:
  explicit RaceFeed(boost::asio::any_io_executor executor);
  /// A lookup is over: its addresses in order (already mapped and bounded), none when it failed. Once per family.
  void lookup_finished(Family family, std::vector<Address> addresses);

 private:
  friend class RaceRunner;
  struct Answer {
    Family family{};
    std::vector<Address> addresses;
  };
  std::vector<Answer> answers_;     ///< not yet read
  boost::asio::steady_timer news_;  ///< cancelled to wake the race
};

struct RacePlan {
  std::uint16_t port{443};
  bool ipv6{true}, ipv4{true};              ///< false: switched off, never waited for
  std::chrono::milliseconds timeout{3000};  ///< of each connect
  std::chrono::steady_clock::time_point deadline{std::chrono::steady_clock::time_point::max()};
  std::string interface;  ///< as AttemptPlan::interface
  RaceTimers timers{};
  std::function<Peer(const Peer&)> divert;  ///< where --connect-to sends a connect; may be empty
};

/// Races TCP connects as the lookups come in; starts its clock when called. Ends with the first connect, when all have
/// failed, at the deadline, or when cancelled; the last three have no winner. Call it with std::move of a named plan.
[[nodiscard]] boost::asio::awaitable<Race> run_race(RacePlan plan, std::shared_ptr<RaceFeed> feed);

}  // namespace ecr6::probe
