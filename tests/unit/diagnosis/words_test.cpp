#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

using build::answered;
using build::failed;
using build::healthy;
using build::nothing;
using build::said;
using enum Reachability;
using Change = void (*)(Observation&, EndpointObservation&);

namespace {

struct Row {
  std::string_view name;
  Change change;
  Reachability ipv6, ipv4;
};

void check(const Row& row, EndpointObservation seen) {
  Observation run = build::run({});
  row.change(run, seen);
  run.endpoints = {seen};
  const EndpointVerdict words = diagnose(run).endpoints.at(0);
  CAPTURE(row.name);
  CHECK(to_string(words.ipv6) == to_string(row.ipv6));
  CHECK(to_string(words.ipv4) == to_string(row.ipv4));
}

void fail_lookup(EndpointObservation& seen, Family family, DnsOutcome outcome) {
  seen.lookup(family) = nothing(outcome);
  build::replace(seen, family, {});
}

}  // namespace

TEST_CASE("the first rule that matches gives the word of an endpoint and family") {
  const Row rows[] = {
      {"healthy", [](Observation&, EndpointObservation&) {}, reachable, reachable},
      {"IPv6 switched off wins over its failure",
       [](Observation& run, EndpointObservation& seen) {
         run.settings.ipv6 = false;
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::connect, Cause::connection_refused)});
       },
       not_tested, reachable},
      {"IPv4 switched off",
       [](Observation& run, EndpointObservation& seen) {
         run.settings.ipv4 = false;
         seen.ipv4_lookup.reset();
         build::replace(seen, Family::ipv4, {});
       },
       reachable, not_tested},
      {"neither family's lookup is usable",
       [](Observation&, EndpointObservation& seen) {
         fail_lookup(seen, Family::ipv6, DnsOutcome::server_failure);
         fail_lookup(seen, Family::ipv4, DnsOutcome::timeout);
       },
       not_tested, not_tested},
      {"the only lookup is not usable",
       [](Observation& run, EndpointObservation& seen) {
         run.settings.ipv4 = false;
         seen.ipv4_lookup.reset();
         fail_lookup(seen, Family::ipv6, DnsOutcome::refused);
       },
       not_tested, not_tested},
      {"this family's lookup fails while the other's is answered",
       [](Observation&, EndpointObservation& seen) { fail_lookup(seen, Family::ipv6, DnsOutcome::timeout); },
       unreachable, reachable},
      {"this family's lookup fails while the other's name has no data",
       [](Observation&, EndpointObservation& seen) {
         fail_lookup(seen, Family::ipv6, DnsOutcome::server_failure);
         fail_lookup(seen, Family::ipv4, DnsOutcome::no_data);
       },
       unreachable, no_address},
      {"no data", [](Observation&, EndpointObservation& seen) { fail_lookup(seen, Family::ipv6, DnsOutcome::no_data); },
       no_address, reachable},
      {"no such name",
       [](Observation&, EndpointObservation& seen) {
         fail_lookup(seen, Family::ipv6, DnsOutcome::name_not_found);
         fail_lookup(seen, Family::ipv4, DnsOutcome::name_not_found);
       },
       no_address, no_address},
      {"no attempt finished before the deadline",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::tls, Cause::deadline_exceeded)});
       },
       not_tested, reachable},
      {"no attempt finished before the interrupt",
       [](Observation& run, EndpointObservation& seen) {
         run.interrupted = true;
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::connect, Cause::interrupted)});
       },
       not_tested, reachable},
      {"no attempt began",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         build::replace(seen, Family::ipv6, {});
       },
       not_tested, reachable},
      {"the lookup was cut off by the deadline, not answered in time",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         fail_lookup(seen, Family::ipv6, DnsOutcome::timeout);
         seen.ipv6_lookup->duration = run.settings.timeout - Duration{1};
       },
       not_tested, reachable},
      {"the lookup had its own time before the deadline came",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         fail_lookup(seen, Family::ipv6, DnsOutcome::timeout);
         seen.ipv6_lookup->duration = run.settings.timeout;
       },
       unreachable, reachable},
      {"this process had no descriptor left: nothing was tested",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::connect, Cause::too_many_files)});
       },
       not_tested, reachable},
      {"no attempt went through",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6,
                        {failed("2600::1", Reached::connect, Cause::connect_timeout),
                         failed("2600::2", Reached::tls, Cause::certificate_expired)});
       },
       unreachable, reachable},
      {"one attempt failed, the others were cut off",
       [](Observation& run, EndpointObservation& seen) {
         run.interrupted = true;
         build::replace(seen, Family::ipv6,
                        {failed("2600::1", Reached::connect, Cause::connection_refused),
                         failed("2600::2", Reached::connect, Cause::interrupted)});
       },
       unreachable, reachable},
      {"some attempt failed",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv4,
                        {healthy("192.0.2.1"), failed("192.0.2.2", Reached::http, Cause::http_timeout)});
       },
       reachable, degraded},
      {"every working IPv6 address is a translator's",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {healthy("64:ff9b::c000:201"), healthy("64:ff9b::c000:202")});
       },
       degraded, reachable},
      {"one of the working IPv6 addresses is a translator's",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {healthy("64:ff9b::c000:201"), healthy("2600::1")});
       },
       reachable, reachable},
      {"an address just outside the translator's prefix",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {healthy("64:ff9b:0:0:0:1::1")});
       },
       reachable, reachable},
      {"a nameserver says that there are no addresses",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv6_lookup = merge({said(DnsOutcome::answered, {"2600:1f13::1"}), said(DnsOutcome::no_data, {}, 1)});
       },
       degraded, reachable},
      {"nameservers give addresses that have none in common",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv4_lookup =
             merge({said(DnsOutcome::answered, {"192.0.2.1"}), said(DnsOutcome::answered, {"192.0.2.2"}, 1)});
       },
       reachable, degraded},
      {"nameservers give the same addresses in another order, or overlapping ones",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv6_lookup = merge({said(DnsOutcome::answered, {"2600::1", "2600::2"}),
                                   said(DnsOutcome::answered, {"2600::3", "2600::1"}, 1)});
       },
       reachable, reachable},
      {"a dead nameserver that another one covers changes no word",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv6_lookup = merge({said(DnsOutcome::timeout), said(DnsOutcome::answered, {"2600:1f13::1"}, 1)});
       },
       reachable, reachable},
      {"a proxy, a hosts-file entry and the bound on addresses change no word",
       [](Observation& run, EndpointObservation& seen) {
         run.host.proxies = {{"HTTPS_PROXY", "http://proxy.example:3128"}};
         run.host.hosts_entries = {{seen.endpoint.name, Address::parse("::1").value(), 3}};
         seen.ipv6_left_out = 4;
       },
       reachable, reachable},
  };
  for (const Row& row : rows) check(row, build::api());
}

