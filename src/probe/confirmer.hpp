#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <deque>
#include <functional>
#include <vector>

#include "probe/confirming.hpp"
#include "probe/run.hpp"

namespace ecr6::probe {

/// One endpoint's confirmations: begins what next_confirmations() asks for, under the run's slots and deadline.
/// Outlives the coroutines that it starts.
class Confirmer {
 public:
  /// An attempt on one address of the endpoint.
  using Dial = std::function<boost::asio::awaitable<Attempt>(Family, Address, Variation)>;

  Confirmer(Run& run, Dial dial) : run_{run}, dial_{std::move(dial)} {}
  /// Before the attempt starts: one that fails at once ends inside its start.
  void attempt_begins(Family family, const Address& address);
  /// Those that attempt_begins() told of are under way.
  void attempts_begun();
  /// One of them ended; `index` counts the addresses of its family in the order in which they were told.
  void attempt_ended(Family family, std::size_t index, const Attempt& attempt);
  /// Those that ended, IPv6 first, each family in the order in which they began.
  void move_results_to(std::vector<Confirmation>& confirmations);

 private:
  struct Side {
    FamilySoFar so_far;
    std::deque<std::optional<Attempt>> results;  ///< parallel to `so_far.begun`
  };
  [[nodiscard]] Side& side(Family family) { return sides_[family == Family::ipv6 ? 0 : 1]; }
  void go_on();
  void begin(Family family, const ConfirmationStep& step);
  boost::asio::awaitable<void> confirm(Family family, std::size_t index, Variation variation);

  Run& run_;
  Dial dial_;
  std::array<Side, 2> sides_;
};

}  // namespace ecr6::probe
