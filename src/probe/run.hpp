#pragma once

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstddef>

#include "ecr6/observation/observation.hpp"
#include "probe/crew.hpp"
#include "probe/observe.hpp"
#include "probe/slots.hpp"

namespace ecr6::probe {

/// What the endpoints of one run share.
struct Run {
  boost::asio::io_context& io;
  const TlsContext& tls;
  const ObserveOptions& options;
  const RunSettings& settings;
  const std::vector<Nameserver>& nameservers;
  std::chrono::steady_clock::time_point started;
  Crew& crew;
  Slots& slots;
  Slots& hop_turns;  ///< of the searches that hop_hunt.hpp starts
  Progress progress{};

  [[nodiscard]] std::chrono::steady_clock::time_point deadline() const { return started + settings.deadline; }
  /// A stage's time, cut at the run's deadline; never negative.
  [[nodiscard]] std::chrono::milliseconds budget() const;
  [[nodiscard]] bool is_over() const { return std::chrono::steady_clock::now() >= deadline(); }
  void report_progress() const {
    if (options.on_progress) options.on_progress(progress);
  }
};

}  // namespace ecr6::probe