TEST_CASE("an address literal has no lookup: its own family is judged by attempts, the other has no address") {
  auto literal = [](std::string_view address) {
    EndpointObservation seen;
    seen.endpoint.name = address;
    seen.required = true;
    seen.attempts = {healthy(address)};
    return seen;
  };
  const auto untouched = [](Observation&, EndpointObservation&) {};
  check({"IPv6", untouched, reachable, no_address}, literal("2600::1"));
  check({"IPv4", untouched, no_address, reachable}, literal("192.0.2.1"));
  check({"the other family switched off", [](Observation& run, EndpointObservation&) { run.settings.ipv4 = false; },
         reachable, not_tested},
        literal("2600::1"));
  check({"failed",
         [](Observation&, EndpointObservation& seen) {
           seen.attempts = {failed("2600::1", Reached::connect, Cause::network_unreachable)};
         },
         unreachable, no_address},
        literal("2600::1"));
}

TEST_CASE("an unexpected or family-dependent status degrades a family") {
  const auto with_status = [](Family family, int status) {
    auto seen = build::registry();
    for (Attempt& attempt : seen.attempts)
      if (attempt.family == family) attempt.http->status = status;
    return seen;
  };
  const auto untouched = [](Observation&, EndpointObservation&) {};
  check({"a registry's 401", untouched, reachable, reachable}, build::registry());
  check({"200 from a registry", untouched, degraded, reachable}, with_status(Family::ipv6, 200));
  check({"403 from a registry over IPv4", untouched, reachable, degraded}, with_status(Family::ipv4, 403));
  check({"401 without the version header",
         [](Observation&, EndpointObservation& seen) {
           for (Attempt& attempt : seen.attempts) attempt.http->headers.clear();
         },
         degraded, degraded},
        build::registry());
  check({"any status under the placeholder account",
         [](Observation&, EndpointObservation& seen) {
           seen.placeholder_account = true;
           for (Attempt& attempt : seen.attempts) attempt.http->status = 404;
         },
         reachable, reachable},
        build::registry());
  check({"a denial over IPv6 alone, on an API",
         [](Observation&, EndpointObservation& seen) {
           for (Attempt& attempt : seen.attempts) attempt.http->status = attempt.family == Family::ipv6 ? 403 : 404;
         },
         degraded, reachable},
        build::api());
  check({"statuses that depend on the family and are no worse than each other",
         [](Observation&, EndpointObservation& seen) {
           for (Attempt& attempt : seen.attempts) attempt.http->status = attempt.family == Family::ipv6 ? 200 : 404;
         },
         degraded, degraded},
        build::api());
  check({"one address with another status is not the family's doing",
         [](Observation&, EndpointObservation& seen) { seen.attempts[0].http->status = 500; }, reachable, reachable},
        build::api());
  check({"ECR Public's challenge for a token",
         [](Observation&, EndpointObservation& seen) {
           seen.endpoint.role = Role::public_registry;
           for (Attempt& attempt : seen.attempts) attempt.http->headers = {{"WWW-Authenticate", "Bearer realm=\"x\""}};
         },
         reachable, reachable},
        build::registry());
}

