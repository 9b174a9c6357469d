#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

using build::failed;
using build::nothing;
using enum Readiness;

namespace {

EndpointObservation ipv6_fails(Reached reached, Cause cause, int milliseconds) {
  auto seen = build::api();
  auto attempt = failed("2600::1", reached, cause);
  attempt.connect_time = Duration{milliseconds * 1000};
  build::replace(seen, Family::ipv6, {attempt});
  return seen;
}

EndpointObservation without(Family family, DnsOutcome outcome, int milliseconds = 5) {
  auto seen = build::api();
  seen.lookup(family) = nothing(outcome);
  seen.lookup(family)->duration = Duration{milliseconds * 1000};
  build::replace(seen, family, {});
  return seen;
}

EndpointObservation degraded_in(Family family) {
  auto seen = build::api();
  for (Attempt& attempt : seen.attempts)
    if (attempt.family == family) {
      attempt = failed(attempt.address.to_string(), Reached::connect, Cause::connection_refused);
      break;
    }
  return seen;
}

Verdict verdict(std::vector<EndpointObservation> endpoints, Require require = Require::ipv6) {
  Observation run = build::run(std::move(endpoints));
  run.settings.require = require;
  return diagnose(run).verdict;
}

}  // namespace

TEST_CASE("the ipv6 verdict is that of the worst required endpoint") {
  struct Row {
    std::string_view name;
    std::vector<EndpointObservation> endpoints;
    Readiness ipv6;
  };
  const auto untested = [] {
    auto seen = without(Family::ipv6, DnsOutcome::server_failure);
    seen.ipv4_lookup = nothing(DnsOutcome::server_failure);
    build::replace(seen, Family::ipv4, {});
    return seen;
  }();
  const Row rows[] = {
      {"nothing required", {build::current_api()}, unknown},
      {"nothing at all", {}, unknown},
      {"healthy", {build::api(), build::registry()}, ready},
      {"healthy beside a current name without IPv6", {build::api(), build::current_api()}, ready},
      {"degraded", {build::registry(), degraded_in(Family::ipv6)}, degraded},
      {"IPv4 degraded alone", {degraded_in(Family::ipv4)}, ready},
      {"not tested wins over degraded", {degraded_in(Family::ipv6), untested}, unknown},
      {"unreachable wins over not tested",
       {untested, ipv6_fails(Reached::connect, Cause::connect_timeout, 3000)},
       not_ready},
      {"no address", {without(Family::ipv6, DnsOutcome::no_data)}, not_ready},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(to_string(verdict(row.endpoints).ipv6) == to_string(row.ipv6));
  }
}

TEST_CASE("the migrate verdict follows from how soon clients get over a dead IPv6") {
  struct Row {
    std::string_view name;
    EndpointObservation seen;
    Readiness migrate;
  };
  auto both_dead = ipv6_fails(Reached::connect, Cause::connection_refused, 1);
  build::replace(both_dead, Family::ipv4, {failed("192.0.2.1", Reached::connect, Cause::connection_refused)});
  auto ipv4_dead = build::api();
  build::replace(ipv4_dead, Family::ipv4, {failed("192.0.2.1", Reached::connect, Cause::connect_timeout)});
  auto mixed = ipv6_fails(Reached::connect, Cause::connection_refused, 1);
  mixed.attempts.push_back(failed("2600::2", Reached::tls, Cause::tls_timeout));
  auto partial = ipv6_fails(Reached::connect, Cause::connection_refused, 1);
  build::replace(partial, Family::ipv4,
                 {build::healthy("192.0.2.1"), failed("192.0.2.2", Reached::connect, Cause::connection_refused)});
  auto endless = ipv6_fails(Reached::connect, Cause::connect_timeout, 1);
  endless.attempts[0].connect_time.reset();
  const Row rows[] = {
      {"IPv6 reachable", build::api(), ready},
      {"IPv6 reachable, IPv4 dead", ipv4_dead, ready},
      {"IPv6 degraded", degraded_in(Family::ipv6), degraded},
      {"no IPv6 address", without(Family::ipv6, DnsOutcome::no_data), ready},
      {"no address at all",
       [] {
         auto seen = without(Family::ipv6, DnsOutcome::name_not_found);
         seen.ipv4_lookup = nothing(DnsOutcome::name_not_found);
         build::replace(seen, Family::ipv4, {});
         return seen;
       }(),
       not_ready},
      {"refused at once", ipv6_fails(Reached::connect, Cause::connection_refused, 1), ready},
      {"refused in 300 ms", ipv6_fails(Reached::connect, Cause::connection_refused, 300), ready},
      {"refused in 301 ms", ipv6_fails(Reached::connect, Cause::connection_refused, 301), degraded},
      {"unreachable in a second", ipv6_fails(Reached::connect, Cause::host_unreachable, 1000), degraded},
      {"unreachable in 1001 ms", ipv6_fails(Reached::connect, Cause::host_unreachable, 1001), not_ready},
      {"times out", ipv6_fails(Reached::connect, Cause::connect_timeout, 3000), not_ready},
      {"times out after a time that is not known", endless, not_ready},
      {"times out at a short --timeout: clients wait for their own",
       ipv6_fails(Reached::connect, Cause::connect_timeout, 200), not_ready},
      {"fails after TCP connected, however soon", ipv6_fails(Reached::tls, Cause::connection_reset, 1), not_ready},
      {"one address refused, another fails after TCP connected", mixed, not_ready},
      {"refused at once, IPv4 degraded", partial, degraded},
      {"neither family works", both_dead, not_ready},
      {"AAAA fails quickly: hidden by the resolver library", without(Family::ipv6, DnsOutcome::server_failure, 5),
       ready},
      {"AAAA is not answered: every lookup waits", without(Family::ipv6, DnsOutcome::timeout, 3000), not_ready},
      {"AAAA is not answered within a short --timeout", without(Family::ipv6, DnsOutcome::timeout, 200), not_ready},
      {"AAAA fails in 301 ms", without(Family::ipv6, DnsOutcome::server_failure, 301), degraded},
      {"cut off before a second", ipv6_fails(Reached::connect, Cause::deadline_exceeded, 900), unknown},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(to_string(verdict({row.seen}).migrate) == to_string(row.migrate));
  }
}

