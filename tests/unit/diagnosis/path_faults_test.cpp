#include "path_faults.hpp"

#include <doctest/doctest.h>

namespace ecr6 {

using namespace faults;

namespace {

struct Row {
  std::string_view what;
  Attempt attempt;
  std::string_view id;
};

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    CAPTURE(row.what);
    CHECK(build::ids(with({row.attempt})) == std::vector<std::string>{std::string{row.id}});
  }
}

std::string evidence(const Observation& run, std::string_view id) {
  std::string all;
  for (const Finding& finding : build::findings(run, id))
    for (const std::string& line : finding.evidence) all += line + "\n";
  return all;
}

bool shows(const Observation& run, std::string_view id, std::string_view text) {
  return evidence(run, id).find(text) != std::string::npos;
}

std::string advice(const Attempt& attempt, std::string_view id) {
  return build::findings(with({attempt}), id).at(0).advice;
}

using enum Cause;

}  // namespace

TEST_CASE("an ICMP error is its sender's, and says what is wrong") {
  check({
      {"prohibited by a hop", told(connect(admin_prohibited), router, 1, 1), "net.rejected"},
      {"port unreachable from a hop", told(connect(connection_refused), router, 1, 4), "net.rejected"},
      {"address unreachable from a hop", told(connect(host_unreachable), router, 1, 3), "net.rejected"},
      {"beyond scope", told(connect(host_unreachable), router, 1, 2), "net.rejected"},
      {"ingress filter", told(connect(admin_prohibited), router, 1, 5), "net.rejected"},
      {"reject route", told(connect(admin_prohibited), router, 1, 6), "net.rejected"},
      {"from the address itself", told(connect(admin_prohibited), there, 1, 1), "net.rejected"},
      {"no sender known", connect(admin_prohibited), "net.rejected"},
      {"an error number without a word", told(connect(Cause::other), router, 1, 9), "net.rejected"},
      {"no route at a hop", told(connect(network_unreachable), router, 1, 0), "net.no-route-upstream"},
      {"no route, no sender known", connect(network_unreachable), "net.no-route-upstream"},
      {"hop limit", told(connect(host_unreachable), router, 3, 0), "net.routing-loop"},
      {"parameter problem", told(connect(protocol_error), router, 4, 1), "net.protocol-error"},
      {"source route", told(connect(protocol_error), router, 1, 7), "net.protocol-error"},
      {"protocol error, no sender known", connect(protocol_error), "net.protocol-error"},
      {"prohibited by this host", told(connect(admin_prohibited), here, 1, 1), "net.local-firewall"},
      {"port unreachable from this host", told(connect(connection_refused), here, 1, 4), "net.local-firewall"},
      {"no route says this host", told(connect(network_unreachable), here, 1, 0), "net.local-firewall"},
  });
}

TEST_CASE("IPv4's ICMP numbers are read as IPv4's") {
  check({
      {"prohibited", told(connect4(host_unreachable), "192.0.2.254", 3, 13), "net.rejected"},
      {"port", told(connect4(connection_refused), "192.0.2.254", 3, 3), "net.rejected"},
      {"host", told(connect4(host_unreachable), "192.0.2.254", 3, 1), "net.rejected"},
      {"protocol", told(connect4(Cause::other), "192.0.2.254", 3, 2), "net.rejected"},
      {"network", told(connect4(network_unreachable), "192.0.2.254", 3, 0), "net.no-route-upstream"},
      {"unknown network", told(connect4(network_unreachable), "192.0.2.254", 3, 6), "net.no-route-upstream"},
      {"time to live", told(connect4(host_unreachable), "192.0.2.254", 11, 0), "net.routing-loop"},
      {"parameter problem", told(connect4(protocol_error), "192.0.2.254", 12, 0), "net.protocol-error"},
      {"from this host", told(connect4(host_unreachable), "192.0.2.99", 3, 13), "net.local-firewall"},
      {"from the address itself", told(connect4(connection_refused), "192.0.2.1", 3, 3), "net.rejected"},
      {"ARP fails", beside(told(connect4(host_unreachable), "192.0.2.99", 3, 1), "failed", "192.0.2.254"),
       "net.gateway-dead"},
  });
  CHECK(shows(with({told(connect4(host_unreachable), "192.0.2.254", 3, 13)}), "net.rejected",
              "ICMP 'communication administratively prohibited' (type 3, code 13) from 192.0.2.254, this host's next "
              "hop"));
}

