#pragma once

#include <array>
#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "probe/confirmer.hpp"
#include "probe/hop_hunt.hpp"
#include "probe/pings.hpp"
#include "probe/race_runner.hpp"
#include "probe/run.hpp"

namespace ecr6::probe {

/// One endpoint's share of a run: its lookups start the attempts as the answers come in, the race runs beside them.
/// Outlives the coroutines that it starts.
class EndpointRun {
 public:
  EndpointRun(Run& run, EndpointObservation& seen);
  void start();
  /// What came in is put into its final order. Call when everything has ended.
  void finish();

 private:
  /// One family's side.
  struct Side {
    std::vector<std::optional<ServerAnswer>> answers;  ///< by nameserver
    std::size_t unanswered{};
    std::vector<Address> addresses;  ///< each once, in the order in which they were learnt
    std::vector<Address> left_out;   ///< those beyond --max-addresses
    std::vector<Attempt> attempts;   ///< parallel to `addresses`
    bool fed{};                      ///< the race has this family's addresses
  };
  [[nodiscard]] Side& side(Family family) { return sides_[family == Family::ipv6 ? 0 : 1]; }

  void start_lookups(Family family);
  void start_literal(const Address& literal);
  boost::asio::awaitable<void> look_up(Family family, std::size_t nameserver);
  void take_answer(Family family, ServerAnswer answer);
  void start_attempts(Family family, const std::vector<AddressRecord>& records);
  boost::asio::awaitable<void> try_address(Family family, std::size_t index);
  boost::asio::awaitable<Attempt> dial(Family family, Address address, Variation variation);
  boost::asio::awaitable<void> hold_race();
  void feed_race(Family family);
  void finish_lookup(Family family);

  Run& run_;
  EndpointObservation& seen_;
  std::array<Side, 2> sides_;
  Confirmer confirmer_;
  HopHunt hop_hunt_;
  std::shared_ptr<RaceFeed> feed_;
  Pings pings_;
};

}  // namespace ecr6::probe
