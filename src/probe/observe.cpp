#include "observe.hpp"

#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <deque>

#include "probe/endpoint_run.hpp"
#include "probe/metadata.hpp"
#include "probe/resolver.hpp"

namespace ecr6::probe {

std::chrono::milliseconds Run::budget() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline() - std::chrono::steady_clock::now());
  const auto stage = std::chrono::duration_cast<std::chrono::milliseconds>(settings.timeout);
  return std::clamp(left, std::chrono::milliseconds{0}, stage);
}

Observation observe(Observation plan, const TlsContext& tls, const ObserveOptions& options) {
  load_resolver();
  boost::asio::io_context io{1};
  Crew crew{io};
  Slots slots{io, plan.settings.concurrency};
  const auto started = std::chrono::steady_clock::now();
  plan.started_at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  Run run{io, tls, options, plan.settings, plan.nameservers, started, crew, slots};

  boost::asio::signal_set signals{io, SIGINT, SIGTERM};
  signals.async_wait([&](boost::system::error_code error, int) {
    if (error) return;
    plan.interrupted = true;
    crew.stop();
  });
  crew.when_done([&] { signals.cancel(); });

  std::deque<EndpointRun> endpoints;
  for (EndpointObservation& seen : plan.endpoints) endpoints.emplace_back(run, seen).start();
  if (plan.settings.ec2) crew.start(ask_metadata(metadata_plan(run.deadline()), plan.host.ec2.emplace()));
  if (crew.running() == 0) signals.cancel();
  io.run();
  crew.rethrow();

  for (EndpointRun& endpoint : endpoints) endpoint.finish();
  const auto ended = std::chrono::steady_clock::now();
  plan.duration = std::chrono::duration_cast<Duration>(ended - started);
  plan.deadline_exceeded = !plan.interrupted && ended >= run.deadline();
  return plan;
}

}  // namespace ecr6::probe
