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

/// Forwarding is on, and routers advertise.
NetworkFacts deaf() {
  NetworkFacts facts = without_default_route(Family::ipv6);
  eth0(facts).ipv6_forwarding = true;
  eth0(facts).advertisements_received = 7;
  return facts;
}

}  // namespace

TEST_CASE("without a route the finding shows what the kernel has instead") {
  const Finding finding = findings(on_host(without_default_route(Family::ipv6), unreachable()), "host.no-route").at(0);
  CHECK(says(finding, "route to 2600::1: none"));
  CHECK(says(finding, "this host has no IPv6 default route"));
  CHECK(says(finding, "eth0: 2600:1f13::99/64, fe80::99/64"));
  CHECK(says(finding, "0 router advertisements came to eth0"));
  NetworkFacts elsewhere = network();
  elsewhere.default_routes[0].table = 100;
  const Finding other = findings(on_host(elsewhere, unreachable()), "host.no-route").at(0);
  CHECK(says(other, "default route: unicast via fe80::1 on eth0 (ra, table 100)"));
  CHECK(says(other, "ip -6 rule"));
  NetworkFacts down = without_default_route(Family::ipv6);
  eth0(down).up = false;
  CHECK(says(findings(on_host(down, unreachable()), "host.no-route").at(0), "eth0 is switched off (down)"));
  NetworkFacts long_table = without_default_route(Family::ipv6);
  long_table.routes_cut_off = true;
  CHECK_FALSE(says(findings(on_host(long_table, unreachable()), "host.no-route").at(0), "no IPv6 default route"));
  CHECK(raises(on_host({}, unreachable()), "host.no-route"));
  Observation unknown = on_host({}, unreachable());
  unknown.host.network.reset();
  CHECK(host_ids(unknown) == Ids{"host.no-route"});
}

TEST_CASE("a missing route is this host's only when the error came at once") {
  Attempt attempt = failed("2600::1", Reached::connect, Cause::network_unreachable);
  CHECK(host_ids(on_host(network(), {attempt})) == Ids{});
  attempt.cause = Cause::host_unreachable;
  CHECK(host_ids(on_host(network(), {attempt})) == Ids{});
}

TEST_CASE("ignored advertisements need more than two settings") {
  const auto ids_on = [](const NetworkFacts& facts) { return host_ids(on_host(facts, unreachable())); };
  const Ids ignored{"host.router-advertisements-ignored"}, no_route{"host.no-route"};
  CHECK(ids_on(deaf()) == ignored);
  NetworkFacts facts = deaf();
  eth0(facts).advertisements_received = 0;
  CHECK(ids_on(facts) == no_route);  // nobody advertises, as far as is known
  CHECK(says(findings(on_host(facts, unreachable()), "host.no-route").at(0), "accept_ra to 2"));
  eth0(facts).addresses[0].from_router = true;
  CHECK(ids_on(facts) == ignored);
  facts = deaf();
  eth0(facts).ipv6_forwarding = false;
  CHECK(ids_on(facts) == no_route);
  eth0(facts).accept_ra = 0;
  CHECK(ids_on(facts) == ignored);
  eth0(facts).accept_ra = 2;
  CHECK(ids_on(facts) == no_route);
  eth0(facts).accept_ra_defrtr = false;
  CHECK(ids_on(facts) == ignored);
  facts = deaf();
  eth0(facts).accept_ra = 2;
  CHECK(ids_on(facts) == no_route);
  facts = deaf();
  facts.default_routes.push_back(default_route(Family::ipv6, "fe80::1", "eth0"));
  CHECK(ids_on(facts) == no_route);  // the default route is there: something else is wrong
  facts = deaf();
  eth0(facts).ipv6_disabled = true;
  CHECK(ids_on(facts) == Ids{"host.ipv6-disabled"});
  CHECK(host_ids(working_from(deaf(), "2600:1f13::99")) == Ids{});
}

