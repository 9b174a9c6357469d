#include "ecr6/logs/samples.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace ecr6;
using namespace ecr6::logs;

TEST_CASE("samples differ in their addresses, begin with the control, and hold what they say") {
  for (const LineFormat format : all_line_formats) {
    const auto all = samples(format);
    REQUIRE(all.size() > 20);
    CHECK(all.front().spelling == "ipv4");
    std::set<Address> seen;
    for (const Sample& sample : all) {
      CAPTURE(sample.spelling);
      CHECK(seen.insert(sample.address).second);
      CHECK(sample.line.find(sample.written) != sample.line.npos);
      CHECK(sample.line.find('\n') == sample.line.npos);
      CHECK(std::count_if(all.begin(), all.end(), [&](const Sample& s) { return s.spelling == sample.spelling; }) == 1);
    }
  }
}

TEST_CASE("addresses are found in a parser's output, in any spelling") {
  struct Row {
    const char* output;
    std::vector<const char*> addresses;
  };
  const Row rows[] = {
      {"2001:DB8:0::1\n", {"2001:db8::1"}},
      {"ip=[2001:db8::1]:443, next", {"2001:db8::1"}},
      {"from 2001:db8::1: refused.", {"2001:db8::1"}},
      {"203.0.113.7:8080 203.0.113.8.", {"203.0.113.7", "203.0.113.8"}},
      {"::ffff:203.0.113.7", {"203.0.113.7"}},
      {"2001:db8:a8::", {"2001:db8:a8::"}},
      {"\"2001:db8::2\"", {"2001:db8::2"}},
      {"std::string x::1 2026-08-22T15:17:05Z ::", {}},
      {"2001:0db8:0000:", {}},
      {"", {}},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string{row.output});
    std::set<Address> wanted;
    for (const char* const text : row.addresses) wanted.insert(Address::parse(text).value());
    CHECK(addresses_in(row.output) == wanted);
  }
}

TEST_CASE("a parser is judged by what came out") {
  const auto given = samples(LineFormat::combined);
  std::string all;
  for (const Sample& sample : given) all += sample.address.to_string() + "\n";
  CHECK(judge(given, all).fit == Fit::complete);
  CHECK(judge(given, all).missing.empty());

  const Judgement cut = judge(given, "203.0.113.251 2001:db8:1:2:: 198.51.100.15");
  CHECK(cut.fit == Fit::loses_ipv6);
  CHECK(cut.missing.size() == given.size() - 1);
  CHECK(cut.unexpected == std::vector<Address>{*Address::parse("2001:db8:1:2::"), *Address::parse("198.51.100.15")});

  CHECK(judge(given, "").fit == Fit::not_read);
  CHECK(judge(given, "2001:db8:1:2::a1").fit == Fit::not_read);
}
