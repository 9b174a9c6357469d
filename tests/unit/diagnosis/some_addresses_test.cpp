#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

using build::failed;
using build::healthy;

namespace {

Observation with(Family family, std::vector<Attempt> attempts) {
  auto seen = build::api();
  build::replace(seen, family, std::move(attempts));
  return build::run({seen});
}

}  // namespace

TEST_CASE("some addresses fail while others work: both are named") {
  const auto run = with(Family::ipv6, {healthy("2600::1"), failed("2600::2", Reached::connect, Cause::connect_timeout),
                                       healthy("2600::3")});
  CHECK(build::ids(run) == std::vector<std::string>{"net.silent-drop", "net.some-addresses-fail"});
  const auto finding = build::findings(run, "net.some-addresses-fail").at(0);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.family == Family::ipv6);
  CHECK(finding.summary == "IPv6: 1 of 3 addresses does not connect, while the others do");
  CHECK(finding.evidence == std::vector<std::string>{"fails: 2600::2: connect_timeout at connect after 10 ms",
                                                     "connect: 2600::1, 2600::3"});
  const auto tls = with(Family::ipv4, {healthy("192.0.2.1"), failed("192.0.2.2", Reached::tls, Cause::tls_timeout),
                                       failed("192.0.2.3", Reached::connect, Cause::connection_refused)});
  CHECK(build::findings(tls, "net.some-addresses-fail").at(0).summary ==
        "IPv4: 1 of 3 addresses does not connect, while the others do");
}

TEST_CASE("near misses of some addresses: all fail, none fails, one fails later, the rest was not tested") {
  const auto raised = [](std::vector<Attempt> attempts) {
    return build::raises(with(Family::ipv6, std::move(attempts)), "net.some-addresses-fail");
  };
  CHECK_FALSE(raised({failed("2600::1", Reached::connect, Cause::connect_timeout),
                      failed("2600::2", Reached::connect, Cause::connection_refused)}));
  CHECK_FALSE(raised({healthy("2600::1"), healthy("2600::2")}));
  CHECK_FALSE(raised({failed("2600::1", Reached::connect, Cause::connect_timeout)}));
  CHECK_FALSE(raised({healthy("2600::1"), failed("2600::2", Reached::tls, Cause::tls_timeout)}));
  for (const Cause untested : {Cause::deadline_exceeded, Cause::interrupted, Cause::too_many_files})
    CHECK_FALSE(raised({healthy("2600::1"), failed("2600::2", Reached::connect, untested)}));
}

}  // namespace ecr6