TEST_CASE("the worst endpoint decides migration") {
  const auto slow = ipv6_fails(Reached::connect, Cause::host_unreachable, 500);
  const auto stalls = ipv6_fails(Reached::connect, Cause::connect_timeout, 3000);
  CHECK(verdict({build::api(), slow}).migrate == degraded);
  CHECK(verdict({slow, stalls, build::registry()}).migrate == not_ready);
  auto not_required = stalls;
  not_required.required = false;
  CHECK(verdict({build::api(), not_required}).migrate == ready);
}

TEST_CASE("--require chooses what decides") {
  struct Row {
    std::string_view name;
    EndpointObservation seen;
    Readiness ipv6, migrate, dual, any;
  };
  const Row rows[] = {
      {"healthy", build::api(), ready, ready, ready, ready},
      {"IPv6 refused", ipv6_fails(Reached::connect, Cause::connection_refused, 1), not_ready, ready, not_ready, ready},
      {"IPv6 degraded", degraded_in(Family::ipv6), degraded, degraded, degraded, ready},
      {"IPv4 degraded", degraded_in(Family::ipv4), ready, ready, degraded, ready},
      {"no IPv4", without(Family::ipv4, DnsOutcome::no_data), ready, ready, not_ready, ready},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(verdict({row.seen}, Require::ipv6).decided == row.ipv6);
    CHECK(verdict({row.seen}, Require::migrate).decided == row.migrate);
    CHECK(verdict({row.seen}, Require::dual).decided == row.dual);
    CHECK(verdict({row.seen}, Require::any).decided == row.any);
    CHECK(verdict({row.seen}, Require::any).ipv6 == row.ipv6);
  }
}

TEST_CASE("under --require any a family that is switched off does not count") {
  auto seen = build::api();
  build::replace(seen, Family::ipv4, {failed("192.0.2.1", Reached::connect, Cause::connection_refused)});
  Observation run = build::run({seen});
  run.settings.ipv6 = false;
  run.settings.require = Require::any;
  CHECK(diagnose(run).verdict.decided == not_ready);
  run.endpoints = {build::api()};
  CHECK(diagnose(run).verdict.decided == ready);
  CHECK(diagnose(run).verdict.ipv6 == unknown);
}

TEST_CASE("exit codes are 0 ready, 1 degraded, 2 not ready, 3 unknown; --strict turns 1 into 2") {
  struct Row {
    EndpointObservation seen;
    int plain, strict;
  };
  const Row rows[] = {
      {build::api(), 0, 0},
      {degraded_in(Family::ipv6), 1, 2},
      {without(Family::ipv6, DnsOutcome::no_data), 2, 2},
      {build::current_api(), 3, 3},
  };
  for (const Row& row : rows) {
    Observation run = build::run({row.seen});
    CHECK(diagnose(run).verdict.exit_code == row.plain);
    run.settings.strict = true;
    CHECK(diagnose(run).verdict.exit_code == row.strict);
  }
}

TEST_CASE("an interrupted run exits 3 whatever was seen") {
  Observation run = build::run({build::api()});
  run.interrupted = true;
  CHECK(diagnose(run).verdict.exit_code == 3);
  run.endpoints = {ipv6_fails(Reached::connect, Cause::connect_timeout, 3000)};
  CHECK(diagnose(run).verdict.exit_code == 3);
}

}  // namespace ecr6
