#include <doctest/doctest.h>

#include "builders.hpp"
#include "words_table.hpp"

/// What the addresses of a name are: translated, special, private.
namespace ecr6 {

using build::answered;
using build::healthy;
using build::nothing;
using build::raises;
constexpr auto no_data = DnsOutcome::no_data;
constexpr auto server_failure = DnsOutcome::server_failure;

namespace {

/// A name with these AAAA records; every attempt to them goes through.
EndpointObservation with_aaaa(std::initializer_list<std::string_view> addresses) {
  auto seen = build::api();
  seen.ipv6_lookup = answered(addresses);
  std::vector<Attempt> attempts;
  for (const auto address : addresses) attempts.push_back(healthy(address));
  build::replace(seen, Family::ipv6, attempts);
  return seen;
}

EndpointObservation with_failing_aaaa(std::string_view address, Cause cause) {
  auto seen = with_aaaa({address});
  build::replace(seen, Family::ipv6, {build::failed(address, Reached::connect, cause)});
  return seen;
}

EndpointObservation with_a(EndpointObservation seen, std::initializer_list<std::string_view> addresses) {
  seen.ipv4_lookup = answered(addresses);
  std::vector<Attempt> attempts;
  for (const auto address : addresses) attempts.push_back(healthy(address));
  build::replace(seen, Family::ipv4, attempts);
  return seen;
}

EndpointObservation without_aaaa(EndpointObservation seen) {
  seen.ipv6_lookup = nothing(no_data);
  build::replace(seen, Family::ipv6, {});
  return seen;
}

Observation with_prefix(EndpointObservation seen, std::initializer_list<std::string_view> ipv4only) {
  auto run = build::run({std::move(seen)});
  run.nat64 = answered(ipv4only);
  return run;
}

}  // namespace

TEST_CASE("a translator is known by the network's prefix, of every length of RFC 6052") {
  struct Row {
    std::string_view ipv4only, translated, native;
  };
  const Row rows[] = {
      {"2600:64:c000:aa::", "2600:64:3477:a001::", "2600:65:3477:a001::"},
      {"2600:64:c0:0:aa::", "2600:64:34:77a0:1::", "2600:64:c034:77a0:1::1"},
      {"2600:64:0:c000:0:aa00::", "2600:64:0:3477:a0:100::", "2600:64:1:3477:a0:100::"},
      {"2600:64:0:c0:0:aa::", "2600:64:0:34:77:a001::", "2600:64:0:34:177:a001::"},
      {"2600:64::c0:0:aa00:0", "2600:64::34:77a0:100:0", "2600:64::34:77a0:100:1"},
      {"2600:64::c000:aa", "2600:64::3477:a001", "2600:64::1:3477:a001"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.ipv4only);
    CHECK(raises(with_prefix(with_aaaa({row.translated}), {row.ipv4only}), "dns.nat64"));
    CHECK_FALSE(raises(with_prefix(with_aaaa({row.native}), {row.ipv4only}), "dns.nat64"));
    CHECK_FALSE(raises(build::run({with_aaaa({row.translated})}), "dns.nat64"));
  }
}

TEST_CASE("an answer for ipv4only.arpa without its addresses makes nobody a translator") {
  CHECK_FALSE(raises(with_prefix(with_aaaa({"2600:1f13::1"}), {"2600:1f13::2"}), "dns.nat64"));
  CHECK_FALSE(raises(with_prefix(with_aaaa({"::ffff:192.0.2.1"}), {"::ffff:192.0.0.170"}), "dns.nat64"));
}

TEST_CASE("IPv6 is degraded when every address that works is IPv4 in disguise, and only then") {
  using enum Reachability;
  const auto untouched = [](Observation&, EndpointObservation&) {};
  const auto own_prefix = [](Observation& run, EndpointObservation&) {
    run.nat64 = answered({"2600:64::c000:aa", "2600:64::c000:ab"});
  };
  words::check({"the well-known prefix", untouched, degraded, reachable}, with_aaaa({"64:ff9b::3477:a001"}));
  words::check({"a native one beside it", untouched, reachable, reachable},
               with_aaaa({"64:ff9b::3477:a001", "2600:1f13::1"}));
  words::check({"the network's own prefix", own_prefix, degraded, reachable}, with_aaaa({"2600:64::3477:a001"}));
  words::check({"the same without knowing it", untouched, reachable, reachable}, with_aaaa({"2600:64::3477:a001"}));
  words::check({"IPv4-mapped", untouched, degraded, reachable}, with_aaaa({"::ffff:52.119.160.1"}));
  const auto both = with_prefix(with_aaaa({"2600:64::3477:a001", "2600:1f13::1"}), {"2600:64::c000:aa"});
  CHECK(build::findings(both, "dns.nat64").at(0).summary.starts_with("beside ECR's own"));
}

TEST_CASE("what nat64 shows: the IPv4 address inside, and that it is the name's own") {
  const auto run = with_prefix(with_aaaa({"2600:64::3477:a001"}), {"2600:64::c000:aa"});
  const auto finding = build::findings(run, "dns.nat64").at(0);
  CHECK(finding.evidence.at(0) ==
        "AAAA 2600:64::3477:a001: 52.119.160.1 behind a translation prefix, which is also an A record of the name");
  CHECK(finding.evidence.at(1) == "ipv4only.arpa shows the prefix 2600:64::/96");
}

TEST_CASE("a translator that nothing gets through is said to lack a route or IPv4; one that answers is not") {
  const auto advice = [](std::optional<Cause> cause, Reached reached) {
    auto seen = with_aaaa({"2600:64::3477:a001"});
    for (Attempt& attempt : seen.attempts)
      if (attempt.family == Family::ipv6) {
        attempt.cause = cause;
        attempt.reached = reached;
      }
    return build::findings(with_prefix(seen, {"2600:64::c000:aa"}), "dns.nat64").at(0).advice;
  };
  CHECK(advice(Cause::network_unreachable, Reached::connect).starts_with("No connection through the translator"));
  CHECK(advice(std::nullopt, Reached::done).starts_with("What goes through reaches ECR as IPv4"));
  CHECK(advice(Cause::tls_timeout, Reached::tls).starts_with("What goes through reaches ECR as IPv4"));
  CHECK(advice(Cause::interrupted, Reached::connect).starts_with("What goes through reaches ECR as IPv4"));
}

TEST_CASE("an address that no public service has is named, and the path is not blamed for it") {
  struct Row {
    std::string_view address, use;
    Cause cause;
  };
  const Row rows[] = {
      {"fd00::1", "unique local", Cause::connect_timeout},
      {"::ffff:192.0.2.1", "IPv4-mapped", Cause::host_unreachable},
      {"2001:db8::1", "documentation", Cause::connect_timeout},
      {"::1", "loopback", Cause::connection_refused},
      {"::", "unspecified", Cause::connection_refused},
      {"fe80::1", "link-local", Cause::invalid_route},
      {"ff02::1", "multicast", Cause::network_unreachable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.address);
    const auto run = build::run({with_failing_aaaa(row.address, row.cause)});
    const auto finding = build::findings(run, "dns.special-address").at(0);
    const bool may_be_routed = row.use == "unique local" || row.use == "documentation";
    CHECK(finding.severity == (row.use == "documentation" ? Severity::warning : Severity::error));
    CHECK(finding.evidence.at(0).find(row.use) != std::string::npos);
    CHECK(finding.evidence.size() == 2);  // the attempt, too
    CHECK(build::ids(run).size() == (may_be_routed ? 2 : 1));
  }
  auto refused_at_once = build::run({with_failing_aaaa("ff02::1", Cause::network_unreachable)});
  for (Attempt& attempt : refused_at_once.endpoints[0].attempts) attempt.synchronous = !attempt.went_through();
  CHECK(build::ids(refused_at_once) == std::vector<std::string>{"dns.special-address"});
  auto sinkhole = with_a(build::api(), {"0.0.0.0"});
  CHECK(build::findings(build::run({sinkhole}), "dns.special-address").at(0).family == Family::ipv4);
}

TEST_CASE("ordinary, translated and laboratory addresses are not special") {
  CHECK_FALSE(raises(build::run({build::api()}), "dns.special-address"));
  CHECK_FALSE(raises(build::run({with_aaaa({"64:ff9b::a00:1"})}), "dns.special-address"));
  const auto translator = with_prefix(with_aaaa({"fd00:64::3477:a001"}), {"fd00:64::c000:aa"});
  CHECK_FALSE(raises(translator, "dns.special-address"));
  CHECK(raises(translator, "dns.nat64"));
  auto lab = build::run({with_failing_aaaa("2001:db8::1", Cause::connect_timeout)});
  lab.settings.lab = "ipv6-silent";
  CHECK_FALSE(raises(lab, "dns.special-address"));
  auto mirror = build::other_host("registry.internal");
  mirror.ipv6_lookup = answered({"::1"});
  CHECK_FALSE(raises(build::run({mirror}), "dns.special-address"));
  auto literal = build::other_host("::1");  // nobody was asked for it
  literal.ipv6_lookup = literal.ipv4_lookup = std::nullopt;
  literal.attempts = {build::failed("::1", Reached::connect, Cause::connection_refused)};
  CHECK(raises(build::run({literal}), "net.refused"));
}

TEST_CASE("a documentation address: nothing when it works, a note in a network of such addresses when it fails") {
  CHECK_FALSE(raises(build::run({with_aaaa({"2001:db8:f::1"})}), "dns.special-address"));
  auto failing = with_failing_aaaa("2001:db8:f::1", Cause::connect_timeout);
  failing.attempts[0].source_address = Address::parse("2001:db8:1::2");
  CHECK(build::findings(build::run({failing}), "dns.special-address").at(0).severity == Severity::info);
  CHECK(raises(build::run({failing}), "net.silent-drop"));
}

TEST_CASE("private addresses are an interface endpoint or a zone; Amazon's certificate rules the zone out") {
  auto seen = with_a(build::api(), {"10.0.1.7"});
  const auto finding = build::findings(build::run({seen}), "dns.privatelink").at(0);
  CHECK(finding.severity == Severity::info);
  CHECK(finding.family == Family::ipv4);
  CHECK(finding.summary.find("or a zone") != std::string::npos);
  for (Attempt& attempt : seen.attempts) {
    attempt.tls.emplace();
    attempt.tls->verified = true;
    attempt.tls->issuer = "C=US, O=Amazon, CN=Amazon RSA 2048 M01";
  }
  const auto answered_by_aws = build::findings(build::run({seen}), "dns.privatelink").at(0);
  CHECK(answered_by_aws.summary.find("passes TLS on") != std::string::npos);
  CHECK(answered_by_aws.summary.find("or a zone") == std::string::npos);
  CHECK_FALSE(raises(build::run({build::api()}), "dns.privatelink"));
  auto mirror = with_a(build::other_host("registry.internal"), {"10.0.1.7"});
  CHECK_FALSE(raises(build::run({mirror}), "dns.privatelink"));
}

TEST_CASE("a unique local address is PrivateLink's beside private IPv4, and a riddle without") {
  const auto beside = with_a(with_aaaa({"fd00:1::7"}), {"10.0.1.7"});
  CHECK(raises(build::run({beside}), "dns.privatelink"));
  CHECK_FALSE(raises(build::run({beside}), "dns.special-address"));
  const auto alone = with_aaaa({"fd00:1::7"});
  CHECK_FALSE(raises(build::run({alone}), "dns.privatelink"));
  const auto riddle = build::findings(build::run({alone}), "dns.special-address").at(0);
  CHECK(riddle.advice.find("interface endpoint") != std::string::npos);
}

TEST_CASE("a global IPv6 address is an interface endpoint's on evidence alone: an alias, or this VPC's prefix") {
  auto seen = with_a(with_aaaa({"2600:1f13:77::7"}), {"10.0.1.7"});
  const auto families = [](const Observation& run) { return build::findings(run, "dns.privatelink").at(0).family; };
  CHECK(families(build::run({seen})) == Family::ipv4);
  auto run = build::run({seen});
  run.host.ec2.emplace();
  run.host.ec2->interfaces.emplace_back();
  run.host.ec2->interfaces[0].vpc_ipv6 = {Prefix::parse("2600:1f13:77::/56").value()};
  CHECK_FALSE(families(run));
  seen.ipv6_lookup->by_nameserver.at(0).aliases = {"vpce-0a1b.api.ecr.us-west-2.vpce.amazonaws.com"};
  CHECK_FALSE(families(build::run({seen})));
}

TEST_CASE("private A and no AAAA on a dual-stack name is shadowing, not a missing record") {
  const auto seen = without_aaaa(with_a(build::api(), {"10.0.1.7"}));
  const auto run = build::run({seen});
  const auto finding = build::findings(run, "dns.privatelink-shadows-dual-stack").at(0);
  CHECK(finding.severity == Severity::error);
  CHECK(finding.evidence.size() == 2);
  CHECK_FALSE(raises(run, "dns.no-aaaa"));
  CHECK_FALSE(raises(run, "dns.aaaa-filtered"));
  CHECK(raises(run, "dns.privatelink"));
}

TEST_CASE("what only looks like shadowing") {
  const std::string_view id = "dns.privatelink-shadows-dual-stack";
  const auto public_a = build::run({without_aaaa(build::api())});
  CHECK_FALSE(raises(public_a, id));
  CHECK(raises(public_a, "dns.no-aaaa"));
  CHECK_FALSE(raises(build::run({with_a(build::api(), {"10.0.1.7"})}), id));  // it has AAAA
  auto fails = with_a(build::api(), {"10.0.1.7"});
  fails.ipv6_lookup = nothing(server_failure);
  build::replace(fails, Family::ipv6, {});
  CHECK_FALSE(raises(build::run({fails}), "dns.privatelink-shadows-dual-stack"));
  const auto current = with_a(build::current_api(), {"10.0.1.7"});
  CHECK_FALSE(raises(build::run({current}), id));  // IPv4-only by design
  CHECK_FALSE(raises(build::run({without_aaaa(with_a(build::other_host("a.example"), {"10.0.1.7"}))}), id));
}

TEST_CASE("today's name on PrivateLink and its dual-stack twin outside") {
  const auto current = with_a(build::current_api(), {"10.0.1.7"});
  const auto finding = build::findings(build::run({build::api(), current}), "ecr.current-on-privatelink").at(0);
  CHECK(finding.endpoint == "api.ecr.us-west-2.amazonaws.com");
  CHECK(finding.evidence.size() == 3);
  const std::string_view id = "ecr.current-on-privatelink";
  CHECK_FALSE(raises(build::run({build::api(), build::current_api()}), id));
  CHECK_FALSE(raises(build::run({with_a(build::api(), {"10.0.1.8"}), current}), "ecr.current-on-privatelink"));
  CHECK_FALSE(raises(build::run({current}), id));
  CHECK_FALSE(raises(build::run({build::api(), with_a(build::current_api(), {"10.0.1.7", "52.119.160.1"})}), id));
}

}  // namespace ecr6
