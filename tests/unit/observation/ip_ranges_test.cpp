#include <doctest/doctest.h>

#include "ecr6/observation/ip_ranges_file.hpp"

namespace ecr6 {

namespace {

constexpr std::string_view sample = R"({
  "syncToken": "1787411825",
  "createDate": "2026-08-22-15-17-05",
  "prefixes": [
    {"ip_prefix": "35.180.0.0/16", "region": "eu-west-3", "service": "AMAZON", "network_border_group": "eu-west-3"},
    {"ip_prefix": "35.180.0.0/16", "region": "eu-west-3", "service": "EC2", "network_border_group": "eu-west-3"},
    {"ip_prefix": "35.180.244.0/23", "region": "eu-west-3", "service": "AMAZON", "network_border_group": "eu-west-3"}
  ],
  "ipv6_prefixes": [
    {"ipv6_prefix": "2600:1f70:8000::/39", "region": "us-east-1", "service": "AMAZON"},
    {"ipv6_prefix": "2600:1f70:8000::/39", "region": "us-east-1", "service": "EC2"},
    {"ipv6_prefix": "2600:1f70:8000::/56", "region": "us-east-1", "service": "AMAZON"},
    {"ipv6_prefix": "2600:9000:3000::/36", "region": "GLOBAL", "service": "CLOUDFRONT"}
  ]
})";

IpRangesFile read(std::string_view text) {
  auto file = IpRangesFile::parse(text);
  REQUIRE(file.has_value());
  return *file;
}

std::string problem_of(std::string_view text) {
  const auto file = IpRangesFile::parse(text);
  return file ? "" : file.error().sentence;
}

IpRangeMatch match(std::string_view address) { return read(sample).match(Address::parse(address).value()); }

std::string with_entry(std::string_view entry) {
  return R"({"prefixes":[{"ip_prefix":"3.0.0.0/8"}],"ipv6_prefixes":[)" + std::string{entry} + "]}";
}

}  // namespace

TEST_CASE("the longest prefix of ip-ranges.json decides, with its region and all of its services") {
  const IpRangesFile file = read(sample);
  CHECK(file.created() == "2026-08-22-15-17-05");
  CHECK(file.entries() == 7);
  struct Row {
    std::string_view address, prefix, region;
    std::vector<std::string> services;
  };
  const Row rows[] = {
      {"2600:1f70:8000:a0:41d7:f53b:34f4:5798", "2600:1f70:8000::/56", "us-east-1", {"AMAZON"}},
      {"2600:1f70:8000:100::1", "2600:1f70:8000::/39", "us-east-1", {"EC2", "AMAZON"}},
      {"2600:9000:3fff:ffff::1", "2600:9000:3000::/36", "GLOBAL", {"CLOUDFRONT"}},
      {"35.180.244.40", "35.180.244.0/23", "eu-west-3", {"AMAZON"}},
      {"35.180.246.0", "35.180.0.0/16", "eu-west-3", {"EC2", "AMAZON"}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.address);
    const IpRangeMatch found = match(row.address);
    REQUIRE(found.prefix);
    CHECK(found.prefix->to_string() == row.prefix);
    CHECK(found.region == row.region);
    CHECK(found.services == row.services);
  }
}

TEST_CASE("an address in no entry of ip-ranges.json has no prefix, and the families do not mix") {
  for (const auto address : {"2600:1f71::1", "35.181.0.1", "::ffff:35.180.244.40", "2600:9000:4000::1"}) {
    CAPTURE(address);
    CHECK(match(address) == IpRangeMatch{Address::parse(address).value(), {}, "", {}});
  }
}