TEST_CASE("an ICMP error's sender stands in the evidence, with type and code in words") {
  const Attempt prohibited = connect(admin_prohibited);
  CHECK(shows(with({told(prohibited, router, 1, 1)}), "net.rejected",
              "ICMPv6 'administratively prohibited' (type 1, code 1) from 2600::fe\n"));
  CHECK(shows(with({told(prohibited, gateway, 1, 1)}), "net.rejected", "from fe80::1, this host's next hop\n"));
  CHECK(shows(with({told(prohibited, there, 1, 1)}), "net.rejected", "from 2600::1, the address itself\n"));
  CHECK(shows(with({told(prohibited, here, 1, 1)}), "net.local-firewall", "from 2600::99, this host itself\n"));
  CHECK(shows(with({told(prohibited, router, 1, 77)}), "net.rejected",
              "ICMPv6 'destination unreachable' (type 1, code 77) from 2600::fe\n"));
  CHECK(shows(with({told(prohibited, router, 200, 3)}), "net.rejected", "ICMPv6 (type 200, code 3) from 2600::fe\n"));
  CHECK(advice(told(prohibited, there, 1, 1), "net.rejected").find("own firewall") != std::string::npos);
  CHECK(advice(told(prohibited, router, 1, 1), "net.rejected").find("own firewall") == std::string::npos);
  CHECK(advice(told(connect(host_unreachable), router, 1, 3), "net.rejected").find("Two causes fit") == 0);
}

TEST_CASE("which addresses are this host's own: the source, every interface's, loopback; never a link-local one") {
  const auto told_by = [](std::string_view sender, std::string_view own) {
    Observation run = with({told(connect(admin_prohibited), sender, 1, 1)});
    Interface interface;
    interface.addresses.emplace_back().address = Address::parse(own).value();
    run.host.network.emplace().interfaces = {interface};
    return build::ids(run).at(0);
  };
  CHECK(told_by(router, "2600::77") == "net.rejected");
  CHECK(told_by("2600::77", "2600::77") == "net.local-firewall");
  CHECK(told_by("::1", "2600::77") == "net.local-firewall");
  CHECK(told_by(gateway, gateway) == "net.rejected");  // a bridge of this host is fe80::1, and so is the router
  Attempt diverted = told(connect(admin_prohibited), "192.0.2.7", 3, 13);
  diverted.diverted_to = "192.0.2.7:8443";
  CHECK(shows(with({diverted}), "net.rejected", "192.0.2.7, the address itself"));
  diverted.diverted_to = "[2600::7]:8443";
  diverted.icmp->offender = Address::parse("2600::7").value();
  CHECK(shows(with({diverted}), "net.rejected", "2600::7, the address itself"));
}

TEST_CASE("a next hop without an answer is no silent drop, whatever the error that it comes with") {
  const Attempt silence = connect(connect_timeout);
  const Attempt unreachable = told(connect(host_unreachable), here, 1, 3);
  check({
      {"being asked for", beside(silence, "incomplete"), "net.gateway-dead"},
      {"given up", beside(silence, "failed"), "net.gateway-dead"},
      {"the kernel gave up first", beside(unreachable, "failed"), "net.gateway-dead"},
      {"and asks again", beside(unreachable, "incomplete"), "net.gateway-dead"},
      {"without the ICMP error", beside(connect(host_unreachable), "failed"), "net.gateway-dead"},
      {"no entry, but the time fits", after(unreachable, Duration{3'060'000}), "net.gateway-dead"},
      {"on the time", after(unreachable, Duration{2'500'000}), "net.gateway-dead"},
      {"the address is on the link", beside(silence, "failed", ""), "net.gateway-dead"},
  });
  CHECK(shows(with({beside(silence, "incomplete")}), "net.gateway-dead", "next hop fe80::1 on eth0: incomplete"));
  CHECK(advice(beside(silence, "failed", ""), "net.gateway-dead").find("reached directly") != std::string::npos);
}

TEST_CASE("near misses of a dead next hop: one that answers, one that need not, one that is not known") {
  const Attempt unreachable = told(connect(host_unreachable), here, 1, 3);
  for (const std::string_view id : {"net.gateway-dead"}) {
    for (const std::string_view alive : {"reachable", "stale", "delay", "probe", "permanent", "noarp", "none"})
      CHECK_FALSE(build::raises(with({beside(connect(connect_timeout), alive)}), id));
    CHECK_FALSE(build::raises(with({connect(connect_timeout)}), id));
    CHECK_FALSE(build::raises(with({after(unreachable, Duration{2'499'999})}), id));
    CHECK_FALSE(build::raises(with({beside(told(connect(admin_prohibited), router, 1, 1), "failed")}), id));
    CHECK_FALSE(build::raises(with({beside(at_once(connect(host_unreachable)), "failed")}), id));
  }
}

