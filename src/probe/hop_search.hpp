#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ecr6/observation/confirmation.hpp"

namespace ecr6::probe {

inline constexpr int most_hop_limits = 16;

struct HopSearchPlan {
  Address address;  ///< that is really dialled
  std::uint16_t port{443};
  std::string interface;                     ///< as AttemptPlan::interface
  std::chrono::milliseconds patience{1000};  ///< how long in all; a hop answers within a round trip
  std::chrono::steady_clock::time_point deadline{std::chrono::steady_clock::time_point::max()};  ///< of the run
};

/// Which hops answer on the way to an address: connects with the hop limits 1 to 16, all at once, as an ordinary user;
/// the answers are ICMP errors in the error queues of the sockets. Held by shared_ptr: its handlers may outlive run().
class HopSearcher : public std::enable_shared_from_this<HopSearcher> {
 public:
  HopSearcher(boost::asio::any_io_executor executor, HopSearchPlan plan);

  /// Ends when everything has answered, when nothing new has come for some round trips, or when patience is at an end.
  /// Empty, thus not tested: cancelled, given up, no socket could be had, or the run's deadline is too near.
  [[nodiscard]] boost::asio::awaitable<std::optional<HopSearch>> run();
  /// The address answered after all.
  void give_up();

 private:
  using Clock = std::chrono::steady_clock;
  struct Connect {
    boost::asio::ip::tcp::socket socket;
    Clock::time_point began;
  };

  [[nodiscard]] bool start_all();
  [[nodiscard]] bool start(int limit);
  void wait_for(int limit, Connect& connect);
  void take(int limit, Connect& connect);
  void take_answer(int limit);
  [[nodiscard]] Clock::time_point wake_time() const;

  HopSearchPlan plan_;
  boost::asio::steady_timer news_;   ///< cancelled to wake run()
  std::map<int, Connect> connects_;  ///< by hop limit; those without an answer
  HopSearch found_;
  Clock::time_point until_, quiet_at_{Clock::time_point::max()};
  bool given_up_{};
};

}  // namespace ecr6::probe
