#include <doctest/doctest.h>

#include "builders.hpp"

/// Lookups that come near a finding and must not raise it.
namespace ecr6 {

using build::raises;
using build::said;
using enum DnsOutcome;

namespace {

Observation with_lookup(Family family, Lookup lookup) {
  auto seen = build::api();
  seen.lookup(family) = std::move(lookup);
  if (seen.lookup(family)->records.empty()) build::replace(seen, family, {});
  return build::run({seen});
}

}  // namespace

TEST_CASE("no outcome of a lookup is taken for another one, nor one family's for the other's") {
struct Word {
  DnsOutcome outcome;
  std::string_view ipv6, ipv4;
};

const Word words[] = {
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

  for (const Word& given : words)
    for (const Word& named : words)
      for (const Family family : both_families) {
        CAPTURE(to_string(given.outcome));
        CAPTURE(to_string(named.outcome));
        const auto run = with_lookup(family, build::nothing(given.outcome));
        const auto own = family == Family::ipv6 ? named.ipv6 : named.ipv4;
        CHECK(raises(run, own) == (given.outcome == named.outcome));
        if (named.ipv6 != named.ipv4) CHECK_FALSE(raises(run, family == Family::ipv6 ? named.ipv4 : named.ipv6));
      }
}

TEST_CASE("two nameservers that both deny do not filter, and one DNS64 of two does not either") {
  const auto both_deny = merge({said(no_data), said(no_data, {}, 1)});
  CHECK_FALSE(raises(with_lookup(Family::ipv6, both_deny), "dns.aaaa-filtered"));
  const auto one_fails = merge({said(server_failure), said(answered, {"2600:1f13::1"}, 1)});
  CHECK_FALSE(raises(with_lookup(Family::ipv6, one_fails), "dns.aaaa-filtered"));
  const auto one_translates = merge({said(no_data), said(answered, {"64:ff9b::3477:a001"}, 1)});
  const auto run = with_lookup(Family::ipv6, one_translates);
  CHECK_FALSE(raises(run, "dns.aaaa-filtered"));
  CHECK(raises(run, "dns.nat64"));
}

TEST_CASE("the finding of a filter names the nameserver that gives and the one that does not") {
  const auto denied = merge({said(no_data), said(answered, {"2600:1f13::1"}, 1)});
  CHECK(build::findings(with_lookup(Family::ipv6, denied), "dns.aaaa-filtered").at(0).summary ==
        "nameserver 2001:db8::53 gives IPv6 addresses, nameserver 192.0.2.53 says that there are none");
}

TEST_CASE("two translators for the same IPv4 addresses do not disagree") {
  auto run = with_lookup(Family::ipv6,
                         merge({said(answered, {"64:ff9b::3477:a001"}), said(answered, {"2600:64::3477:a001"}, 1)}));
  CHECK(raises(run, "dns.nameservers-disagree"));
  run.nat64 = build::answered({"2600:64::c000:aa", "2600:64::c000:ab"});
  CHECK_FALSE(raises(run, "dns.nameservers-disagree"));
}

TEST_CASE("a nameserver that answers for ipv4only.arpa alone is not silent") {
  auto seen = build::api();
  seen.attempts.clear();
  seen.ipv6_lookup = seen.ipv4_lookup = build::nothing(timeout);
  auto run = build::run({seen});
  CHECK(raises(run, "dns.resolver-unreachable"));
  run.nat64 = build::nothing(no_data);
  CHECK_FALSE(raises(run, "dns.resolver-unreachable"));
  CHECK(raises(run, "dns.aaaa-timeout"));
}

TEST_CASE("the IPv4-only name without AAAA names its dual-stack name, also when the run does not have it") {
  const auto finding = build::findings(build::run({build::current_api()}), "dns.no-aaaa").at(0);
  CHECK(finding.advice == "Use the dual-stack name ecr.us-west-2.api.aws.");
}

}  // namespace ecr6
