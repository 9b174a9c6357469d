#include "ecr6/policy/audit.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::policy;
using samples::has;

namespace {

/// The classes of a document's findings, joined; "" when no statement changes meaning.
std::string classes(const std::string& text) {
  std::string out;
  for (const Finding& finding : audit(samples::document(text)))
    if (finding.change) out += (out.empty() ? "" : " ") + std::string{to_string(*finding.change)};
  return out;
}

std::string on_source(const std::string& op, const std::string& values) {
  return "\"" + op + R"(":{"aws:SourceIp":)" + values + "}";
}

std::vector<Finding> findings(const std::string& effect, const std::string& condition) {
  return audit(samples::document(samples::policy(effect, condition)));
}

}  // namespace

TEST_CASE("a statement falls in one of the four classes exactly when it means something else for IPv6 callers") {
  const std::string v4 = R"("203.0.113.0/24")";
  const std::string all = R"("0.0.0.0/0","::/0")";
  struct Row {
    const char* effect;
    std::string condition;
    const char* change;
  };
  const Row rows[] = {
      {"Allow", on_source("IpAddress", v4), "loses_access"},
      {"Deny", on_source("NotIpAddress", v4), "loses_access_deny"},
      {"Allow", on_source("NotIpAddress", v4), "gains_access"},
      {"Deny", on_source("IpAddress", v4), "escapes_deny"},
      {"Allow", on_source("IpAddressIfExists", v4), "loses_access"},
      {"Deny", on_source("NotIpAddressIfExists", v4), "loses_access_deny"},
      {"Allow", on_source("ForAllValues:IpAddress", v4), "loses_access"},
      {"Deny", on_source("ForAnyValue:NotIpAddress", v4), "loses_access_deny"},
      {"Allow", on_source("ipaddress", v4), "loses_access"},
      {"Allow", on_source("IpAddress", R"("0.0.0.0/0")"), "loses_access"},
      {"Deny", on_source("NotIpAddress", R"("0.0.0.0/0")"), "loses_access_deny"},
      {"Allow", on_source("IpAddress", R"(["0.0.0.0/1","128.0.0.0/1"])"), "loses_access"},
      // Both families are there: clean, also where IPv6 is only partly covered.
      {"Allow", on_source("IpAddress", "[" + v4 + R"(,"2001:db8::/56"])"), ""},
      {"Deny", on_source("NotIpAddress", "[" + v4 + R"(,"2001:db8::/56"])"), ""},
      {"Allow", on_source("NotIpAddress", "[" + v4 + R"(,"2001:db8::/56"])"), ""},
      {"Deny", on_source("IpAddress", "[" + v4 + R"(,"2001:db8::/56"])"), ""},
      {"Allow", on_source("IpAddress", "[" + all + "]"), ""},
      {"Deny", on_source("NotIpAddress", "[" + all + "]"), ""},
      // IPv6 values that no client can have do not count.
      {"Allow", on_source("IpAddress", "[" + v4 + R"(,"fc00::/7","fe80::/10","64:ff9b::/96"])"), "loses_access"},
      {"Deny", on_source("NotIpAddress", "[" + v4 + R"(,"fd00::/8"])"), "loses_access_deny"},
      {"Allow", on_source("IpAddress", "[" + v4 + R"(,"::ffff:203.0.113.0/120"])"), "loses_access"},
      // Several operators and keys are ANDed.
      {"Allow", on_source("IpAddress", "[" + all + "]") + "," + on_source("NotIpAddress", v4), "gains_access"},
      {"Deny", on_source("IpAddress", "[" + all + "]") + "," + on_source("NotIpAddress", v4), "loses_access_deny"},
      {"Allow",
       on_source("IpAddress", "[" + v4 + R"(,"2001:db8::/56"])") + "," +
           on_source("NotIpAddress", R"("203.0.113.7/32")"),
       ""},
      {"Allow", on_source("IpAddress", v4) + R"(,"StringEquals":{"aws:PrincipalOrgID":"o-1"})", "loses_access"},
      {"Deny", on_source("NotIpAddress", v4) + R"(,"Bool":{"aws:ViaAWSService":"false"})", "loses_access_deny"},
      {"Deny", on_source("NotIpAddress", v4) + R"(,"Bool":{"aws:ViaAWSService":"true"})", ""},
      {"Deny",
       on_source("NotIpAddressIfExists", v4) +
           R"(,"StringNotEqualsIfExists":{"aws:SourceVpc":"vpc-1"},)"
           R"("BoolIfExists":{"aws:ViaAWSService":"false","aws:PrincipalIsAWSService":"false"})",
       "loses_access_deny"},
      {"Deny", on_source("NotIpAddress", v4) + R"(,"StringEquals":{"aws:SourceVpce":"vpce-1"})", ""},
      {"Deny", on_source("NotIpAddress", v4) + R"(,"Null":{"aws:SourceVpce":"true"})", "loses_access_deny"},
      {"Deny", on_source("NotIpAddress", v4) + R"(,"Null":{"aws:SourceIp":"true"})", ""},
      {"Allow", on_source("Null", "\"false\""), ""},
      // The key of callers inside a VPC; unique local prefixes are real there.
      {"Allow", R"("IpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"})", "loses_access"},
      {"Deny", R"("NotIpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"})", "loses_access_deny"},
      {"Allow", R"("IpAddress":{"aws:VpcSourceIp":["10.0.0.0/8","fd00::/8"]})", ""},
      {"Deny", on_source("NotIpAddress", v4) + R"(,"NotIpAddress ":{})", ""},  // no operator: damaged, cannot be told
      // Text comparison is a filter, too, as far as it can be told.
      {"Allow", on_source("StringEquals", R"("203.0.113.5")"), "loses_access"},
      {"Allow", on_source("StringLike", R"("203.0.113.*")"), "loses_access"},
      {"Deny", on_source("StringNotLike", R"("203.0.113.*")"), "loses_access_deny"},
      {"Allow", on_source("StringEquals", R"("203.0.113.0/24")"), ""},
      // What AWS does not document is in no class.
      {"Allow", on_source("IpAddress", R"("junk")"), ""},
      {"Deny", on_source("NotIpAddress", "[" + v4 + R"(,"${aws:x}"])"), ""},
      {"Allow", on_source("IpAddress", "[" + v4 + R"(,"2001:db8::1"])"), ""},
      // No filter at all.
      {"Allow", R"("StringEquals":{"aws:PrincipalOrgID":"o-1"})", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.effect);
    CAPTURE(row.condition);
    CHECK(classes(samples::policy(row.effect, row.condition)) == row.change);
  }
}

