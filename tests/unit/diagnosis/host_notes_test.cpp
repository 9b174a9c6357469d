#include <doctest/doctest.h>

#include "host_builders.hpp"

namespace ecr6 {

using namespace build;

namespace {

using Ids = std::vector<std::string>;

Observation with_entry(std::initializer_list<std::string_view> addresses) {
  Observation run = build::run({api()});
  for (const auto address : addresses)
    run.host.hosts_entries.push_back({"ECR.us-west-2.api.aws", Address::parse(address).value(), 7});
  return run;
}

Observation in_container(NetworkFacts facts, std::vector<Attempt> ipv6) {
  Observation run = on_host(std::move(facts), std::move(ipv6));
  run.host.container_marks = {"/.dockerenv exists"};
  return run;
}

}  // namespace

TEST_CASE("a temporary source is a note that names its /64") {
  NetworkFacts facts = network();
  eth0(facts).addresses.push_back(own("2600:1f13::dead:beef/64"));
  eth0(facts).addresses.back().temporary = true;
  eth0(facts).addresses.back().preferred_s = 86'000;
  const auto found = findings(working_from(facts, "2600:1f13::dead:beef"), "host.temporary-address");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK(found[0].evidence ==
        Ids{"source 2600:1f13::dead:beef/64: temporary, preferred for 86000 s more, valid for ever"});
  CHECK(says(found[0], "2600:1f13::/64"));
  CHECK_FALSE(raises(working_from(facts, "2600:1f13::99"), "host.temporary-address"));  // there, but not the source
  CHECK_FALSE(raises(on_host(facts, {failed_from("2600:1f13::dead:beef", "2600::1", Cause::connect_timeout)}),
                     "host.temporary-address"));
}

TEST_CASE("a deprecated source is a warning when it runs out") {
  NetworkFacts facts = network();
  eth0(facts).addresses[0].deprecated = true;
  eth0(facts).addresses[0].preferred_s = 0;
  const auto severity = [&] {
    return findings(working_from(facts, "2600:1f13::99"), "host.address-unusable").at(0).severity;
  };
  CHECK(severity() == Severity::info);
  eth0(facts).addresses[0].valid_s = 600;
  CHECK(severity() == Severity::warning);
  eth0(facts).addresses.push_back(own("2600:1f13::98/64"));
  CHECK_FALSE(raises(working_from(facts, "2600:1f13::98"), "host.address-unusable"));
}

TEST_CASE("the hosts file is compared with what DNS says") {
  Observation other = build::run({api()});
  other.host.hosts_entries = {{"other.example", Address::parse("::1").value(), 1}};
  CHECK_FALSE(raises(other, "host.hosts-file"));
  const Finding finding = findings(with_entry({"::1", "192.0.2.1"}), "host.hosts-file").at(0);
  CHECK(finding.severity == Severity::warning);
  CHECK(finding.evidence.at(0) == "line 7: ::1 ECR.us-west-2.api.aws");
  CHECK(says(finding, "DNS: AAAA 2600:1f13::1, 2600:1f13::2"));
  CHECK(says(finding, "with another address"));
  const Finding same = findings(with_entry({"2600:1f13::1", "52.119.160.2"}), "host.hosts-file").at(0);
  CHECK(same.severity == Severity::info);
  CHECK(says(same, "that DNS gives, too"));
}

TEST_CASE("an entry of one family hides the other one") {
  const Finding finding = findings(with_entry({"52.119.160.1"}), "host.hosts-file").at(0);
  CHECK(finding.severity == Severity::warning);
  CHECK(says(finding, "applications do not get its IPv6 address"));
  Observation without_aaaa = with_entry({"52.119.160.1"});
  without_aaaa.endpoints[0].ipv6_lookup = nothing(DnsOutcome::no_data);
  replace(without_aaaa.endpoints[0], Family::ipv6, {});
  CHECK_FALSE(says(findings(without_aaaa, "host.hosts-file").at(0), "do not get"));
}

TEST_CASE("gai.conf prefers IPv4 by the longest line for each family") {
  struct Row {
    std::string_view name;
    std::vector<PrecedenceRule> rules;
    bool raised;
  };
  const Row rows[] = {
      {"no line", {}, false},
      {"the usual line", {{"::ffff:0:0/96", 100, 3}}, true},
      {"as much as what no line covers", {{"::ffff:0:0/96", 40, 3}}, false},
      {"a little more than that", {{"::ffff:0:0/96", 41, 3}}, true},
      {"both raised alike", {{"::ffff:0:0/96", 100, 3}, {"::/0", 100, 4}}, false},
      {"IPv6 lowered for all", {{"::/0", 10, 1}}, false},  // covers IPv4's mapped form, too
      {"IPv6 lowered below IPv4", {{"::/0", 10, 1}, {"::ffff:0:0/96", 20, 2}}, true},
      {"a longer line puts IPv6 back", {{"::ffff:0:0/96", 100, 1}, {"2600::/12", 200, 2}}, false},
      {"the first of two equals counts", {{"::ffff:0:0/96", 10, 1}, {"::ffff:0:0/96", 100, 2}}, false},
      {"another IPv4 network", {{"::ffff:10.0.0.0/104", 100, 1}}, false},
      {"an address alone", {{"::ffff:52.119.160.1", 100, 1}}, true},
      {"not a prefix", {{"junk", 100, 1}}, false},
  };
  for (const Row& row : rows) {
    Observation run = build::run({api(), registry()});
    run.host.gai_precedences = row.rules;
    CAPTURE(row.name);
    const auto found = findings(run, "host.prefers-ipv4");
    CHECK(found.size() == (row.raised ? 1 : 0));
    if (row.raised) CHECK(found[0].severity == Severity::info);
  }
}

TEST_CASE("there is nothing to prefer without addresses of both families") {
  Observation run = build::run({current_api()});
  run.host.gai_precedences = {{"::ffff:0:0/96", 100, 3}};
  CHECK_FALSE(raises(run, "host.prefers-ipv4"));
  run.endpoints.push_back(api());
  const Finding finding = findings(run, "host.prefers-ipv4").at(0);
  CHECK(finding.evidence == Ids{"IPv4: /etc/gai.conf line 3: precedence ::ffff:0:0/96 100",
                                "IPv6: no line of gai.conf covers it, precedence 40"});
}

TEST_CASE("a container without IPv6 is not where images are pulled") {
  NetworkFacts facts = without_address(Family::ipv6);
  const std::vector<Attempt> unreachable{failed_here("2600::1", Cause::network_unreachable)};
  const auto found = findings(in_container(facts, unreachable), "host.container");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].evidence.at(0) == "/.dockerenv exists");
  CHECK_FALSE(raises(on_host(facts, unreachable), "host.container"));  // no container
  Observation works = working_from(network(), "2600:1f13::99");
  works.host.container_marks = {"/.dockerenv exists"};
  CHECK_FALSE(raises(works, "host.container"));
  // It is sent, and fails on the way: the same may await the pulls.
  CHECK_FALSE(raises(in_container(network(), {failed_from("2600:1f13::99", "2600::1", Cause::connect_timeout)}),
                     "host.container"));
  NetworkFacts deaf = without_default_route(Family::ipv6);
  eth0(deaf).accept_ra = 0;
  eth0(deaf).advertisements_received = 1;
  CHECK_FALSE(raises(in_container(deaf, unreachable), "host.container"));  // it has IPv6, and a fault
  CHECK_FALSE(
      raises(in_container(network(), {failed_here("2600::1", Cause::invalid_route, "blackhole")}), "host.container"));
}

}  // namespace ecr6
