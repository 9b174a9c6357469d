#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

using build::nothing;
using build::raises;
using build::said;

namespace {

Observation with_lookup(Family family, Lookup lookup) {
  auto seen = build::api();
  seen.lookup(family) = std::move(lookup);
  if (seen.lookup(family)->records.empty()) build::replace(seen, family, {});
  return build::run({seen});
}

}  // namespace

TEST_CASE("every outcome of a lookup that is not an answer has its finding, for either family") {
  using enum DnsOutcome;
  struct Row {
    DnsOutcome outcome;
    std::string_view ipv6, ipv4;
  };
  const Row rows[] = {
      {no_data, "dns.no-aaaa", "dns.no-a"},
      {name_not_found, "dns.name-not-found", "dns.name-not-found"},
      {server_failure, "dns.aaaa-server-failure", "dns.a-server-failure"},
      {refused, "dns.refused", "dns.refused"},
      {format_error, "dns.format-error", "dns.format-error"},
      {not_implemented, "dns.not-implemented", "dns.not-implemented"},
      {malformed, "dns.malformed", "dns.malformed"},
      {timeout, "dns.aaaa-timeout", "dns.a-timeout"},
      {unreachable, "dns.resolver-unreachable", "dns.resolver-unreachable"},
  };
  CHECK(std::size(rows) == static_cast<std::size_t>(unreachable));
  for (const Row& row : rows)
    for (const Family family : both_families) {
      CAPTURE(to_string(row.outcome));
      const auto found = diagnose(with_lookup(family, nothing(row.outcome))).findings;
      REQUIRE(found.size() == 1);
      CHECK(found[0].id == (family == Family::ipv6 ? row.ipv6 : row.ipv4));
      CHECK(found[0].family == family);
      CHECK_FALSE(found[0].evidence.empty());
      CHECK_FALSE(found[0].advice.empty());
      // A record without the nameservers' own answers still has its finding.
      Lookup bare;
      bare.outcome = row.outcome;
      CHECK(build::ids(with_lookup(family, bare)) == std::vector<std::string>{found[0].id});
    }
}

TEST_CASE("a failure of one nameserver that another one covers is a warning that shows both") {
  const auto run = with_lookup(
      Family::ipv6, merge({said(DnsOutcome::server_failure), said(DnsOutcome::answered, {"2600:1f13::1"}, 1)}));
  const auto finding = build::findings(run, "dns.aaaa-server-failure").at(0);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.evidence.size() == 2);
}

TEST_CASE("the IPv4-only name without AAAA is a note that names the dual-stack one") {
  const auto run = build::run({build::api(), build::current_api()});
  const auto finding = build::findings(run, "dns.no-aaaa").at(0);
  CHECK(finding.severity == Severity::info);
  CHECK(finding.endpoint == "api.ecr.us-west-2.amazonaws.com");
  CHECK(finding.advice == "Use the dual-stack name ecr.us-west-2.api.aws.");
}

TEST_CASE("a name that neither family knows is one finding about both") {
  auto seen = build::api();
  seen.attempts.clear();
  seen.ipv6_lookup = seen.ipv4_lookup = nothing(DnsOutcome::name_not_found);
  const auto findings = diagnose(build::run({seen})).findings;
  REQUIRE(findings.size() == 1);
  CHECK_FALSE(findings[0].family);
  CHECK(findings[0].evidence.size() == 2);
}

TEST_CASE("a nameserver that answers nothing is named once, not once for each name") {
  auto seen = build::api();
  seen.ipv6_lookup = merge({said(DnsOutcome::timeout), said(DnsOutcome::answered, {"2600:1f13::1"}, 1)});
  seen.ipv4_lookup = merge({said(DnsOutcome::timeout), said(DnsOutcome::answered, {"192.0.2.1"}, 1)});
  const auto covered = diagnose(build::run({seen, seen})).findings;
  REQUIRE(covered.size() == 1);
  CHECK(covered[0].id == "dns.resolver-unreachable");
  CHECK(covered[0].family == Family::ipv4);
  CHECK(covered[0].severity == Severity::warning);
  CHECK(covered[0].evidence.at(0) == "4 of 4 questions unanswered: 4 timed out, 0 did not get there");
  seen.ipv6_lookup = seen.ipv4_lookup = nothing(DnsOutcome::timeout);
  seen.attempts.clear();
  const auto dead = diagnose(build::run({seen})).findings;
  REQUIRE(dead.size() == 1);
  CHECK(dead[0].severity == Severity::error);
}

TEST_CASE("a nameserver that answers A but not AAAA is not called dead") {
  const auto run = with_lookup(Family::ipv6, nothing(DnsOutcome::timeout));
  CHECK(raises(run, "dns.aaaa-timeout"));
  CHECK_FALSE(raises(run, "dns.resolver-unreachable"));
}

TEST_CASE("nameservers that disagree, and answers that only overlap") {
  using enum DnsOutcome;
  const auto denied = merge({said(no_data), said(answered, {"2600:1f13::1"}, 1)});
  CHECK(build::ids(with_lookup(Family::ipv6, denied)) == std::vector<std::string>{"dns.aaaa-filtered"});
  const auto other = merge({said(answered, {"2600::1"}), said(answered, {"2600::2"}, 1)});
  CHECK(build::ids(with_lookup(Family::ipv6, other)) == std::vector<std::string>{"dns.nameservers-disagree"});
  const auto rotated = merge({said(answered, {"2600::1", "2600::2"}), said(answered, {"2600::2", "2600::3"}, 1)});
  CHECK(build::ids(with_lookup(Family::ipv6, rotated)).empty());
  const auto both_deny = merge({said(no_data), said(name_not_found, {}, 1)});
  CHECK_FALSE(raises(with_lookup(Family::ipv6, both_deny), "dns.aaaa-filtered"));
}

TEST_CASE("an address in the translator's prefix is not ECR's IPv6") {
  CHECK(raises(with_lookup(Family::ipv6, build::answered({"64:ff9b::c000:201"})), "dns.nat64"));
  CHECK_FALSE(raises(with_lookup(Family::ipv6, build::answered({"64:ff9c::c000:201"})), "dns.nat64"));
}

}  // namespace ecr6