TEST_CASE("the class shows in exit code 2, a trap in 1, notes in 0; what is not about ECR is a note") {
  struct Row {
    const char* action;
    const char* resource;
    int status;
  };
  const Row rows[] = {
      {R"("Action":"*")", "*", 2},
      {R"("Action":["s3:*","ECR:BatchGet*"])", "*", 2},
      {R"("Action":"ecr:DescribeRepositories")", "*", 2},
      {R"("Action":"ecr-public:*")", "*", 2},
      {R"("Action":"sts:*")", "*", 2},
      {R"("Action":"sts:GetServiceBearerToken")", "*", 2},
      {R"("NotAction":"iam:*")", "*", 2},
      {R"("NotAction":["ecr:*","ecr-public:*"])", "*", 2},  // sts:GetServiceBearerToken is left
      {R"("Action":"*")", "arn:aws:ecr:us-west-2:123456789012:repository/app", 2},
      {R"("NotAction":["e*","sts:*"])", "*", 0},
      {R"("Action":"s3:*")", "*", 0},
      {R"("Action":"sts:AssumeRole")", "*", 0},
      {R"("Action":"*")", "arn:aws:s3:::bucket/*", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.action);
    CAPTURE(row.resource);
    const auto found = audit(samples::document(std::string{R"({"Statement":{"Effect":"Deny",)"} + row.action +
                                               R"(,"Resource":")" + row.resource + R"(","Condition":{)" +
                                               on_source("NotIpAddress", R"("198.18.0.0/15")") + "}}}"));
    CHECK(exit_code(found) == row.status);
    REQUIRE(has(found, "policy.loses-access-deny"));
    CHECK(found.front().about_ecr == (row.status == 2));
  }
  CHECK(exit_code(findings("Allow", on_source("IpAddress", R"(["198.18.0.7/15","2a00::/32"])"))) == 1);
  CHECK(exit_code(findings("Allow", on_source("IpAddress", R"(["198.18.0.0/15","2a00::/32"])"))) == 0);
}

