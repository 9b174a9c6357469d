#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "probe/connect_to.hpp"
#include "probe/hop_search.hpp"
#include "probe/run.hpp"

namespace ecr6::probe {

/// How many searches go on at once in a run; each has up to 16 sockets.
inline constexpr std::size_t hop_searches_at_once = 8;

/// Watches the connects of one endpoint, and has the hops towards the first address of each family searched that stays
/// silent. The search begins while the connect is still being tried, so that silence costs no more than its time; when
/// the address answers after all, the search is forgotten. Outlives the coroutines that it starts.
class HopHunt {
 public:
  HopHunt(Run& run, EndpointObservation& seen) : run_{run}, seen_{seen} {}
  using ConnectEnded = std::function<void(const std::optional<Cause>&)>;

  /// A connect to `address`, really to `to`, begins. Call what comes back when it has ended; empty: nothing to tell.
  [[nodiscard]] ConnectEnded watch(const Address& address, const Peer& to);
  /// What was found is put into the observation. Call when everything has ended.
  void finish();

 private:
  struct Watched {
    Address address;
    Peer to;
    boost::asio::steady_timer timer;  ///< cancelled when the connect ends
    std::shared_ptr<HopSearcher> searcher{};
    std::optional<std::chrono::steady_clock::time_point> ended{};
    std::optional<Cause> cause{};
    [[nodiscard]] bool is_silent() const { return !ended || cause == Cause::connect_timeout; }
  };
  /// One family's side.
  struct Side {
    bool searching{};
    std::optional<HopSearch> found;
    [[nodiscard]] bool is_open() const { return !searching && !found; }
  };
  [[nodiscard]] Side& side(Family family) { return sides_[family == Family::ipv6 ? 0 : 1]; }

  [[nodiscard]] boost::asio::awaitable<void> keep_watch(std::shared_ptr<Watched> connect);
  [[nodiscard]] boost::asio::awaitable<void> until_ended(std::shared_ptr<Watched> connect);
  [[nodiscard]] boost::asio::awaitable<void> search(std::shared_ptr<Watched> connect);
  [[nodiscard]] boost::asio::awaitable<std::optional<HopSearch>> search_in_turn(std::shared_ptr<Watched> connect);
  [[nodiscard]] bool is_worth_it(const Watched& connect);
  [[nodiscard]] HopSearchPlan plan_for(const Watched& connect) const;

  Run& run_;
  EndpointObservation& seen_;
  std::array<Side, 2> sides_;
};

}  // namespace ecr6::probe
