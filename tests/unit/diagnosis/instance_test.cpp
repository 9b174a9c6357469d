#include <doctest/doctest.h>

#include <algorithm>

#include "builders.hpp"
#include "diagnosis/instance.hpp"

namespace ecr6 {

namespace {

using Addresses = std::optional<std::vector<Address>>;
using Prefixes = std::optional<std::vector<Prefix>>;

const Addresses no_address = std::vector<Address>{};
const Prefixes no_range = std::vector<Prefix>{};
const Addresses an_address = std::vector{Address::parse("2600:1f13:1:2::7").value()};
const Prefixes subnet_range = std::vector{Prefix::parse("2600:1f13:1:2::/64").value()};
const Prefixes vpc_range = std::vector{Prefix::parse("2600:1f13:1::/56").value()};

Ec2Interface interface(const Addresses& ipv6, const Prefixes& subnet, const Prefixes& vpc) {
  Ec2Interface made;
  made.mac = "0a:1b:2c:3d:4e:5f";
  made.device = "eth0";
  made.interface_id = "eni-1";
  made.subnet_id = "subnet-1";
  made.vpc_id = "vpc-1";
  made.ipv6 = ipv6;
  made.subnet_ipv6 = subnet;
  made.vpc_ipv6 = vpc;
  return made;
}

Observation run_on(std::vector<Ec2Interface> interfaces) {
  Observation run = build::run({build::api()});
  Ec2Facts facts;
  facts.outcome = MetadataOutcome::answered;
  facts.interfaces = std::move(interfaces);
  run.host.ec2 = facts;
  return run;
}

Observation run_without(MetadataOutcome outcome, std::string detail = "") {
  Observation run = build::run({build::api()});
  run.host.ec2.emplace().outcome = outcome;
  run.host.ec2->detail = std::move(detail);
  return run;
}

/// The one finding about EC2, or nothing.
std::string ec2_finding(const Observation& run) {
  std::string found;
  for (const std::string& id : build::ids(run))
    if (id.starts_with("ec2.")) found += (found.empty() ? "" : " ") + id;
  return found;
}

}  // namespace

TEST_CASE("of what the instance lacks for IPv6 the outermost is named") {
  struct Row {
    Ec2Interface interface;
    std::string_view id;
  };
  const Row rows[] = {
      {interface(no_address, no_range, no_range), "ec2.vpc-without-ipv6"},
      {interface(no_address, no_range, vpc_range), "ec2.subnet-without-ipv6"},
      {interface(no_address, no_range, {}), "ec2.subnet-without-ipv6"},
      {interface(no_address, subnet_range, vpc_range), "ec2.no-ipv6-address"},
      {interface(no_address, {}, {}), "ec2.no-ipv6-address"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    CHECK(ec2_finding(run_on({row.interface})) == row.id);
    CHECK(ec2_finding(run_on({row.interface, row.interface})) == row.id);
  }
  const auto found = build::findings(run_on({rows[3].interface}), "ec2.no-ipv6-address").at(0);
  CHECK(found.severity == Severity::warning);
  CHECK(found.evidence ==
        std::vector<std::string>{"EC2: eni-1 (eth0): IPv6 no address; subnet subnet-1 2600:1f13:1:2::/64; VPC vpc-1 "
                                 "2600:1f13:1::/56"});
}

TEST_CASE("an instance with IPv6 somewhere, or of which not all is known, lacks nothing") {
  const Ec2Interface complete = interface(an_address, subnet_range, vpc_range);
  const Ec2Interface bare = interface(no_address, no_range, no_range);
  Observation cut_off = run_on({bare});
  cut_off.host.ec2->interfaces_left_out = 1;
  const Observation runs[] = {
      run_on({complete}),
      run_on({bare, complete}),
      run_on({bare, interface({}, no_range, no_range)}),
      run_on({interface(an_address, no_range, no_range)}),  // contradicts itself
      run_on({}),
      cut_off,
      run_without(MetadataOutcome::not_finished),
      build::run({build::api()}),
  };
  for (const Observation& run : runs)
    for (const auto id : {"ec2.vpc-without-ipv6", "ec2.subnet-without-ipv6", "ec2.no-ipv6-address"})
      CHECK_FALSE(build::raises(run, id));
}

TEST_CASE("a metadata service that does not answer is said, with what it did instead") {
  constexpr std::string_view id = "ec2.metadata-unavailable";
  struct Row {
    MetadataOutcome outcome;
    std::string_view advice;
  };
  const Row rows[] = {
      {MetadataOutcome::denied, "switched off"},
      {MetadataOutcome::not_metadata, "Something else answers"},
      {MetadataOutcome::timeout, "HttpPutResponseHopLimit"},
      {MetadataOutcome::unreachable, "not EC2"},
  };
  for (const Row& row : rows) {
    CAPTURE(to_string(row.outcome));
    const auto found = build::findings(run_without(row.outcome, "words"), id);
    REQUIRE(found.size() == 1);
    CHECK(found[0].severity == Severity::info);
    CHECK(found[0].evidence.at(0).starts_with(to_string(row.outcome)));
    CHECK(found[0].evidence.at(0).ends_with("(words)"));
    CHECK(found[0].advice.find(row.advice) != std::string::npos);
  }
}

TEST_CASE("a metadata service that answered, or that the run did not wait for, is not unavailable") {
  constexpr std::string_view id = "ec2.metadata-unavailable";
  CHECK_FALSE(build::raises(run_on({interface(an_address, subnet_range, vpc_range)}), id));
  CHECK_FALSE(build::raises(run_without(MetadataOutcome::not_finished), id));
  CHECK_FALSE(build::raises(build::run({build::api()}), id));
}

TEST_CASE("silence on an instance that has IPv6 leaves fewer suspects: net.silent-drop shows what EC2 says") {
  const auto silent = [](Observation run, Family family) {
    const auto address = family == Family::ipv6 ? "2600:1f13::1" : "52.119.160.1";
    build::replace(run.endpoints[0], family, {build::failed(address, Reached::connect, Cause::connect_timeout)});
    return build::findings(run, "net.silent-drop").at(0);
  };
  const Observation complete = run_on({interface(an_address, subnet_range, vpc_range)});
  const Finding sharp = silent(complete, Family::ipv6);
  CHECK(std::count(sharp.evidence.begin(), sharp.evidence.end(), ec2_lines(complete).at(0)) == 1);
  CHECK(sharp.advice.starts_with("Interface and subnet do have IPv6"));
  const Observation bare = run_on({interface(no_address, subnet_range, vpc_range)});
  const Finding plain = silent(build::run({build::api()}), Family::ipv6);
  CHECK(silent(bare, Family::ipv6).advice == plain.advice);
  CHECK(silent(bare, Family::ipv6).evidence.size() == plain.evidence.size() + 1);
  CHECK(silent(complete, Family::ipv4) == silent(build::run({build::api()}), Family::ipv4));
}

TEST_CASE("where a hop or the address itself answers, what EC2 has does not narrow silence down") {
  const auto advice_with = [](const HopSearch& search) {
    Observation run = run_on({interface(an_address, subnet_range, vpc_range)});
    build::replace(run.endpoints[0], Family::ipv6,
                   {build::failed("2600:1f13::1", Reached::connect, Cause::connect_timeout)});
    run.endpoints[0].hop_searches = {search};
    return build::findings(run, "net.silent-drop").at(0).advice;
  };
  HopSearch search;
  search.address = Address::parse("2600:1f13::1").value();
  search.limits = 16;
  CHECK(advice_with(search).starts_with("Interface and subnet do have IPv6"));
  search.hops = {{3, {Address::parse("2600::fe").value(), 3, 0}, Duration{2'000}}};
  CHECK(advice_with(search).starts_with("Packets of this family get to the hop"));
  search.answered_at = 9;
  CHECK(advice_with(search).starts_with("The silence comes and goes"));
}

TEST_CASE("what EC2 says counts as IPv6 when interface and subnet both have it") {
  CHECK(ec2_has_ipv6(run_on({interface(an_address, subnet_range, {})})));
  CHECK_FALSE(ec2_has_ipv6(run_on({interface(an_address, {}, vpc_range)})));
  CHECK_FALSE(ec2_has_ipv6(run_on({interface(no_address, subnet_range, vpc_range)})));
  CHECK_FALSE(ec2_has_ipv6(run_on({interface({}, subnet_range, vpc_range)})));
  CHECK_FALSE(ec2_has_ipv6(run_without(MetadataOutcome::timeout)));
  CHECK(ec2_lines(run_without(MetadataOutcome::timeout)).empty());
  Observation many = run_on({interface(an_address, subnet_range, {})});
  many.host.ec2->interfaces_left_out = 3;
  CHECK(ec2_lines(many).back() == "EC2: 3 more interfaces were not looked at");
}

}  // namespace ecr6