TEST_CASE("unreachable, and nobody is sure who says so: more than one cause is named") {
  const Attempt by_itself = told(connect(host_unreachable), here, 1, 3);
  check({
      {"no sender", connect(host_unreachable), "net.host-unreachable"},
      {"this host, next hop not known", by_itself, "net.host-unreachable"},
      {"this host, through a tunnel", beside(by_itself, "noarp"), "net.host-unreachable"},
      {"this host, no entry", beside(by_itself, "none"), "net.host-unreachable"},
  });
  CHECK(advice(by_itself, "net.host-unreachable").find("Three causes fit") == 0);
}

TEST_CASE("near misses of host-unreachable: who says so is known") {
  const Attempt by_itself = told(connect(host_unreachable), here, 1, 3);
  check({
      {"a live next hop: the packet filter", beside(by_itself, "reachable"), "net.local-firewall"},
      {"likewise", beside(by_itself, "stale"), "net.local-firewall"},
      {"a dead one", beside(by_itself, "failed"), "net.gateway-dead"},
      {"a router", told(connect(host_unreachable), router, 1, 3), "net.rejected"},
      {"the kernel, before a packet left", at_once(connect(host_unreachable)), "host.no-route"},
  });
  CHECK_FALSE(build::raises(with({beside(by_itself, "failed")}), "net.host-unreachable"));
}

TEST_CASE("resets, silence and what has no word") {
  check({
      {"a reset leaves no ICMP error", connect(connection_refused), "net.refused"},
      {"a reset once connected", connect(connection_reset), "net.reset"},
      {"nothing", connect(connect_timeout), "net.silent-drop"},
      {"nothing but an ICMP error that ends no connect", told(connect(connect_timeout), router, 2, 0),
       "net.silent-drop"},
      {"an error number without a word", connect(Cause::other), "net.other-error"},
  });
}

TEST_CASE("near misses on the path keep their own names") {
  const auto never = [](const Attempt& attempt, std::string_view id) {
    CAPTURE(id);
    CHECK_FALSE(build::raises(with({attempt}), id));
  };
  never(told(connect(connection_refused), router, 1, 4), "net.refused");
  never(told(connect(connection_refused), here, 1, 4), "net.refused");
  never(connect(connection_refused), "net.rejected");
  never(told(connect(network_unreachable), router, 1, 0), "net.rejected");
  never(told(connect(admin_prohibited), here, 1, 1), "net.rejected");
  never(told(connect(admin_prohibited), router, 1, 1), "net.local-firewall");
  never(told(connect(admin_prohibited), there, 1, 1), "net.local-firewall");
  never(at_once(connect(permission_denied)), "net.local-firewall");
  never(at_once(connect(network_unreachable)), "net.no-route-upstream");
  never(told(connect(host_unreachable), router, 1, 3), "net.no-route-upstream");
  never(told(connect(host_unreachable), router, 3, 1), "net.routing-loop");
  never(told(connect4(host_unreachable), "192.0.2.254", 3, 0), "net.routing-loop");
  never(connect(connect_timeout), "net.routing-loop");
  never(told(connect(host_unreachable), router, 1, 3), "net.protocol-error");
  never(connect(Cause::other), "net.protocol-error");
  never(told(connect(Cause::other), router, 1, 9), "net.other-error");
  never(connect(connection_refused), "net.reset");
  never(build::failed(there, Reached::tls, connection_reset), "net.reset");
  never(beside(connect(connect_timeout), "incomplete"), "net.silent-drop");
  never(told(connect(admin_prohibited), router, 1, 1), "net.silent-drop");
  never(connect(deadline_exceeded), "net.silent-drop");
}

TEST_CASE("each group of addresses keeps its own cause") {
  auto second = told(connect(admin_prohibited), router, 1, 1);
  second.address = Address::parse("2600::2").value();
  auto third = beside(connect(connect_timeout), "incomplete");
  third.address = Address::parse("2600::3").value();
  const auto run = with({connect(connect_timeout), second, third});
  CHECK(build::ids(run) == std::vector<std::string>{"net.silent-drop", "net.rejected", "net.gateway-dead"});
  CHECK(shows(run, "net.rejected", "2600::2"));
  CHECK_FALSE(shows(run, "net.rejected", "2600::1"));
}

}  // namespace ecr6
