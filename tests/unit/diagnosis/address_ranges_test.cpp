#include <doctest/doctest.h>

#include "builders.hpp"

namespace ecr6 {

namespace {

IpRangeMatch match(std::string_view address, std::string_view prefix = "", std::string_view region = "us-west-2") {
  IpRangeMatch match;
  match.address = Address::parse(address).value();
  if (prefix.empty()) return match;
  match.prefix = Prefix::parse(prefix).value();
  match.region = region;
  match.services = {"AMAZON"};
  return match;
}

/// The API with one IPv6 address of its own, and what the file says of it.
Observation run_with(const IpRangeMatch& match, EndpointObservation seen = build::api()) {
  const std::string address = match.address.to_string();
  const Family family = match.address.family();
  seen.lookup(family) = build::answered({address});
  build::replace(seen, family, {build::healthy(address)});
  Observation run = build::run({seen});
  run.ip_ranges = IpRanges{"ranges.json", "2026-08-22-15-17-05", 2, {match}};
  return run;
}

}  // namespace

TEST_CASE("a public address in no entry of AWS's file is not known to be Amazon's") {
  constexpr std::string_view id = "ecr.address-not-amazons";
  const Observation run = run_with(match("2620:fe::fe"));
  const auto found = build::findings(run, id);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::warning);
  CHECK(found[0].family == Family::ipv6);
  CHECK(found[0].evidence == std::vector<std::string>{"2620:fe::fe: in no entry of the file",
                                                      "ranges.json: 2 entries, created 2026-08-22-15-17-05"});
  CHECK(build::raises(run_with(match("9.9.9.9")), id));
  Observation with_certificate = run;
  with_certificate.endpoints[0].attempts[0].tls.emplace().verified = true;
  CHECK(build::findings(with_certificate, id).at(0).evidence.at(1) ==
        "2620:fe::fe: its certificate is valid for this name");
  Observation never_tried = run;  // an address beyond the bound is looked up all the same
  build::replace(never_tried.endpoints[0], Family::ipv6, {});
  CHECK(build::raises(never_tried, id));
}

TEST_CASE("addresses that AWS's file cannot know are not called somebody else's") {
  constexpr std::string_view id = "ecr.address-not-amazons";
  for (const auto address : {"2001:db8::1", "fd00::1", "fe80::1", "::1", "64:ff9b::3449:1", "10.0.0.1", "100.64.0.1",
                             "192.0.2.1", "127.0.0.1"}) {
    CAPTURE(address);
    CHECK_FALSE(build::raises(run_with(match(address)), id));
  }
  CHECK_FALSE(build::raises(run_with(match("2600:1f13::1", "2600:1f13::/36")), id));
  CHECK_FALSE(build::raises(run_with(match("2620:fe::fe"), build::other_host("mirror.example")), id));
  auto isolated = build::api();
  isolated.endpoint.partition = "aws-iso-b";
  CHECK_FALSE(build::raises(run_with(match("2620:fe::fe"), isolated), id));
  Observation without_file = run_with(match("2620:fe::fe"));
  without_file.ip_ranges.reset();
  CHECK_FALSE(build::raises(without_file, id));
  Observation translated = run_with(match("2620:fe:0:64::c000:aa"));
  translated.nat64 = build::answered({"2620:fe:0:64::c000:aa"});
  CHECK_FALSE(build::raises(translated, id));
}

TEST_CASE("an address of another region's range is a word, not a fault") {
  constexpr std::string_view id = "ecr.address-other-region";
  const auto found = build::findings(run_with(match("2a05:d018::1", "2a05:d018::/36", "eu-west-1")), id);
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK(found[0].evidence.at(0) == "2a05:d018::1: in 2a05:d018::/36, listed for eu-west-1");
  CHECK_FALSE(build::raises(run_with(match("2a05:d018::1", "2a05:d018::/36", "eu-west-1")), "ecr.address-not-amazons"));
}

TEST_CASE("the endpoint's own region, GLOBAL and public names are no other region") {
  constexpr std::string_view id = "ecr.address-other-region";
  CHECK_FALSE(build::raises(run_with(match("2600:1f13::1", "2600:1f13::/36", "us-west-2")), id));
  CHECK_FALSE(build::raises(run_with(match("2600:9000::1", "2600:9000::/28", "GLOBAL")), id));
  CHECK_FALSE(build::raises(run_with(match("2600:9000::1", "2600:9000::/28", "")), id));
  CHECK_FALSE(build::raises(run_with(match("2620:fe::fe")), id));
  auto everywhere = build::api();
  everywhere.endpoint.role = Role::public_registry;
  CHECK_FALSE(build::raises(run_with(match("2a05:d018::1", "2a05:d018::/36", "eu-west-1"), everywhere), id));
}

}  // namespace ecr6
