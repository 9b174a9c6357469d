#include <doctest/doctest.h>

#include "builders.hpp"

/// dns.system-differs: getaddrinfo(3) beside the nameservers.
namespace ecr6 {

using build::raises;

namespace {

constexpr std::string_view id = "dns.system-differs";

/// A healthy endpoint for which the system gives these addresses.
EndpointObservation with_system(std::initializer_list<std::string_view> addresses) {
  auto seen = build::api();
  seen.system.emplace();
  for (const auto address : addresses) seen.system->addresses.push_back(Address::parse(address).value());
  seen.system->duration = Duration{4'000};
  return seen;
}

Observation with_hosts_entry(EndpointObservation seen, std::string_view address) {
  auto run = build::run({std::move(seen)});
  run.host.hosts_entries = {{"ecr.us-west-2.api.aws", Address::parse(address).value(), 3}};
  return run;
}

}  // namespace

TEST_CASE("the same addresses, in another order within a family, or some of them, are no difference") {
  CHECK_FALSE(raises(build::run({with_system({"2600:1f13::1", "2600:1f13::2", "52.119.160.1", "52.119.160.2"})}), id));
  CHECK_FALSE(raises(build::run({with_system({"2600:1f13::2", "2600:1f13::1", "52.119.160.2"})}), id));
  CHECK_FALSE(raises(build::run({with_system({"2600:1f13::2", "2600:1f13::9", "52.119.160.2"})}), id));
  CHECK_FALSE(raises(build::run({build::api()}), "dns.system-differs"));
}

TEST_CASE("a family that the system leaves out, adds, or gives other addresses of") {
  const auto missing = build::findings(build::run({with_system({"52.119.160.1"})}), id).at(0);
  CHECK(missing.family == Family::ipv6);
  CHECK(missing.summary.find("no IPv6 address") != std::string::npos);
  auto seen = with_system({"2600:1f13::1", "52.119.160.1"});
  seen.ipv6_lookup = build::nothing(DnsOutcome::no_data);
  build::replace(seen, Family::ipv6, {});
  CHECK(build::findings(build::run({seen}), id).at(0).summary.find("no nameserver gives") != std::string::npos);
  const auto rotated = build::run({with_system({"2600:1f13::8", "52.119.160.1"})});
  CHECK(build::findings(rotated, "dns.system-differs").at(0).severity == Severity::info);
  const auto own = build::run({with_system({"2600:1f13::1", "10.0.1.7"})});
  CHECK(build::findings(own, id).at(0).severity == Severity::warning);
}

TEST_CASE("a lookup that failed says nothing to compare with") {
  auto seen = with_system({"52.119.160.1"});
  seen.ipv6_lookup = build::nothing(DnsOutcome::server_failure);
  build::replace(seen, Family::ipv6, {});
  CHECK_FALSE(raises(build::run({seen}), "dns.system-differs"));
}

TEST_CASE("the hosts file explains both families at once") {
  const auto found = build::findings(with_hosts_entry(with_system({"203.0.113.9"}), "203.0.113.9"), id);
  REQUIRE(found.size() == 1);
  CHECK_FALSE(found[0].family);
  CHECK(found[0].evidence.back() == "hosts file, line 3: 203.0.113.9 ecr.us-west-2.api.aws");
}

TEST_CASE("IPv4 first is a difference while IPv6 works, and gai.conf is named when it is the reason") {
  auto run = build::run({with_system({"52.119.160.1", "2600:1f13::1"})});
  run.host.gai_precedences = {{"::ffff:0:0/96", 100, 2}};
  const auto finding = build::findings(run, id).at(0);
  CHECK(finding.summary == "the system puts IPv4 first, though IPv6 works");
  CHECK(finding.evidence.back().find("gai.conf") == 0);
  for (Attempt& attempt : run.endpoints[0].attempts)
    if (attempt.family == Family::ipv6)
      attempt = build::failed("2600:1f13::1", Reached::connect, Cause::connect_timeout);
  CHECK_FALSE(raises(run, "dns.system-differs"));
}

TEST_CASE("no address from the system, and a wait that is far longer than the nameservers took") {
  auto seen = with_system({});
  seen.system->error = "EAI_NONAME: Name or service not known";
  const auto failed = build::findings(build::run({seen}), id).at(0);
  CHECK(failed.severity == Severity::error);
  CHECK(failed.evidence.at(0) == "getaddrinfo: EAI_NONAME: Name or service not known after 4.0 ms");
  auto killed = with_system({});
  killed.system->killed = true;
  killed.system->duration = Duration{3'000'000};
  CHECK(build::findings(build::run({killed}), id).at(0).summary ==
        "applications wait longer than 3.00 s for the addresses of this name");
  killed.system->duration = Duration{899'999};
  CHECK_FALSE(raises(build::run({killed}), id));  // the run was over before that was a wait
}

TEST_CASE("a second more than the nameservers took is a wait, less is not") {
  auto seen = with_system({"2600:1f13::1", "52.119.160.1"});
  seen.system->duration = Duration{1'005'000};
  CHECK(raises(build::run({seen}), "dns.system-differs"));
  seen.system->duration = Duration{1'004'999};
  CHECK_FALSE(raises(build::run({seen}), id));
}

}  // namespace ecr6
