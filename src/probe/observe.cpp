#include "observe.hpp"

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <deque>

#include "probe/endpoint_run.hpp"
#include "probe/metadata.hpp"
#include "probe/nat64_question.hpp"
#include "probe/resolver.hpp"
#include "probe/system_question.hpp"

namespace ecr6::probe {

std::chrono::milliseconds Run::budget() const {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline() - std::chrono::steady_clock::now());
  const auto stage = std::chrono::duration_cast<std::chrono::milliseconds>(settings.timeout);
  return std::clamp(left, std::chrono::milliseconds{0}, stage);
}

namespace {

std::vector<std::string> names_for_system(const Observation& plan, const ObserveOptions& options) {
  std::vector<std::string> names;
  if (!options.ask_system) return names;
  for (const EndpointObservation& seen : plan.endpoints) {
    auto name = name_to_look_up(options.connect_to, seen.endpoint.name, seen.endpoint.port);
    if (!Address::parse(name) && std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  }
  return names;
}

/// Questions beside the run's own: nobody waits for their answers.
class Aside {
 public:
  Aside(Run& run, SystemQuestion& system) : run_{run}, system_{system}, crew_{run.io}, nat64_{run} {}

  void start() {
    if (run_.options.ask_nat64 && run_.settings.ipv6 && !run_.nameservers.empty()) nat64_.start(crew_);
    crew_.start(system_.listen(run_.started + std::min(run_.settings.timeout, run_.settings.deadline)));
  }
  void stop() { crew_.stop(); }
  void finish(Observation& seen) {
    crew_.rethrow();
    seen.nat64 = nat64_.finish();
    system_.finish();
    for (EndpointObservation& each : seen.endpoints)
      each.system = system_.answer(name_to_look_up(run_.options.connect_to, each.endpoint.name, each.endpoint.port));
  }

 private:
  Run& run_;
  SystemQuestion& system_;
  Crew crew_;
  Nat64Question nat64_;
};

/// SIGINT and SIGTERM, which a caller may hold back until there is somebody to take them, are delivered while it
/// stands.
class InterruptsLetThrough {
 public:
  InterruptsLetThrough() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGINT, SIGTERM}) sigaddset(&set, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &set, &before_);
  }
  ~InterruptsLetThrough() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  InterruptsLetThrough(const InterruptsLetThrough&) = delete;
  InterruptsLetThrough& operator=(const InterruptsLetThrough&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

Observation observe(Observation plan, const TlsContext& tls, const ObserveOptions& options) {
  load_resolver();
  // Forks, so it stands before the event loop. Its child goes on through a Ctrl-C if ours is held back.
  SystemQuestion system{names_for_system(plan, options)};
  boost::asio::io_context io{1};
  Crew crew{io};
  Slots slots{io, plan.settings.concurrency};
  Slots hop_turns{io, hop_searches_at_once};
  const auto started = std::chrono::steady_clock::now();
  plan.started_at = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  Run run{io, tls, options, plan.settings, plan.nameservers, started, crew, slots, hop_turns};

  boost::asio::signal_set signals{io, SIGINT, SIGTERM};
  signals.async_wait([&](boost::system::error_code error, int) {
    if (error) return;
    plan.interrupted = true;
    crew.stop();
  });
  const InterruptsLetThrough interrupts;
  Aside aside{run, system};
  const auto end = [&] {
    signals.cancel();
    aside.stop();
  };
  crew.when_done(end);

  std::deque<EndpointRun> endpoints;
  for (EndpointObservation& seen : plan.endpoints) endpoints.emplace_back(run, seen).start();
  if (plan.settings.ec2) crew.start(ask_metadata(metadata_plan(run.deadline()), plan.host.ec2.emplace()));
  aside.start();
  if (crew.running() == 0) end();
  io.run();
  crew.rethrow();

  for (EndpointRun& endpoint : endpoints) endpoint.finish();
  aside.finish(plan);
  const auto ended = std::chrono::steady_clock::now();
  plan.duration = std::chrono::duration_cast<Duration>(ended - started);
  plan.deadline_exceeded = !plan.interrupted && ended >= run.deadline();
  return plan;
}

}  // namespace ecr6::probe