TEST_CASE("every trap has its finding, and a clean list has none") {
  struct Row {
    const char* id;
    Severity severity;
    std::string condition;
  };
  const auto ip = [](const std::string& values) {
    return on_source("IpAddress", "[" + values + R"(,"198.18.0.0/15","2a00::/32"])");
  };
  const Row rows[] = {
      {"policy.ipv4-any", Severity::warning, on_source("IpAddress", R"("0.0.0.0/0")")},
      {"policy.ipv4-any", Severity::warning, on_source("NotIpAddress", R"(["0.0.0.0/0","fd00::/8"])")},
      {"policy.ipv4-mapped", Severity::warning, ip(R"("::ffff:203.0.113.0/120")")},
      {"policy.ipv4-mapped", Severity::warning, ip(R"("::ffff:203.0.113.1")")},
      {"policy.nat64-prefix", Severity::warning, ip(R"("64:ff9b::/96")")},
      {"policy.nat64-prefix", Severity::warning, ip(R"("64:ff9b::c612:1/128")")},
      {"policy.bare-address", Severity::warning, ip(R"("2a00::1")")},
      {"policy.bare-address", Severity::info, ip(R"("198.18.0.1")")},
      {"policy.string-operator", Severity::warning, on_source("StringEquals", R"("198.18.0.1")")},
      {"policy.string-operator", Severity::warning, on_source("ArnLike", R"("198.18.0.1")")},
      {"policy.private-range", Severity::warning, ip(R"("10.0.0.0/8")")},
      {"policy.private-range", Severity::warning, ip(R"("fd12::/16")")},
      {"policy.private-range", Severity::warning, ip(R"("fe80::/10")")},
      {"policy.private-range", Severity::warning, ip(R"("10.0.0.5")")},
      {"policy.private-range", Severity::warning, ip(R"("fd00::1")")},
      {"policy.nat64-prefix", Severity::warning, ip(R"("64:ff9b::1")")},
      {"policy.documentation-prefix", Severity::info, ip(R"("203.0.113.5")")},
      {"policy.variable-in-ip-operator", Severity::warning, ip(R"("${aws:PrincipalTag/ip}")")},
      {"policy.wildcard-in-ip-operator", Severity::warning, ip(R"("198.18.*")")},
      {"policy.unresolved-value", Severity::warning, ip(R"({"Ref":"Cidr"})")},
      {"policy.host-bits", Severity::warning, ip(R"("198.18.0.1/16")")},
      {"policy.host-bits", Severity::warning, ip(R"("2a00::1/64")")},
      {"policy.invalid-cidr", Severity::warning, ip(R"("203.0.113.0/33")")},
      {"policy.invalid-cidr", Severity::warning, ip(R"("203.0.113.0/255.255.255.0")")},
      {"policy.temporary-address", Severity::warning, ip(R"("2a00::1/128")")},
      {"policy.set-operator", Severity::warning, on_source("ForAllValues:IpAddress", R"("2a00::/32")")},
      {"policy.set-operator", Severity::warning, on_source("ForAnyValue:IpAddressIfExists", R"("2a00::/32")")},
      {"policy.empty-list", Severity::warning, on_source("IpAddress", "[]")},
      {"policy.ipv6-only", Severity::warning, on_source("IpAddress", R"("2a00::/32")")},
      {"policy.ec2-private-ipv4", Severity::warning,
       R"("StringEquals":{"aws:Ec2InstanceSourcePrivateIPv4":"10.0.0.1"})"},
      {"policy.documentation-prefix", Severity::info, ip(R"("2001:db8:1::/48")")},
      {"policy.operator-case", Severity::info, on_source("ipaddress", R"(["198.18.0.0/15","2a00::/32"])")},
      {"policy.vpc-source-ip-alone", Severity::info, R"("IpAddress":{"aws:VpcSourceIp":["10.0.0.0/8","fd00::/8"]})"},
      {"policy.vpc-endpoint", Severity::info, ip(R"("198.18.0.0/16")")},
  };
  for (const Row& row : rows) {
    CAPTURE(row.condition);
    const auto found = findings("Allow", row.condition);
    const auto it = std::find_if(found.begin(), found.end(), [&](const Finding& f) { return f.id == row.id; });
    REQUIRE_MESSAGE(it != found.end(), row.id);
    CHECK(it->severity == row.severity);
    CHECK_FALSE(it->evidence.empty());
    CHECK_FALSE(it->advice.empty());
  }
  const std::string clean = on_source("IpAddress", R"(["198.18.0.0/15","2a00::/32"])");
  for (const Finding& finding : findings("Allow", clean)) CHECK(finding.id == "policy.vpc-endpoint");
  CHECK(findings("Deny", clean).empty());  // callers without aws:SourceIp are not hit
}

TEST_CASE("what else a statement depends on stands beside the class, and what a direct caller settles does not") {
  const std::string filter = on_source("NotIpAddress", R"("198.18.0.0/15")");
  const auto found = findings("Deny", filter + R"(,"StringNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/ci"},)"
                                               R"("Bool":{"aws:ViaAWSService":"false"})");
  REQUIRE(has(found, "policy.loses-access-deny"));
  CHECK(found[0].summary.ends_with("where its other conditions hold"));
  REQUIRE(found[0].evidence.size() == 2);
  CHECK(found[0].evidence[1].starts_with("depends on StringNotLike, line 1: \"aws:PrincipalArn\""));
  CHECK(findings("Deny", filter)[0].evidence.size() == 1);
}

