#include "ecr6/policy/condition.hpp"

#include <doctest/doctest.h>

#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::policy;

namespace {

/// "T", "F", "depends" or "?" for the condition of one statement. No address: a caller through a VPC endpoint.
std::string outcome(const std::string& condition, const std::string& address) {
  const Document document = samples::document(samples::policy("Allow", condition));
  REQUIRE(document.problems.empty());
  const Caller caller =
      address.empty() ? Caller{Path::vpc_endpoint, {}} : Caller{Path::internet, Address::parse(address)};
  switch (truth_of(document.statements.at(0), caller).verdict) {
    case Verdict::yes:
      return "T";
    case Verdict::no:
      return "F";
    case Verdict::depends:
      return "depends";
    case Verdict::indeterminate:
      break;
  }
  return "?";
}

std::string on_source(const std::string& op, const std::string& values) {
  return "\"" + op + R"(":{"aws:SourceIp":)" + values + "}";
}

}  // namespace

TEST_CASE("the IP operators by key absent, matched, not matched, and another family than every value") {
  struct Row {
    const char* op;
    const char* absent;
    const char* matches;
    const char* matches_none;
    const char* other_family;
  };
  const Row rows[] = {
      {"IpAddress", "F", "T", "F", "F"},
      {"IpAddressIfExists", "T", "T", "F", "F"},
      {"NotIpAddress", "T", "F", "T", "T"},
      {"NotIpAddressIfExists", "T", "F", "T", "T"},
      {"ForAnyValue:IpAddress", "F", "T", "F", "F"},
      {"ForAnyValue:NotIpAddress", "F", "F", "T", "T"},
      {"ForAllValues:IpAddress", "T", "T", "F", "F"},
      {"ForAllValues:NotIpAddress", "T", "F", "T", "T"},
      {"ForAnyValue:IpAddressIfExists", "?", "T", "F", "F"},
      {"ForAllValues:NotIpAddressIfExists", "T", "F", "T", "T"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    const std::string condition = on_source(row.op, R"(["203.0.113.0/24","198.51.100.0/24"])");
    CHECK(outcome(condition, "") == row.absent);
    CHECK(outcome(condition, "203.0.113.1") == row.matches);
    CHECK(outcome(condition, "198.51.100.255") == row.matches);
    CHECK(outcome(condition, "192.0.2.1") == row.matches_none);
    CHECK(outcome(condition, "2001:db8::1") == row.other_family);
  }
}

TEST_CASE("AWS's own examples") {
  const std::string both_lists = R"("IpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:DB8:1234:5678::/64"]},)"
                                 R"("NotIpAddress":{"aws:SourceIp":["203.0.113.0/24","2001:DB8:1234:5678:ABCD::/80"]})";
  struct Row {
    std::string condition;
    const char* address;
    const char* result;
  };
  const std::string except =
      R"("IpAddress":{"aws:SourceIp":"54.240.143.0/24"},"NotIpAddress":{"aws:SourceIp":"54.240.143.188/32"})";
  const Row rows[] = {
      {on_source("IpAddress", R"("203.0.113.0/24")"), "203.0.113.1", "T"},
      {on_source("IpAddress", R"("203.0.113.0/24")"), "198.51.100.1", "F"},
      {on_source("IpAddress", R"("54.240.143.0/24")"), "2001:db8::1", "F"},
      {on_source("IpAddress", R"(["54.240.143.0/24","2001:DB8:1234:5678::/64"])"), "2001:DB8:1234:5678::1", "T"},
      {both_lists, "192.0.2.1", "T"},
      {both_lists, "2001:DB8:1234:5678::1", "T"},
      {both_lists, "203.0.113.1", "F"},
      {both_lists, "2001:DB8:1234:5678:ABCD::1", "F"},
      {except, "54.240.143.187", "T"},
      {except, "54.240.143.188", "F"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.condition);
    CAPTURE(row.address);
    CHECK(outcome(row.condition, row.address) == row.result);
  }
}

TEST_CASE("other evaluators' vectors: the same where they agree, indeterminate where they do not") {
  struct Row {
    const char* values;
    const char* address;
    const char* positive;
    const char* negated;
  };
  const Row rows[] = {
      {R"("192.168.1.0/24")", "192.168.1.10", "T", "F"},
      {R"("192.168.1.0/24")", "192.168.2.10", "F", "T"},
      {R"("192.168.1.0/24")", "", "F", "T"},
      {R"("node1.example.org")", "192.168.1.10", "?", "?"},
      {R"("192.168.1.0.0/24")", "192.168.1.10", "?", "?"},
      {R"("2001:0db8:85a3::/64")", "2001:0db8:85a3:0000:0000:8a2e:0370:7334", "T", "F"},
      {R"(["1.2.3.0/24","10.0.0.0/8"])", "10.0.0.1", "T", "F"},
      {R"(["1.2.3.0/24","10.0.0.0/8"])", "128.252.0.1", "F", "T"},
      {R"("2001:0db8:85a3::/64")", "2001:1db8::1", "F", "T"},
      {R"("2001:db8::1/128")", "192.0.2.1", "F", "T"},
      {R"("123456789012")", "192.0.2.1", "?", "?"},
      {R"("203.0.113.0/33")", "203.0.113.1", "?", "?"},
      {R"(["2001:0db8::/32","192.168.0.0/16"])", "2001:db8:5::1", "T", "F"},
      {R"(["192.168.0.0/8","10.10.0.0/16"])", "192.168.0.17", "T", "F"},
      {R"("2001:db8::1")", "2001:db8::1", "T", "F"},       // bare: itself by every reading
      {R"("2001:db8::1")", "2001:db8:ffff::1", "?", "?"},  // /32 by the documentation, /128 elsewhere
      {R"("2001:db8::1")", "2001:db9::1", "F", "T"},
      {R"("192.0.2.1")", "192.0.2.1", "T", "F"},
      {R"("192.0.2.1")", "192.0.2.2", "F", "T"},
      {R"("203.0.113.0/24")", "::ffff:203.0.113.5", "?", "?"},
      {R"("198.51.100.0/24")", "::ffff:203.0.113.5", "F", "T"},
      {R"("::ffff:203.0.113.0/120")", "203.0.113.5", "?", "?"},
      {R"("0.0.0.0/0")", "2001:db8::1", "F", "T"},
      {R"("::/0")", "192.0.2.1", "F", "T"},
      {R"(["invalid","10.0.0.0/8"])", "10.1.2.3", "T", "F"},
      {R"(["invalid","10.0.0.0/8"])", "11.1.2.3", "?", "?"},
      {R"("${aws:PrincipalTag/ip}")", "192.0.2.1", "?", "?"},
      {R"("203.0.113.*")", "203.0.113.1", "?", "?"},
      {R"([])", "192.0.2.1", "F", "?"},
      {R"([{"Ref":"Cidr"}])", "192.0.2.1", "?", "?"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.values);
    CAPTURE(row.address);
    CHECK(outcome(on_source("IpAddress", row.values), row.address) == row.positive);
    CHECK(outcome(on_source("NotIpAddress", row.values), row.address) == row.negated);
  }
}

TEST_CASE("Null asks whether the key is there") {
  CHECK(outcome(on_source("Null", "\"true\""), "192.0.2.1") == "F");
  CHECK(outcome(on_source("Null", "true"), "") == "T");
  CHECK(outcome(on_source("Null", "\"false\""), "2001:db8::1") == "T");
  CHECK(outcome(on_source("Null", "false"), "") == "F");
  CHECK(outcome(on_source("ForAllValues:Null", "\"true\""), "192.0.2.1") == "T");
  CHECK(outcome(on_source("ForAnyValue:Null", "\"false\""), "192.0.2.1") == "F");
  CHECK(outcome(R"("Null":{"aws:SourceVpce":"true"})", "2001:db8::1") == "T");
  CHECK(outcome(R"("Null":{"aws:SourceVpce":"true"})", "") == "F");
  CHECK(outcome(R"("Null":{"aws:PrincipalTag/team":"true"})", "") == "depends");
}

TEST_CASE("keys: case does not count, other keys are carried, a direct caller comes through no service") {
  struct Row {
    const char* condition;
    const char* address;
    const char* result;
  };
  const Row rows[] = {
      {R"("IpAddress":{"AWS:sourceip":"192.0.2.0/24"})", "192.0.2.1", "T"},
      {R"("ipaddress":{"aws:SourceIp":"192.0.2.0/24"})", "192.0.2.1", "T"},
      {R"("NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"},"Bool":{"aws:ViaAWSService":"true"})", "2001:db8::1", "F"},
      {R"("NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"},"Bool":{"aws:ViaAWSService":"false"})", "2001:db8::1", "T"},
      {R"("BoolIfExists":{"aws:PrincipalIsAWSService":false})", "2001:db8::1", "T"},
      {R"("IpAddress":{"aws:SourceIp":"192.0.2.0/24"},"StringEquals":{"aws:PrincipalOrgID":"o-1"})", "192.0.2.1",
       "depends"},
      {R"("IpAddress":{"aws:SourceIp":"192.0.2.0/24"},"StringEquals":{"aws:PrincipalOrgID":"o-1"})", "198.51.100.1",
       "F"},
      {R"("IpAddress":{"aws:SourceIp":"junk"},"StringEquals":{"aws:PrincipalOrgID":"o-1"})", "192.0.2.1", "?"},
      {R"("StringEquals":{"aws:SourceVpce":"vpce-1"})", "192.0.2.1", "F"},
      {R"("StringEquals":{"aws:SourceVpce":"vpce-1"})", "", "depends"},
      {R"("StringNotEquals":{"aws:SourceVpc":"vpc-1"})", "192.0.2.1", "T"},
      {R"("StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1"})", "", "depends"},
      {R"("ForAnyValue:StringEquals":{"aws:CalledVia":"cloudformation.amazonaws.com"})", "192.0.2.1", "F"},
      {R"("IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"})", "192.0.2.1", "F"},
      {R"("IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"})", "", "depends"},
      {R"("NotIpAddressIfExists":{"aws:SourceIp":"192.0.2.0/24"},"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1"})",
       "", "depends"},
      {R"("IpAddress":{})", "192.0.2.1", "T"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.condition);
    CAPTURE(row.address);
    CHECK(outcome(row.condition, row.address) == row.result);
  }
}

TEST_CASE("string operators on the source address compare text") {
  struct Row {
    const char* op;
    const char* value;
    const char* address;
    const char* result;
  };
  const Row rows[] = {
      {"StringEquals", "203.0.113.5", "203.0.113.5", "T"},  {"StringEquals", "203.0.113.0/24", "203.0.113.5", "F"},
      {"StringEquals", "203.0.113.5", "2001:db8::1", "F"},  {"StringNotEquals", "203.0.113.5", "2001:db8::1", "T"},
      {"StringEquals", "2001:db8::1", "2001:db8::1", "?"},  {"StringEquals", "2001:DB8:0::1", "2001:db8::1", "?"},
      {"StringEquals", "2001:db8::2", "2001:db8::1", "F"},  {"StringLike", "203.0.113.*", "203.0.113.5", "T"},
      {"StringLike", "203.0.113.*", "203.0.114.5", "F"},    {"StringLike", "203.0.113.*", "2001:db8::1", "F"},
      {"StringLike", "2001:db8:*", "2001:db8::1", "?"},     {"StringLike", "*", "2001:db8::1", "T"},
      {"StringLike", "203.0.113.1*", "203.0.113.1", "T"},   {"StringLike", "203.0.113.1*", "203.0.113.12", "?"},
      {"StringNotLike", "203.0.113.*", "2001:db8::1", "T"}, {"NumericEquals", "203", "203.0.113.5", "?"},
      {"StringEqualsIfExists", "203.0.113.5", "", "T"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.op);
    CAPTURE(row.value);
    CAPTURE(row.address);
    CHECK(outcome(on_source(row.op, "\"" + std::string{row.value} + "\""), row.address) == row.result);
  }
}
