#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

namespace {

Ping ping(std::string_view address, PingOutcome outcome) {
  Ping ping;
  ping.address = Address::parse(address).value();
  ping.family = ping.address.family();
  ping.outcome = outcome;
  if (outcome == PingOutcome::answered) ping.rtt = Duration{1'200};
  return ping;
}

Observation run_with(std::vector<Attempt> attempts, std::vector<Ping> pings) {
  auto seen = build::api();
  build::replace(seen, Family::ipv6, std::move(attempts));
  seen.pings = std::move(pings);
  Observation run = build::run({seen});
  run.settings.ping = true;
  return run;
}

Attempt silent(std::string_view address) { return build::failed(address, Reached::connect, Cause::connect_timeout); }

}  // namespace

TEST_CASE("an echo that is answered where TCP is silent points to a filter on TCP") {
  constexpr std::string_view id = "net.ping-only";
  const auto found =
      build::findings(run_with({silent("2600::1"), silent("2600::2")},
                               {ping("2600::1", PingOutcome::answered), ping("2600::2", PingOutcome::no_answer)}),
                      id);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::error);
  CHECK(found[0].evidence ==
        std::vector<std::string>{"2600::1: the echo is answered after 1.2 ms, TCP port 443 is silent"});
  const auto degraded = build::findings(
      run_with({silent("2600::1"), build::healthy("2600::2")}, {ping("2600::1", PingOutcome::answered)}), id);
  REQUIRE(degraded.size() == 1);
  CHECK(degraded[0].severity == Severity::warning);
}

TEST_CASE("an echo without answer, of another address, or beside another failure says nothing") {
  constexpr std::string_view id = "net.ping-only";
  for (const auto outcome : {PingOutcome::no_answer, PingOutcome::unreachable, PingOutcome::not_permitted,
                             PingOutcome::failed, PingOutcome::not_finished}) {
    CAPTURE(to_string(outcome));
    CHECK_FALSE(build::raises(run_with({silent("2600::1")}, {ping("2600::1", outcome)}), id));
  }
  CHECK_FALSE(build::raises(run_with({silent("2600::1")}, {ping("2600::2", PingOutcome::answered)}), id));
  CHECK_FALSE(build::raises(run_with({build::healthy("2600::1")}, {ping("2600::1", PingOutcome::answered)}), id));
  for (const auto cause : {Cause::connection_refused, Cause::host_unreachable, Cause::deadline_exceeded})
    CHECK_FALSE(build::raises(
        run_with({build::failed("2600::1", Reached::connect, cause)}, {ping("2600::1", PingOutcome::answered)}), id));
  CHECK_FALSE(build::raises(
      run_with({build::failed("2600::1", Reached::tls, Cause::tls_timeout)}, {ping("2600::1", PingOutcome::answered)}),
      id));
}

}  // namespace ecr6
