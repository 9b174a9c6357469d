#pragma once

#include <optional>
#include <vector>

#include "probe/run.hpp"

namespace ecr6::probe {

/// The question for the network's translation prefixes: AAAA of ipv4only.arpa (RFC 7050), asked of the nameservers
/// beside a run's own questions. Nobody waits for it. Outlives the coroutines that it starts.
class Nat64Question {
 public:
  explicit Nat64Question(Run& run) : run_{run} {}
  /// Asks under `crew`, which is stopped when the run's own work is done.
  void start(Crew& crew);
  /// What the nameservers said until now; empty when none has said anything.
  [[nodiscard]] std::optional<Lookup> finish();

 private:
  boost::asio::awaitable<void> ask_one(const Crew& crew, std::size_t nameserver);

  Run& run_;
  std::vector<std::optional<ServerAnswer>> answers_;  ///< by nameserver
};

}  // namespace ecr6::probe