TEST_CASE("ignored advertisements show the settings and how many came") {
  const Finding finding = findings(on_host(deaf(), unreachable()), "host.router-advertisements-ignored").at(0);
  CHECK(says(finding, "net.ipv6.conf.eth0: forwarding is 1, accept_ra is 1, accept_ra_defrtr is 1"));
  CHECK(says(finding, "7 router advertisements came to eth0"));
  CHECK(says(finding, "net.ipv6.conf.eth0.accept_ra to 2"));
  NetworkFacts older = deaf();
  eth0(older).accept_ra = 0;
  eth0(older).ipv6_forwarding.reset();
  eth0(older).accept_ra_defrtr.reset();
  const Finding of_older = findings(on_host(older, unreachable()), "host.router-advertisements-ignored").at(0);
  CHECK(says(of_older, "forwarding is not known, accept_ra is 0, accept_ra_defrtr is not known"));
}

TEST_CASE("routes that refuse have findings of their own") {
  const auto ids_of = [](Cause cause, std::string_view type) {
    return host_ids(on_host(network(), {failed_here("2600::1", cause, type)}));
  };
  CHECK(ids_of(Cause::invalid_route, "blackhole") == Ids{"host.blackhole-route"});
  CHECK(ids_of(Cause::invalid_route, "unicast") == Ids{});
  CHECK(ids_of(Cause::permission_denied, "prohibit") == Ids{"host.connect-forbidden"});
  CHECK(ids_of(Cause::permission_denied, "unicast") == Ids{"host.connect-forbidden"});
  CHECK(ids_of(Cause::host_unreachable, "unreachable") == Ids{"host.no-route"});
  const auto finding = [](std::string_view type) {
    return findings(on_host(network(), {failed_here("2600::1", Cause::permission_denied, type)}),
                    "host.connect-forbidden")
        .at(0);
  };
  CHECK(says(finding("prohibit"), "show type prohibit"));
  CHECK_FALSE(says(finding("prohibit"), "sandbox"));
  CHECK(says(finding("unicast"), "a packet filter or a sandbox"));
  CHECK_FALSE(says(finding("unicast"), "show type prohibit"));
}

TEST_CASE("a link-local address without its interface is no blackhole, whatever is known of the route") {
  Attempt attempt = failed_here("fe80::1", Cause::invalid_route, "unicast");
  CHECK(host_ids(on_host(network(), {attempt})) == Ids{});
  attempt.route.reset();
  CHECK(host_ids(on_host(network(), {attempt})) == Ids{});
  Attempt global = failed_here("2600::1", Cause::invalid_route);
  global.route.reset();
  CHECK(host_ids(on_host(network(), {global})) == Ids{"host.blackhole-route"});
}

TEST_CASE("what a router says of the way is no route of this host's") {
  CHECK_FALSE(raises(on_host(network(), {failed("2600::1", Reached::connect, Cause::admin_prohibited)}),
                     "host.connect-forbidden"));
  CHECK_FALSE(raises(on_host(network(), {failed("2600::1", Reached::connect, Cause::connect_timeout)}),
                     "host.blackhole-route"));
}

TEST_CASE("a host finding leaves no second cause for the same attempt") {
  CHECK(ids(on_host(without_default_route(Family::ipv6), unreachable())) == Ids{"host.no-route"});
  CHECK(ids(on_host(network(), {failed_here("2600::1", Cause::permission_denied, "unicast")})) ==
        Ids{"host.connect-forbidden"});
}

TEST_CASE("running out of files is said once, and is no word about the addresses") {
  auto first = api(), second = registry();
  first.attempts[0] = failed("2600::1", Reached::connect, Cause::too_many_files);
  second.attempts[0] = failed("2600::2", Reached::connect, Cause::too_many_files);
  const auto found = findings(run({first, second}), "host.too-many-files");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::warning);
  CHECK(says(found[0], "ulimit -n"));
  first.attempts[0] = failed("2600::1", Reached::connect, Cause::other);
  CHECK_FALSE(raises(run({first}), "host.too-many-files"));
}

}  // namespace ecr6