TEST_CASE("a Deny on addresses also hits callers that have none, unless they are exempt") {
  const std::string filter = on_source("NotIpAddress", R"(["198.18.0.0/15","2a00::/32"])");
  CHECK(has(findings("Deny", filter), "policy.vpc-endpoint"));
  CHECK_FALSE(has(findings("Deny", filter + R"(,"Null":{"aws:SourceVpce":"true"})"), "policy.vpc-endpoint"));
}

TEST_CASE("a registry policy's scope is pointed out where it filters addresses") {
  const std::string text = samples::policy("Deny", on_source("NotIpAddress", R"("198.18.0.0/15")"));
  CHECK(has(audit(samples::document(text, PolicyType::registry)), "policy.registry-scope"));
  CHECK_FALSE(has(audit(samples::document(text)), "policy.registry-scope"));
}

TEST_CASE("in an endpoint policy aws:SourceIp favours no family, and aws:VpcSourceIp does") {
  const auto of = [](const std::string& condition) {
    return exit_code(audit(samples::document(samples::policy("Deny", condition), PolicyType::endpoint)));
  };
  CHECK(of(on_source("NotIpAddress", R"("198.18.0.0/15")")) == 0);
  CHECK(of(R"("NotIpAddress":{"aws:VpcSourceIp":"10.0.0.0/8"})") == 2);
}

TEST_CASE("two statements of one scope can speak for one family each") {
  const auto two = [](const std::string& first, const std::string& second) {
    return exit_code(audit(samples::document(R"({"Statement":[)" + first + "," + second + "]}")));
  };
  const auto allow = [](const std::string& prefix) {
    return samples::statement("Allow", on_source("IpAddress", "\"" + prefix + "\""));
  };
  const auto deny = [](const std::string& prefix) {
    return samples::statement("Deny", on_source("IpAddress", "\"" + prefix + "\""));
  };
  CHECK(two(allow("198.18.0.0/15"), allow("2a00::/32")) == 0);
  CHECK(two(deny("198.18.0.0/15"), deny("2a00::/32")) == 0);
  // Not when the other one is about something else, or asks for more.
  CHECK(two(allow("198.18.0.0/15"),
            R"({"Effect":"Allow","Action":"ecr:GetAuthorizationToken","Resource":"*","Condition":{)" +
                on_source("IpAddress", R"("2a00::/32")") + "}}") == 2);
  CHECK(two(allow("198.18.0.0/15"),
            samples::statement("Allow", on_source("IpAddress", R"("2a00::/32")") +
                                            R"(,"Bool":{"aws:MultiFactorAuthPresent":"true"})")) == 2);
  // Nothing makes up for an explicit deny.
  CHECK(two(samples::statement("Deny", on_source("NotIpAddress", R"("198.18.0.0/15")")), allow("2a00::/32")) == 2);
}

TEST_CASE("evidence is quoted from the document with its line, long lists cut short") {
  std::string list;
  for (int i = 0; i < 40; ++i) list += R"("203.0.113.0/33",)";
  const auto found = findings("Allow", on_source("IpAddress", "[" + list + "\n\"198.18.0.0/15\"]"));
  REQUIRE_FALSE(found.empty());
  CHECK(found[0].id == "policy.invalid-cidr");
  CHECK(found[0].evidence.front() == "line 1: \"203.0.113.0/33\"");
  CHECK(found[0].evidence.size() == 11);
  CHECK(found[0].evidence.back() == "and 30 more");
}

TEST_CASE("ECR's own example policies break") {
  const std::string deny =
      R"({"Version":"2008-10-17","Id":"new policy","Statement":[{"Sid":"IPAllow","Effect":"Deny",)"
      R"("Principal":"*","Action":"ecr:*","Condition":{"NotIpAddress":{"aws:SourceIp":"54.240.143.0/24"}}}]})";
  CHECK(classes(deny) == "loses_access_deny");
  const std::string allow = R"({"Version":"2012-10-17","Statement":[{"Sid":"IPAllow","Effect":"Allow","Principal":"*",)"
                            R"("Action":"ecr:*","Condition":{"IpAddress":{"aws:SourceIp":"54.240.143.0/24"}}}]})";
  CHECK(classes(allow) == "loses_access");
}
