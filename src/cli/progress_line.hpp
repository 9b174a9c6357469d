#pragma once

#include <chrono>
#include <functional>

#include "console.hpp"
#include "probe/observe.hpp"

namespace ecr6::cli {

/// One line on standard error that says how far a run is; on a terminal only, and never for a run that is over before
/// anybody could read it.
class ProgressLine {
 public:
  explicit ProgressLine(const Console& console);
  /// For probe::ObserveOptions; empty when there is no terminal.
  [[nodiscard]] std::function<void(const probe::Progress&)> listener();
  /// Takes the line away.
  void clear();

 private:
  void show(const probe::Progress& progress);

  const Console& console_;
  std::chrono::steady_clock::time_point next_;
  bool shown_{};
};

}  // namespace ecr6::cli
