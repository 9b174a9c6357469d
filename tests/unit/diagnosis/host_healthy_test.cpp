#include <doctest/doctest.h>

#include "host_builders.hpp"

namespace ecr6 {

using namespace build;

namespace {

using Ids = std::vector<std::string>;

NetworkFacts on_ec2() {
  NetworkFacts facts = network();
  eth0(facts).addresses = {own("2600:1f13::99/128"), own("fe80::99/64"), own("10.0.0.5/24")};
  eth0(facts).addresses[0].valid_s = 449;
  eth0(facts).ipv6_forwarding = true;
  eth0(facts).accept_ra = 2;
  eth0(facts).advertisements_received = 12;
  facts.interfaces.push_back(device("docker0", {"fd00:d0c::1/64", "172.17.0.1/16"}));
  facts.interfaces.back().running = false;
  facts.interfaces.push_back(device("br-1", {"172.18.0.1/16"}));
  facts.interfaces.back().ipv6_disabled = true;
  return facts;
}

}  // namespace

TEST_CASE("a healthy host has no host finding, however it came by its addresses and routes") {
  CHECK(host_ids(working_from(network(), "2600:1f13::99")) == Ids{});
  CHECK(host_ids(working_from(on_ec2(), "2600:1f13::99")) == Ids{});
  NetworkFacts managed = on_ec2();  // systemd-networkd reads the advertisements itself
  eth0(managed).accept_ra = 0;
  CHECK(host_ids(working_from(managed, "2600:1f13::99")) == Ids{});
  NetworkFacts routed = on_ec2();
  eth0(routed).accept_ra = 1;
  routed.default_routes[0].origin = "static";
  CHECK(host_ids(working_from(routed, "2600:1f13::99")) == Ids{});
  NetworkFacts without_default = without_default_route(Family::ipv6);  // a route to the endpoint alone does
  CHECK(host_ids(working_from(without_default, "2600:1f13::99")) == Ids{});
  CHECK(host_ids(run({api()})) == Ids{});
}

TEST_CASE("a host that lives without IPv4 lacks nothing, unless --require looks at IPv4") {
  Observation run = working_from(without_address(Family::ipv4), "2600:1f13::99");
  replace(run.endpoints[0], Family::ipv4, {failed_here("52.119.160.1", Cause::network_unreachable)});
  CHECK(host_ids(run) == Ids{});
  eth0(*run.host.network).addresses.push_back(own("169.254.7.7/16"));
  CHECK(host_ids(run) == Ids{});
  eth0(*run.host.network).addresses.push_back(own("10.0.0.5/24"));
  CHECK(host_ids(run) == Ids{"host.no-route"});
  CHECK(findings(run, "host.no-route").at(0).severity == Severity::warning);
  eth0(*run.host.network).addresses.pop_back();
  run.settings.require = Require::dual;
  CHECK(findings(run, "host.no-route").at(0).severity == Severity::error);
  run.settings.require = Require::ipv6;
  replace(run.endpoints[0], Family::ipv6, {failed_here("2600::1", Cause::network_unreachable)});
  CHECK(findings(run, "host.no-route").size() == 2);
}

TEST_CASE("a cause on this host is one finding, however many endpoints it stops") {
  auto first = api(), second = registry();
  for (auto* const seen : {&first, &second})
    replace(*seen, Family::ipv6,
            {failed_here("2600::1", Cause::network_unreachable), failed_here("2600::2", Cause::network_unreachable)});
  Observation run = build::run({first, second});
  run.host.network = without_default_route(Family::ipv6);
  CHECK(ids(run) == Ids{"host.no-route"});
  const Finding finding = findings(run, "host.no-route").at(0);
  CHECK_FALSE(finding.endpoint);
  CHECK(finding.family == Family::ipv6);
  CHECK(finding.severity == Severity::error);
  CHECK(says(finding, "ecr.us-west-2.api.aws: 2600::1: network_unreachable at connect"));
  CHECK(says(finding, "and 1 more address"));
  CHECK(says(finding, "123456789012.dkr-ecr.us-west-2.on.aws: 2600::1"));
  for (EndpointObservation& seen : run.endpoints) seen.required = false;
  CHECK(findings(run, "host.no-route").at(0).severity == Severity::warning);
}

TEST_CASE("of many endpoints some are shown and the rest is counted") {
  Observation run = build::run({});
  for (int i = 0; i < 9; ++i) {
    run.endpoints.push_back(other_host("host" + std::to_string(i) + ".example"));
    replace(run.endpoints.back(), Family::ipv6, {failed_here("2600::1", Cause::network_unreachable)});
  }
  const Finding finding = findings(run, "host.no-route").at(0);
  CHECK(says(finding, "host5.example"));
  CHECK_FALSE(says(finding, "host6.example"));
  CHECK(says(finding, "the same on 3 more endpoints"));
}

}  // namespace ecr6
