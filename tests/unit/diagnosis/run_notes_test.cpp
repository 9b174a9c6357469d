#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

using namespace build;

TEST_CASE("an interrupted run is partial, and one that went to its end is not") {
  Observation run = build::run({api()});
  CHECK_FALSE(raises(run, "run.interrupted"));
  run.endpoints[0].attempts[0] = failed("2600::1", Reached::connect, Cause::interrupted);
  CHECK(raises(run, "run.interrupted"));
  run.endpoints[0].attempts[0] = failed("2600::1", Reached::connect, Cause::connect_timeout);
  CHECK_FALSE(raises(run, "run.interrupted"));
  run.interrupted = true;
  CHECK(findings(run, "run.interrupted").at(0).severity == Severity::warning);
}

TEST_CASE("the deadline is blamed only for what it cut off") {
  Observation run = build::run({api()});
  run.settings.deadline = Duration{2'000'000};
  CHECK_FALSE(raises(run, "run.deadline"));
  run.endpoints[0].attempts[0] = failed("2600::1", Reached::connect, Cause::connect_timeout);
  CHECK_FALSE(raises(run, "run.deadline"));
  run.endpoints[0].attempts[0] = failed("2600::1", Reached::connect, Cause::deadline_exceeded);
  CHECK(findings(run, "run.deadline").at(0).evidence.at(0).find("1 attempts cut off") != std::string::npos);
}

TEST_CASE("a run in which nothing decides says so") {
  auto seen = api();
  CHECK_FALSE(raises(build::run({seen, current_api()}), "run.nothing-required"));
  seen.required = false;
  CHECK(raises(build::run({seen, current_api()}), "run.nothing-required"));
}

TEST_CASE("addresses and records beyond a bound are counted") {
  auto seen = api();
  CHECK_FALSE(raises(build::run({seen}), "run.addresses-left-out"));
  seen.ipv4_left_out = 1;
  seen.ipv6_lookup->by_nameserver[0].records_left_out = 2;
  CHECK(findings(build::run({seen}), "run.addresses-left-out").at(0).evidence ==
        std::vector<std::string>{"2 more AAAA records were not read", "1 more IPv4 address was not tried"});
}

TEST_CASE("a laboratory run and a placeholder account are said only where they are") {
  Observation run = build::run({registry()});
  CHECK_FALSE(raises(run, "run.lab"));
  CHECK_FALSE(raises(run, "run.placeholder-account"));
  run.settings.lab = "healthy";
  run.endpoints[0].placeholder_account = true;
  CHECK(raises(run, "run.lab"));
  CHECK(raises(run, "run.placeholder-account"));
}

TEST_CASE("a fourth nameserver is ignored by the system; those of --resolver are nobody's") {
  Observation run = build::run({api()});
  CHECK_FALSE(raises(run, "run.nameservers-ignored"));
  run.nameservers.push_back({Address::parse("192.0.2.54").value(), 53, "", "/etc/resolv.conf", false});
  CHECK(raises(run, "run.nameservers-ignored"));
  for (Nameserver& nameserver : run.nameservers) nameserver.used_by_system = false;
  CHECK_FALSE(raises(run, "run.nameservers-ignored"));
}

}  // namespace ecr6
