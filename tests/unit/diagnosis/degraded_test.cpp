#include <doctest/doctest.h>

#include "builders.hpp"
#include "words_table.hpp"

namespace ecr6 {

using build::healthy;
using words::check;
using enum Reachability;

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
    for (const std::size_t one_of_each : {0, 2})
      seen.confirmations.push_back({"later_connect", seen.attempts[one_of_each]});
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
