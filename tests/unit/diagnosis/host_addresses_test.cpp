#include <doctest/doctest.h>

#include "host_builders.hpp"

namespace ecr6 {

using namespace build;

namespace {

using Ids = std::vector<std::string>;

const std::vector<Attempt>& unreachable() {
  static const std::vector<Attempt> attempts{failed_here("2600::1", Cause::network_unreachable)};
  return attempts;
}

NetworkFacts switched_off() {
  NetworkFacts facts = without_default_route(Family::ipv6);
  eth0(facts).addresses = {own("10.0.0.5/24")};
  eth0(facts).ipv6_disabled = true;
  return facts;
}

Attempt no_address(std::string_view route_type) {
  return failed_here("2600::1", Cause::address_not_available, route_type);
}

}  // namespace

TEST_CASE("IPv6 that is switched off on the way out is named, not a missing route") {
  const auto run = on_host(switched_off(), unreachable());
  CHECK(ids(run) == Ids{"host.ipv6-disabled"});
  const Finding finding = findings(run, "host.ipv6-disabled").at(0);
  CHECK(finding.severity == Severity::error);
  CHECK(says(finding, "net.ipv6.conf.eth0.disable_ipv6 is 1"));
  CHECK_FALSE(says(finding, "conf.default"));
  NetworkFacts everywhere = switched_off();
  everywhere.interfaces[0].ipv6_disabled = true;
  everywhere.ipv6_default_disable = 1;
  const auto all = on_host(everywhere, {no_address("none")});
  CHECK(ids(all) == Ids{"host.ipv6-disabled"});
  CHECK(says(findings(all, "host.ipv6-disabled").at(0), "conf.default.disable_ipv6 is 1"));
}

TEST_CASE("an interface that is off explains nothing where another one leads out") {
  NetworkFacts facts = without_default_route(Family::ipv6);
  facts.interfaces.push_back(device("docker0", {"172.17.0.1/16"}));
  facts.interfaces.back().ipv6_disabled = true;
  CHECK(host_ids(on_host(facts, unreachable())) == Ids{"host.no-route"});
  NetworkFacts two = switched_off();
  two.interfaces.push_back(device("eth1", {"2600:1f13::77/64"}));
  const auto run = on_host(two, unreachable());
  CHECK(host_ids(run) == Ids{"host.ipv6-disabled"});
  CHECK(says(findings(run, "host.ipv6-disabled").at(0), "IPv6 is on on eth1, which has no IPv6 default route"));
  NetworkFacts unknown = switched_off();
  eth0(unknown).ipv6_disabled.reset();
  CHECK(host_ids(on_host(unknown, unreachable())) == Ids{"host.no-route"});
  NetworkFacts down = switched_off();  // no default route of any family: what is up counts
  down.default_routes.clear();
  down.interfaces.push_back(device("eth1", {"fe80::7/64"}));
  CHECK(host_ids(on_host(down, unreachable())) == Ids{"host.link-local-only"});
}

TEST_CASE("an MTU below 1280 takes IPv6 off a device") {
  NetworkFacts facts = switched_off();
  eth0(facts).ipv6_disabled.reset();
  eth0(facts).mtu = 1279;
  const Finding finding = findings(on_host(facts, unreachable()), "host.ipv6-disabled").at(0);
  CHECK(says(finding, "eth0 has an MTU of 1279 bytes"));
  CHECK(says(finding, "mtu 1500"));
  eth0(facts).mtu = 1280;
  CHECK_FALSE(raises(on_host(facts, unreachable()), "host.ipv6-disabled"));
}

TEST_CASE("a kernel without IPv6 is told from a sandbox, or both are named") {
  Attempt attempt = failed_here("2600::1", Cause::family_not_supported);
  NetworkFacts facts = switched_off();
  facts.ipv6_in_kernel = false;
  facts.ipv6_off_at_boot = true;
  for (Interface& interface : facts.interfaces) interface.ipv6_disabled.reset();
  std::erase_if(facts.interfaces[0].addresses, [](const InterfaceAddress& own) { return own.address.is_v6(); });
  const auto finding = [&] { return findings(on_host(facts, {attempt}), "host.ipv6-disabled").at(0); };
  CHECK(says(finding(), "ipv6.disable is 1"));
  facts.ipv6_off_at_boot = false;
  CHECK(says(finding(), "the kernel has no IPv6, or a sandbox keeps this process from it"));
  eth0(facts).ipv6_disabled = false;
  CHECK(says(finding(), "this process may not make sockets of the family"));
  CHECK_FALSE(says(finding(), "modprobe"));
}

TEST_CASE("IPv4 sockets that cannot be made are a sandbox's doing") {
  auto seen = api();
  replace(seen, Family::ipv4, {failed_here("192.0.2.1", Cause::family_not_supported)});
  const auto found = findings(run({seen}), "host.ipv4-disabled");
  REQUIRE(found.size() == 1);
  CHECK(says(found[0], "sandbox"));
  CHECK(found[0].severity == Severity::warning);
  replace(seen, Family::ipv4, {failed_here("192.0.2.1", Cause::network_unreachable)});
  CHECK_FALSE(raises(run({seen}), "host.ipv4-disabled"));
}

TEST_CASE("IPv6 that is off is said also where no lookup gave an address to try") {
  Observation run = on_host(switched_off(), {});
  run.endpoints[0].ipv6_lookup = nothing(DnsOutcome::timeout);
  CHECK(findings(run, "host.ipv6-disabled").at(0).severity == Severity::warning);
  run.settings.ipv6 = false;
  CHECK_FALSE(raises(run, "host.ipv6-disabled"));
  run.settings.ipv6 = true;
  run.host.network = network();
  CHECK_FALSE(raises(run, "host.ipv6-disabled"));
}

TEST_CASE("link-local addresses alone lead nowhere, at once or by a router's word") {
  NetworkFacts facts = without_address(Family::ipv6);
  CHECK(ids(on_host(facts, unreachable())) == Ids{"host.link-local-only"});
  facts.default_routes.push_back(default_route(Family::ipv6, "fe80::1", "eth0"));
  Attempt sent = failed_from("fe80::99", "2600::1", Cause::host_unreachable);
  sent.icmp = IcmpError{Address::parse("fe80::1").value(), 1, 2};
  const auto run = on_host(facts, {sent});
  CHECK(ids(run) == Ids{"host.link-local-only"});
  CHECK(says(findings(run, "host.link-local-only").at(0), "the kernel chose the source fe80::99"));
  CHECK(ids(on_host(facts, {failed_from("fe80::99", "2600::1", Cause::connect_timeout)})) ==
        Ids{"host.link-local-only"});
}

TEST_CASE("a link-local source is no fault where it is not what failed") {
  CHECK_FALSE(
      raises(on_host(network(), {failed_from("fe80::99", "fe80::1", Cause::connect_timeout)}), "host.link-local-only"));
  CHECK_FALSE(raises(on_host(network(), {failed_from("fe80::99", "2600::1", Cause::connection_refused)}),
                     "host.link-local-only"));
  CHECK_FALSE(raises(on_host(without_default_route(Family::ipv6), unreachable()), "host.link-local-only"));
  NetworkFacts nothing_at_all = without_address(Family::ipv6);
  eth0(nothing_at_all).addresses.clear();
  CHECK(host_ids(on_host(nothing_at_all, unreachable())) == Ids{"host.no-route"});
}

TEST_CASE("a unique local source is the cause of silence towards the Internet") {
  NetworkFacts facts = network();
  eth0(facts).addresses = {own("fd00:1::2/64"), own("fe80::99/64")};
  const auto run = on_host(facts, {failed_from("fd00:1::2", "2600::1", Cause::connect_timeout)});
  CHECK(ids(run) == Ids{"host.ula-only"});
  CHECK(says(findings(run, "host.ula-only").at(0), "NAT66"));
  const auto ids_of = [&](std::string_view source, std::string_view to, Cause cause) {
    return host_ids(on_host(facts, {failed_from(source, to, cause)}));
  };
  CHECK(ids_of("2600:1f13::99", "2600::1", Cause::connect_timeout) == Ids{});
  CHECK(ids_of("fd00:1::2", "fd00:2::1", Cause::connect_timeout) == Ids{});   // within the site
  CHECK(ids_of("fd00:1::2", "64:ff9b::1", Cause::connect_timeout) == Ids{});  // a translator answers
  CHECK(ids_of("fd00:1::2", "2600::1", Cause::connection_refused) == Ids{});  // an answer came
  CHECK(ids_of("fd00:1::2", "2600::1", Cause::admin_prohibited) == Ids{"host.ula-only"});
}

TEST_CASE("where a translator answers a unique local source, one silent address has another cause") {
  NetworkFacts facts = network();
  eth0(facts).addresses = {own("fd00:1::2/64"), own("fe80::99/64")};
  const Attempt silent = failed_from("fd00:1::2", "2600::1", Cause::connect_timeout);
  const auto beside = [&](Attempt other, std::string_view source) {
    other.source_address = Address::parse(source);
    return on_host(facts, {silent, other});
  };
  const auto run = beside(healthy("2600::2"), "fd00:1::2");
  CHECK(raises(run, "net.silent-drop"));
  REQUIRE(findings(run, "host.ula-only").size() == 1);
  CHECK(findings(run, "host.ula-only")[0].severity == Severity::info);  // the translator's note
  CHECK(raises(beside(failed("2600::2", Reached::connect, Cause::connection_refused), "fd00:1::2"), "net.silent-drop"));
  for (const auto& [to, source] :
       {std::pair{"2600::2", "2600:1f13::99"}, {"fd00:2::1", "fd00:1::2"}, {"64:ff9b::1", "fd00:1::2"}})
    CHECK_FALSE(raises(beside(healthy(to), source), "net.silent-drop"));
}

TEST_CASE("a hop that rejects and a dead next hop stay findings beside the wrong source") {
  NetworkFacts facts = network();
  eth0(facts).addresses = {own("fd00:1::2/64"), own("fe80::99/64")};
  Attempt rejected = failed_from("fd00:1::2", "2600::1", Cause::admin_prohibited);
  rejected.icmp = IcmpError{Address::parse("2600::fe").value(), 1, 1};
  CHECK(raises(on_host(facts, {rejected}), "net.rejected"));
  Attempt silent = failed_from("fd00:1::2", "2600::1", Cause::connect_timeout);
  CHECK_FALSE(raises(on_host(facts, {silent}), "net.silent-drop"));
}

TEST_CASE("unique local addresses without a route are two faults") {
  NetworkFacts facts = without_default_route(Family::ipv6);
  eth0(facts).addresses = {own("fd00:1::2/64"), own("fe80::99/64")};
  CHECK(host_ids(on_host(facts, unreachable())) == Ids{"host.no-route", "host.ula-only"});
}

TEST_CASE("a unique local source that works is a note about a translator") {
  NetworkFacts facts = network();
  eth0(facts).addresses.push_back(own("fd00:1::2/64"));
  const auto found = findings(working_from(facts, "fd00:1::2"), "host.ula-only");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK_FALSE(raises(working_from(facts, "2600:1f13::99"), "host.ula-only"));
}

TEST_CASE("an address that is a duplicate or tentative is the cause where it would be the source") {
  NetworkFacts facts = network();
  InterfaceAddress& address = eth0(facts).addresses[0];
  address.dad_failed = address.tentative = true;
  const auto sent = failed_from("fe80::99", "2600::1", Cause::connect_timeout);
  const auto run = on_host(facts, {sent});
  CHECK(ids(run) == Ids{"host.address-unusable"});
  CHECK(says(findings(run, "host.address-unusable").at(0), "2600:1f13::99/64 (duplicate)"));
  address.dad_failed = false;
  CHECK(says(findings(on_host(facts, {sent}), "host.address-unusable").at(0), "tentative: not yet known"));
  address.optimistic = true;  // usable while it is tentative
  CHECK_FALSE(raises(on_host(facts, {sent}), "host.address-unusable"));
  address.optimistic = false;
  CHECK(ids(on_host(facts, {no_address("unicast")})) == Ids{"host.address-unusable"});
  eth0(facts).addresses.push_back(own("2600:1f13::98/64"));  // another one is fine
  CHECK_FALSE(raises(on_host(facts, {no_address("unicast")}), "host.address-unusable"));
  CHECK(host_ids(working_from(facts, "2600:1f13::98")) == Ids{});
}

TEST_CASE("the address that --interface names may be the one that cannot be used") {
  NetworkFacts facts = network();
  eth0(facts).addresses[0].dad_failed = true;
  Observation run = on_host(facts, {no_address("unicast")});
  run.settings.interface = "2600:1f13::99";
  CHECK(host_ids(run) == Ids{"host.address-unusable"});
  run.settings.interface = "2600:1f13::98";
  CHECK(host_ids(run) == Ids{"host.no-usable-address"});
}

TEST_CASE("no address to send from, or no port") {
  NetworkFacts bare = network();
  eth0(bare).addresses.clear();
  const auto run = on_host(bare, {no_address("unicast")});
  CHECK(ids(run) == Ids{"host.no-usable-address"});
  CHECK(says(findings(run, "host.no-usable-address").at(0), "no address that it could use"));
  Attempt without_port = no_address("unicast");
  without_port.route->source = Address::parse("2600:1f13::99");
  CHECK(says(findings(on_host(network(), {without_port}), "host.no-usable-address").at(0), "no free local port"));
  CHECK_FALSE(raises(on_host(switched_off(), {no_address("none")}), "host.no-usable-address"));
}

}  // namespace ecr6
