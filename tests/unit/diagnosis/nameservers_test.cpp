#include <doctest/doctest.h>

#include "builders.hpp"

/// Nameservers that answer, but not as they should; names without IPv6.
namespace ecr6 {

using build::raises;
using build::said;
using enum DnsOutcome;

namespace {

Lookup after(int latency_ms, std::initializer_list<std::string_view> addresses) {
  auto answer = said(answered, addresses);
  answer.latency = Duration{latency_ms * 1000};
  return merge({answer});
}

EndpointObservation with_latencies(int ipv6_ms, int ipv4_ms) {
  auto seen = build::api();
  seen.ipv6_lookup = after(ipv6_ms, {"2600:1f13::1", "2600:1f13::2"});
  seen.ipv4_lookup = after(ipv4_ms, {"52.119.160.1", "52.119.160.2"});
  return seen;
}

ServerAnswer lost_over_tcp(DnsOutcome outcome, bool connected) {
  auto answer = said(outcome);
  answer.over_tcp = true;
  answer.tcp_connected = connected;
  return answer;
}

EndpointObservation layers(std::string_view name, Addressing addressing) {
  auto seen = build::api();
  seen.endpoint.name = name;
  seen.endpoint.role = Role::layers;
  seen.endpoint.addressing = addressing;
  seen.required = false;
  return seen;
}

EndpointObservation without_ipv6(EndpointObservation seen) {
  seen.ipv6_lookup = build::nothing(no_data);
  build::replace(seen, Family::ipv6, {});
  return seen;
}

const auto dual_stack_layers =
    layers("prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com", Addressing::dual_stack);
const auto current_layers =
    layers("prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com", Addressing::ipv4_only);

EndpointObservation public_registry(std::string_view name, Addressing addressing) {
  auto seen = build::registry();
  seen.endpoint.name = name;
  seen.endpoint.role = Role::public_registry;
  seen.endpoint.addressing = addressing;
  seen.endpoint.account = std::nullopt;
  seen.endpoint.region = std::nullopt;
  seen.placeholder_account = true;
  seen.required = addressing == Addressing::dual_stack;
  return seen;
}

}  // namespace

TEST_CASE("a nameserver is slow from half a second on, by the median of its answers of one type") {
  CHECK_FALSE(raises(build::run({with_latencies(499, 499)}), "dns.resolver-slow"));
  const auto finding = build::findings(build::run({with_latencies(500, 500)}), "dns.resolver-slow").at(0);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.summary == "the nameserver 192.0.2.53 answers, but slowly");
  CHECK(finding.evidence.size() == 2);
  const auto one_of_three = {with_latencies(900, 5), with_latencies(5, 5), with_latencies(6, 5)};
  CHECK_FALSE(raises(build::run(one_of_three), "dns.resolver-slow"));
  CHECK_FALSE(raises(build::run({build::api()}), "dns.resolver-slow"));  // an old record has no such times
}

TEST_CASE("a nameserver that is slow for AAAA alone is told from one that is slow for all") {
  const auto finding = build::findings(build::run({with_latencies(2000, 5)}), "dns.resolver-slow").at(0);
  CHECK(finding.summary.find("asked for AAAA; A comes at once") != std::string::npos);
}

TEST_CASE("a truncated answer that TCP does not bring is the fallback's fault, and no timeout of the question's") {
  for (const bool connected : {true, false}) {
    auto seen = build::api();
    seen.ipv6_lookup = merge({lost_over_tcp(connected ? timeout : unreachable, connected)});
    build::replace(seen, Family::ipv6, {});
    const auto run = build::run({seen});
    CHECK(build::ids(run) == std::vector<std::string>{"dns.tcp-fallback-broken"});
    const auto finding = build::findings(run, "dns.tcp-fallback-broken").at(0);
    CHECK(finding.severity == Severity::error);
    CHECK((finding.summary.find("accepts the connection") != std::string::npos) == connected);
  }
}

