#include <doctest/doctest.h>

#include "ecr6/report/report.hpp"

namespace ecr6::report {

namespace {

Address address(std::string_view text) { return Address::parse(text).value(); }

Ping ping(std::string_view to, PingOutcome outcome) {
  Ping ping;
  ping.address = address(to);
  ping.family = ping.address.family();
  ping.outcome = outcome;
  if (outcome != PingOutcome::answered) return ping;
  ping.rtt = Duration{1'200};
  ping.socket = PingSocket::raw;
  return ping;
}

Observation with_pings() {
  Observation run;
  run.settings.ping = true;
  EndpointObservation& seen = run.endpoints.emplace_back();
  seen.endpoint.name = "ecr.us-west-2.api.aws";
  seen.pings = {ping("2600::1", PingOutcome::answered), ping("2600::2", PingOutcome::no_answer),
                ping("192.0.2.1", PingOutcome::not_permitted)};
  seen.pings[0].diverted_to = "::1";
  seen.pings[2].detail = "words\x1b";
  return run;
}

Observation with_ec2(MetadataOutcome outcome) {
  Observation run;
  Ec2Facts& facts = run.host.ec2.emplace();
  facts.outcome = outcome;
  facts.duration = Duration{2'000};
  return run;
}

std::string text_of(const Observation& run) { return render_text(run, diagnose(run), Style{false, 200}); }

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("echoes are counted by family and outcome, with their times and reasons") {
  const std::string text = text_of(with_pings());
  CHECK(has(text,
            "ICMP echo (only an answer says something)\n  ecr.us-west-2.api.aws\n"
            "    IPv6 1 answered in 1.2 ms, 1 without answer\n    IPv4 1 not permitted (words\\x1b)\n"));
  Observation without = with_pings();
  without.settings.ping = false;
  CHECK_FALSE(has(text_of(without), "ICMP echo"));
}

TEST_CASE("the transcript has a line for each echo") {
  const Observation run = with_pings();
  const std::string text = render_verbose(run, diagnose(run), Style{});
  CHECK(has(text, "* Echo to 2600::1 (sent to ::1, --connect-to): answered after 1.2 ms, raw socket\n"));
  CHECK(has(text, "* Echo to 2600::2: without answer\n"));
}

TEST_CASE("addresses are counted by the entry of AWS's file that holds them") {
  Observation run;
  IpRangeMatch match{address("2600:1f13::1"), Prefix::parse("2600:1f13::/36"), "us-west-2", {"EC2", "AMAZON"}};
  run.ip_ranges = IpRanges{"ranges.json", "2026-08-22-15-17-05", 7, {match, match, {address("2620::1"), {}, "", {}}}};
  const std::string text = text_of(run);
  CHECK(has(text,
            "  ranges.json, created 2026-08-22-15-17-05, 7 entries\n"
            "  2 addresses: 2600:1f13::/36 us-west-2: EC2, AMAZON\n  1 address: in no entry\n"));
}

TEST_CASE("EC2's metadata is shown, and the command that lets its subnets into policies") {
  Observation run = with_ec2(MetadataOutcome::answered);
  run.host.ec2->service = address("fd00:ec2::254");
  Ec2Interface interface;
  interface.mac = "0a:1b:2c:3d:4e:5f";
  interface.ipv6 = {address("2600:1f13::7")};
  interface.subnet_ipv6 = {Prefix::parse("2600:1f13::/64").value()};
  run.host.ec2->interfaces = {interface, interface};
  const std::string text = text_of(run);
  CHECK(has(text,
            "EC2's metadata service at fd00:ec2::254: answered after 2.0 ms\n"
            "  0a:1b:2c:3d:4e:5f: IPv6 2600:1f13::7; subnet 2600:1f13::/64; VPC not known\n"));
  CHECK(has(text, "  for policies that filter by address: ecr6 policy --suggest 2600:1f13::/64 FILE\n"));
  CHECK_FALSE(has(text_of(with_ec2(MetadataOutcome::timeout)), "--suggest"));
  CHECK_FALSE(has(text_of(Observation{}), "metadata"));
}

}  // namespace ecr6::report
