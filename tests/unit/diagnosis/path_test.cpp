#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

using build::healthy;
using build::raises;

namespace {

constexpr std::string_view v6 = "2600:1f13::1";

Attempt over(Attempt attempt, int path_mtu, std::optional<int> interface_mtu) {
  attempt.tcp.emplace();
  attempt.tcp->path_mtu = path_mtu;
  attempt.tcp->interface_mtu = interface_mtu;
  return attempt;
}

Observation with(Attempt attempt) {
  auto seen = build::api();
  seen.attempts[0] = std::move(attempt);
  return build::run({seen});
}

/// Connects of one family, in milliseconds: the first two are attempts, the others repeats.
void connects(EndpointObservation& seen, Family family, std::vector<int> times) {
  const char* const address = family == Family::ipv6 ? "2600:1f13::1" : "52.119.160.1";
  std::vector<Attempt> attempts;
  for (std::size_t i = 0; i < times.size(); ++i) {
    Attempt attempt = healthy(address);
    attempt.connect_time = Duration{times[i] * 1000};
    if (i < 2)
      attempts.push_back(attempt);
    else
      seen.confirmations.push_back({"later_connect", attempt});
  }
  build::replace(seen, family, attempts);
}

Observation apart(std::vector<int> ipv6, std::vector<int> ipv4) {
  auto seen = build::api();
  connects(seen, Family::ipv6, std::move(ipv6));
  connects(seen, Family::ipv4, std::move(ipv4));
  return build::run({seen});
}

}  // namespace

TEST_CASE("a path that carries less than the interface is a note, once for each family") {
  const auto run = with(over(healthy(v6), 1400, 1500));
  const auto found = build::findings(run, "net.path-mtu");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK(found[0].family == Family::ipv6);
  CHECK(found[0].evidence == std::vector<std::string>{"ecr.us-west-2.api.aws: path MTU 1400, the interface's is 1500"});
  auto by_hello = build::api();
  by_hello.confirmations.push_back({"large_hello", over(healthy(v6), 1499, 1500)});
  CHECK(raises(build::run({by_hello}), "net.path-mtu"));
  auto by_address = with(over(healthy(v6), 1400, std::nullopt));
  by_address.endpoints[0].attempts[0].source_address = Address::parse("2600::99");
  Interface interface;
  interface.mtu = 9001;
  interface.addresses.resize(1);
  interface.addresses[0].address = *Address::parse("2600::99");
  by_address.host.network.emplace().interfaces = {interface};
  CHECK(raises(by_address, "net.path-mtu"));
}

TEST_CASE("a path MTU that is not smaller, not known or not proven to work is no note") {
  CHECK_FALSE(raises(with(over(healthy(v6), 1500, 1500)), "net.path-mtu"));
  CHECK_FALSE(raises(with(over(healthy(v6), 1400, std::nullopt)), "net.path-mtu"));
  CHECK_FALSE(raises(with(over(healthy(v6), 0, 1500)), "net.path-mtu"));
  CHECK_FALSE(raises(with(over(healthy("::1"), 65535, 65536)), "net.path-mtu"));
  const auto stalls = build::failed(v6, Reached::tls, Cause::tls_timeout);
  CHECK_FALSE(raises(with(over(stalls, 1400, 1500)), "net.path-mtu"));
}

TEST_CASE("a family is slower by the median of at least three connects") {
  const auto slower = [](std::vector<int> ipv6, std::vector<int> ipv4) {
    return raises(apart(std::move(ipv6), std::move(ipv4)), "net.slower");
  };
  CHECK(slower({60, 60, 60}, {10, 10, 10}));
  CHECK(slower({60, 900, 60}, {10, 10, 10}));
  CHECK(slower({10, 60, 70, 80}, {10, 10, 10}));
  CHECK_FALSE(slower({60, 60}, {10, 10, 10}));
  CHECK_FALSE(slower({60, 60, 60}, {10, 10}));
  CHECK_FALSE(slower({900, 10, 10}, {10, 10, 10}));
  CHECK_FALSE(slower({59, 59, 59}, {10, 10, 10}));
  CHECK(slower({1001, 1001, 1001}, {}));
  CHECK_FALSE(slower({1001, 1001}, {}));
  CHECK_FALSE(slower({1000, 1000, 1000}, {}));
  CHECK(build::findings(apart({60, 60, 60}, {10, 10, 10}), "net.slower").at(0).evidence.at(0) ==
        "IPv6 connects in 60 ms (median of 3)");
}

TEST_CASE("fewer than three connects degrade nothing, however slow") {
  CHECK(diagnose(apart({900, 900}, {10, 10, 10})).endpoints[0].ipv6 == Reachability::reachable);
  CHECK(diagnose(apart({900, 900, 900}, {10, 10, 10})).endpoints[0].ipv6 == Reachability::degraded);
}

}  // namespace ecr6