TEST_CASE("a truncated answer that the end of the run cut off over TCP proves nothing") {
  auto seen = build::api();
  seen.ipv6_lookup = merge({lost_over_tcp(timeout, true)});
  build::replace(seen, Family::ipv6, {});
  auto run = build::run({seen});
  run.settings.timeout = seen.ipv6_lookup->by_nameserver.at(0).duration + Duration{1};
  CHECK(raises(run, "dns.tcp-fallback-broken"));
  run.deadline_exceeded = true;
  CHECK_FALSE(raises(run, "dns.tcp-fallback-broken"));
  run.settings.timeout = seen.ipv6_lookup->by_nameserver.at(0).duration;  // its own time was up all the same
  CHECK(raises(run, "dns.tcp-fallback-broken"));
}

TEST_CASE("what TCP loses of a family that does not decide is a warning") {
  auto seen = build::api();
  seen.ipv4_lookup = merge({lost_over_tcp(timeout, true)});
  build::replace(seen, Family::ipv4, {});
  CHECK(build::findings(build::run({seen}), "dns.tcp-fallback-broken").at(0).severity == Severity::warning);
}

TEST_CASE("TCP that works, and a timeout over UDP, leave the fallback alone") {
  auto seen = build::api();
  seen.ipv6_lookup->by_nameserver.at(0).over_tcp = true;
  seen.ipv6_lookup->by_nameserver.at(0).tcp_connected = true;
  CHECK_FALSE(raises(build::run({seen}), "dns.tcp-fallback-broken"));
  seen.ipv6_lookup = build::nothing(timeout);
  build::replace(seen, Family::ipv6, {});
  CHECK_FALSE(raises(build::run({seen}), "dns.tcp-fallback-broken"));
  auto covered = build::api();
  covered.ipv6_lookup = merge({lost_over_tcp(timeout, true), said(answered, {"2600:1f13::1", "2600:1f13::2"}, 1)});
  CHECK(build::findings(build::run({covered}), "dns.tcp-fallback-broken").at(0).severity == Severity::warning);
}

TEST_CASE("layers over IPv4 alone: a note while the dual-stack bucket has IPv6, a warning when nothing has") {
  const std::string_view id = "ecr.layers-ipv4-only";
  const auto today = build::run({dual_stack_layers, without_ipv6(current_layers)});
  CHECK(build::findings(today, "ecr.layers-ipv4-only").at(0).severity == Severity::info);
  CHECK_FALSE(raises(today, "dns.no-aaaa"));
  const auto nothing = build::run({without_ipv6(dual_stack_layers), without_ipv6(current_layers)});
  CHECK(build::findings(nothing, id).size() == 2);
  CHECK(build::findings(nothing, id).at(0).severity == Severity::warning);
}

TEST_CASE("layers with IPv6, layers that DNS does not give, and an API are not layers over IPv4 alone") {
  CHECK_FALSE(raises(build::run({dual_stack_layers}), "ecr.layers-ipv4-only"));
  CHECK_FALSE(raises(build::run({without_ipv6(build::api())}), "ecr.layers-ipv4-only"));
  auto unknown = without_ipv6(dual_stack_layers);
  unknown.ipv4_lookup = build::nothing(name_not_found);
  build::replace(unknown, Family::ipv4, {});
  CHECK_FALSE(raises(build::run({unknown}), "ecr.layers-ipv4-only"));
}

TEST_CASE("the public registry's usual name is IPv4-only, and the dual-stack one is named") {
  const auto right = public_registry("ecr-public.aws.com", Addressing::dual_stack);
  const auto usual = without_ipv6(public_registry("public.ecr.aws", Addressing::ipv4_only));
  const auto run = build::run({right, usual});
  const auto finding = build::findings(run, "ecr.public-name-ipv4-only").at(0);
  CHECK(finding.advice.find("Use ecr-public.aws.com") == 0);
  CHECK(finding.severity == Severity::info);
  CHECK_FALSE(raises(run, "dns.no-aaaa"));
}

TEST_CASE("a public registry with IPv6, or a dual-stack one without, is not the usual name's fault") {
  const std::string_view id = "ecr.public-name-ipv4-only";
  CHECK_FALSE(raises(build::run({public_registry("public.ecr.aws", Addressing::ipv4_only)}), id));
  const auto filtered = without_ipv6(public_registry("ecr-public.aws.com", Addressing::dual_stack));
  CHECK_FALSE(raises(build::run({filtered}), "ecr.public-name-ipv4-only"));
  CHECK(raises(build::run({filtered}), "dns.no-aaaa"));
}

}  // namespace ecr6