TEST_CASE("a file that is not AWS's ip-ranges.json is refused with the place and the reason") {
  struct Row {
    std::string text;
    std::string_view problem;
  };
  const Row rows[] = {
      {"", "line 1, column 1: the text ends in the middle of the JSON"},
      {"hello", "line 1, column 1: expected JSON, found something else"},
      {"{\"prefixes\": [\n{\"ip_prefix\": ", "line 2, column 15: the text ends in the middle of the JSON"},
      {"{}", "line 1, column 3: expected entries in \"prefixes\" and in \"ipv6_prefixes\""},
      {R"({"prefixes":[{"ip_prefix":"3.0.0.0/8"}],"ipv6_prefixes":[]})", "expected entries in"},
      {"[]", "expected the object of AWS's ip-ranges.json"},
      {"3", "expected the object of AWS's ip-ranges.json"},
      {R"({"prefixes":{}})", "expected an array under \"prefixes\""},
      {R"({"ipv6_prefixes":"no"})", "expected an array under \"ipv6_prefixes\""},
      {with_entry("7"), "expected objects in \"ipv6_prefixes\""},
      {with_entry("[]"), "expected objects in \"ipv6_prefixes\""},
      {with_entry("{}"), "expected an IPv6 prefix under \"ipv6_prefix\", found \"\""},
      {with_entry(R"({"ipv6_prefix":5})"), "expected a string under \"ipv6_prefix\""},
      {with_entry(R"({"ipv6_prefix":"3.0.0.0/8"})"),
       "expected an IPv6 prefix under \"ipv6_prefix\", found \"3.0.0.0/8\""},
      {with_entry(R"({"ipv6_prefix":"2600::/129"})"), "found \"2600::/129\""},
      {with_entry("{\"ipv6_prefix\":\"\\u001b[31m\"}"), "found \"\\x1b[31m\""},
      {std::string(100, '['), "expected the object of AWS's ip-ranges.json"},
      {R"({"other":)" + std::string(100, '['), "too deep"},
      {std::string{sample} + " x", "expected the end of the text after the JSON object"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const std::string problem = problem_of(row.text);
    CHECK_MESSAGE(problem.find(row.problem) != std::string::npos, problem);
    CHECK(problem.starts_with("line "));
  }
}

TEST_CASE("unknown keys and nested values of ip-ranges.json are passed over") {
  const IpRangesFile file = read(R"({"new":{"prefixes":[1,{"ip_prefix":2}]},"more":[[],{}],
    "prefixes":[{"x":{"ip_prefix":7},"ip_prefix":"3.0.0.0/8","y":[1,"a",null,true,1.5]}],
    "ipv6_prefixes":[{"ipv6_prefix":"2600::ff/16","service":"S3","region":"r","z":{"service":"no"}}]})");
  CHECK(file.entries() == 2);
  const IpRangeMatch found = file.match(Address::parse("2600:1::").value());
  REQUIRE(found.prefix);
  CHECK(found.prefix->to_string() == "2600::/16");
  CHECK(found.services == std::vector<std::string>{"S3"});
}

TEST_CASE("a prefix keeps at most 32 services") {
  std::string entries;
  for (int i = 0; i < 40; ++i)
    entries += (i ? "," : "") + (R"({"ipv6_prefix":"2600::/16","service":"S)" + std::to_string(i) + "\"}");
  CHECK(read(with_entry(entries)).match(Address::parse("2600::1").value()).services.size() == 32);
}

TEST_CASE("every address of the answers and attempts is looked up once, in order") {
  Observation run;
  EndpointObservation seen;
  const auto lookup = [](std::initializer_list<std::string_view> addresses) {
    ServerAnswer answer;
    answer.outcome = DnsOutcome::answered;
    for (const auto address : addresses) answer.records.push_back({Address::parse(address).value(), 60});
    return merge({answer});
  };
  seen.ipv6_lookup = lookup({"2600:1f70:8000::1", "2001:db8::1"});
  seen.ipv4_lookup = lookup({"35.180.1.1"});
  run.endpoints = {seen, seen};
  run.endpoints[1].ipv6_lookup.reset();
  run.endpoints[1].attempts.emplace_back().address = Address::parse("2600:9000:3000::1").value();
  const IpRanges ranges = matched_ranges(read(sample), "a.json", run);
  CHECK(ranges.file == "a.json");
  std::vector<std::string> addresses;
  for (const IpRangeMatch& each : ranges.matches) addresses.push_back(each.address.to_string());
  CHECK(addresses == std::vector<std::string>{"2600:1f70:8000::1", "2001:db8::1", "35.180.1.1", "2600:9000:3000::1"});
}

}  // namespace ecr6
