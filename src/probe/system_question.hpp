#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/observation/names.hpp"
#include "probe/system_child.hpp"

namespace ecr6::probe {

/// What an application gets for each name: getaddrinfo(3), asked in a child process beside a run's own questions.
/// Nobody waits for it.
class SystemQuestion {
 public:
  /// Starts the child. Call before there is an event loop.
  explicit SystemQuestion(std::vector<std::string> names);
  /// Takes the answers as they come; returns when all are there or `end` has come, and the child has been killed then.
  boost::asio::awaitable<void> listen(std::chrono::steady_clock::time_point end);
  /// Takes what came meanwhile and ends the child. Names whose answer is still out count as killed.
  void finish();
  /// The answer for one of the names; empty when the child never began with it. Call finish() first.
  [[nodiscard]] std::optional<SystemAnswer> answer(const std::string& name) const;

 private:
  /// False when nothing more is there, now or ever.
  bool take_one();
  void take(const SystemMessage& message);

  std::vector<std::string> names_;
  std::vector<std::optional<SystemAnswer>> answers_;                         ///< by name
  std::vector<std::optional<std::chrono::steady_clock::time_point>> begun_;  ///< by name
  std::size_t open_;                                                         ///< names without an answer
  bool ended_{};                                                             ///< the child has ended by itself
  std::optional<SystemChild> child_;
};

}  // namespace ecr6::probe