TEST_CASE("a slow family is degraded from where a racing client would leave it") {
  struct Times {
    std::string_view name;
    int ipv6_us, ipv4_us;
    Reachability ipv6, ipv4;
    bool finding;
  };
  const Times rows[] = {
      {"249.999 ms behind", 259'999, 10'000, reachable, reachable, true},
      {"250 ms behind", 260'000, 10'000, degraded, reachable, true},
      {"IPv4 250 ms behind", 10'000, 260'000, reachable, degraded, true},
      {"exactly a second, as slow as the other", 1'000'000, 1'000'000, reachable, reachable, false},
      {"more than a second, as slow as the other", 1'000'001, 1'000'001, degraded, degraded, true},
      {"49.999 ms behind", 59'999, 10'000, reachable, reachable, false},
      {"50 ms behind and 6 times as slow", 60'000, 10'000, reachable, reachable, true},
      {"50 ms behind, just under 1.5 times", 150'001, 100'001, reachable, reachable, false},
      {"50 ms behind, 1.5 times", 150'000, 100'000, reachable, reachable, true},
      {"199.999 ms behind, under 1.5 times", 699'999, 500'000, reachable, reachable, false},
      {"200 ms behind at any factor", 700'000, 500'000, reachable, reachable, true},
  };
  for (const Times& row : rows) {
    auto seen = build::api();
    for (Attempt& attempt : seen.attempts)
      attempt.connect_time = Duration{attempt.family == Family::ipv6 ? row.ipv6_us : row.ipv4_us};
    check({row.name, [](Observation&, EndpointObservation&) {}, row.ipv6, row.ipv4}, seen);
    CHECK(build::raises(build::run({seen}), "net.slower") == row.finding);
  }
}

TEST_CASE("a lossy family is degraded: two attempts that went through, or one of three repeats") {
  const auto lossy = [](Attempt attempt) {
    attempt.tcp.emplace();
    attempt.tcp->total_retransmits = 1;
    return attempt;
  };
  auto one = build::api();
  one.attempts[0] = lossy(one.attempts[0]);
  check({"one attempt", [](Observation&, EndpointObservation&) {}, reachable, reachable}, one);
  auto two = one;
  two.attempts[1] = lossy(two.attempts[1]);
  check({"two attempts", [](Observation&, EndpointObservation&) {}, degraded, reachable}, two);
  CHECK(build::findings(build::run({two}), "net.lossy").at(0).evidence.size() == 2);
  auto repeated = build::api();
  for (int i = 0; i < 2; ++i) repeated.confirmations.push_back({"later_connect", healthy("192.0.2.1")});
  repeated.confirmations.push_back({"large_hello", lossy(healthy("192.0.2.1"))});
  check({"another kind of probe", [](Observation&, EndpointObservation&) {}, reachable, reachable}, repeated);
  repeated.confirmations.push_back({"later_connect", lossy(healthy("192.0.2.1"))});
  check({"one of three repeats", [](Observation&, EndpointObservation&) {}, reachable, degraded}, repeated);
}

}  // namespace ecr6
