#include "ecr6/policy/suggest.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "ecr6/policy/report.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::policy;

namespace {

const std::vector<Prefix> one{*Prefix::parse("2a00:1234::/56")};
const std::vector<Prefix> two{*Prefix::parse("2a00:1234::/56"), *Prefix::parse("2a00:5678::/48")};

std::string edited(const std::string& text, const std::vector<Prefix>& prefixes = one) {
  const Contents contents = samples::read(text);
  std::vector<const Document*> documents;
  for (const Document& document : contents.documents) documents.push_back(&document);
  return suggest_for("test.json", text, documents, prefixes).text;
}

/// The worst exit code over all documents of a text; 3 with a problem.
int audited(const std::string& text) {
  const Contents contents = samples::read(text);
  int worst = contents.problems.empty() ? 0 : 3;
  for (const Document& document : contents.documents)
    worst = std::max({worst, exit_code(audit(document)), document.problems.empty() ? 0 : 3});
  return worst;
}

std::string on_source(const std::string& op, const std::string& values) {
  return "\"" + op + R"(":{"aws:SourceIp":)" + values + "}";
}

}  // namespace

TEST_CASE("prefixes go into the list that leaves IPv6 callers out, in the list's own layout") {
  struct Row {
    const char* before;
    const char* after;
  };
  const Row rows[] = {
      {R"("198.18.0.0/15")", R"(["198.18.0.0/15", "2a00:1234::/56", "2a00:5678::/48"])"},
      {R"(["198.18.0.0/15"])", R"(["198.18.0.0/15", "2a00:1234::/56", "2a00:5678::/48"])"},
      {R"([ "198.18.0.0/15" ])", R"([ "198.18.0.0/15", "2a00:1234::/56", "2a00:5678::/48" ])"},
      {R"(["198.18.0.0/15","192.88.0.0/24"])",
       R"(["198.18.0.0/15","192.88.0.0/24","2a00:1234::/56","2a00:5678::/48"])"},
      {"[\r\n\t\"198.18.0.0/15\",\r\n\t\"192.88.0.0/24\"\r\n]",
       "[\r\n\t\"198.18.0.0/15\",\r\n\t\"192.88.0.0/24\",\r\n\t\"2a00:1234::/56\",\r\n\t\"2a00:5678::/48\"\r\n]"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.before);
    for (const auto& [effect, op] : {std::pair{"Allow", "IpAddress"}, {"Deny", "NotIpAddress"}})
      CHECK(edited(samples::policy(effect, on_source(op, row.before)), two) ==
            samples::policy(effect, on_source(op, row.after)));
  }
}

TEST_CASE("lists of both families, of other statements and of other conditions stay as they are") {
  for (const auto& [effect, condition] : {
           std::pair{"Allow", on_source("IpAddress", R"(["198.18.0.0/15","2a00::/32"])")},
           {"Deny", on_source("NotIpAddress", R"(["198.18.0.0/15","2a00::/32"])")},
           {"Allow", R"("StringEquals":{"aws:PrincipalOrgID":"o-1"})"},
           {"Allow", on_source("StringEquals", R"("198.18.0.1")")},
       }) {
    CAPTURE(condition);
    CHECK(edited(samples::policy(effect, condition)) == samples::policy(effect, condition));
  }
  const std::string s3 =
      R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*","Condition":{"IpAddress":{"aws:SourceIp":"198.18.0.0/15"}}}})";
  CHECK(edited(s3) == s3);
}

TEST_CASE("of several lists, ANDed, each gets the prefixes that it lacks") {
  const std::string first = on_source("IpAddress", R"(["198.18.0.0/15","2a00:9::/48"])") + ",";
  const std::string after = on_source("IpAddress", R"(["198.18.0.0/15","2a00:9::/48","2a00:1234::/56"])") + ",";
  const std::string exception = on_source("NotIpAddress", R"("2a00:9::/32")");
  CHECK(edited(samples::policy("Allow", first + exception)) == samples::policy("Allow", after + exception));
  CHECK(edited(samples::policy("Allow", first + on_source("ForAnyValue:IpAddress", R"("198.18.0.0/15")"))) ==
        samples::policy("Allow", after + on_source("ForAnyValue:IpAddress", R"(["198.18.0.0/15", "2a00:1234::/56"])")));
  const std::string wide = on_source("IpAddress", R"(["198.18.0.0/15","2a00::/16"])");
  CHECK(
      edited(samples::policy("Allow", wide + "," + on_source("IpAddressIfExists", R"(["198.18.0.0/15"])"))) ==
      samples::policy("Allow", wide + "," + on_source("IpAddressIfExists", R"(["198.18.0.0/15", "2a00:1234::/56"])")));
}

TEST_CASE("an exception inside an Allow is left alone; only the list that lets callers in grows") {
  const std::string condition =
      on_source("IpAddress", R"("198.18.0.0/15")") + "," + on_source("NotIpAddress", R"("198.18.7.7/32")");
  CHECK(edited(samples::policy("Allow", condition)) ==
        samples::policy("Allow", on_source("IpAddress", R"(["198.18.0.0/15", "2a00:1234::/56"])") + "," +
                                     on_source("NotIpAddress", R"("198.18.7.7/32")")));
}

TEST_CASE("a block list gets a statement of its own beside it, with the same scope and further conditions") {
  const std::string text =
      R"({"Statement":[{"Sid":"Block","Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{)"
      R"("NotIpAddress":{"aws:SourceIp":"198.18.0.0/15"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]})";
  CHECK(edited(text, two) ==
        R"({"Statement":[{"Sid":"Block","Effect":"Allow","Action":"ecr:*","Resource":"*","Condition":{)"
        R"("NotIpAddress":{"aws:SourceIp":"198.18.0.0/15"},"Bool":{"aws:MultiFactorAuthPresent":"true"}}}, )"
        R"({"Sid": "BlockIPv6", "Effect": "Deny", "Action":"ecr:*", "Resource":"*", "Condition": {)"
        R"("Bool": {"aws:MultiFactorAuthPresent":"true"}, "IpAddress": {"aws:SourceIp": "::/0"}, )"
        R"("NotIpAddress": {"aws:SourceIp": ["2a00:1234::/56", "2a00:5678::/48"]}}}]})");
}

TEST_CASE("an edit inside an escaped or percent-encoded policy is packed like its surroundings") {
  const std::string inner = samples::policy("Allow", on_source("IpAddress", R"("198.18.0.0/15")"));
  std::string escaped;
  for (const char c : inner) escaped += c == '"' ? std::string{"\\\""} : std::string(1, c);
  const std::string text = edited("{\"policyText\": \"" + escaped + "\"}\n");
  CHECK(text.find(R"([\"198.18.0.0/15\", \"2a00:1234::/56\"])") != text.npos);
  CHECK(audited(text) == 0);
  const std::string url = edited(
      "%7B%22Statement%22:%7B%22Effect%22:%22Allow%22,%22Action%22:%22*%22,%22Resource%22:%22*%22,%22Condition%22:"
      "%7B%22IpAddress%22:%7B%22aws:SourceIp%22:%22198.18.0.0%2F15%22%7D%7D%7D%7D");
  CHECK(url.find("%5B%22198.18.0.0%2F15%22%2C%20%222a00%3A1234%3A%3A%2F56%22%5D") != url.npos);
  CHECK(audited(url) == 0);
}

TEST_CASE("an audit of the suggestion comes out clean, whatever the document looked like") {
  std::mt19937 random{20260822};
  const auto pick = [&](const std::vector<std::string>& from) { return from[random() % from.size()]; };
  const std::vector<std::string> effects{"Allow", "Deny"};
  const std::vector<std::string> operators{"IpAddress", "NotIpAddress", "IpAddressIfExists", "NotIpAddressIfExists"};
  const std::vector<std::string> lists{R"("198.18.0.0/15")", R"(["198.18.0.0/15"])",
                                       "[\n  \"198.18.0.0/15\",\n  \"198.51.0.0/16\" ]",
                                       R"(["198.18.0.0/15","2a00::/32"])", R"("\u0031\u00398.18.0.0/15")"};
  const std::vector<std::string> further{"", R"(,"StringEquals":{"aws:PrincipalOrgID":"o-1"})",
                                         R"(,"Bool": {"aws:ViaAWSService": "false"})",
                                         R"(,"StringNotEqualsIfExists":{"aws:SourceVpc":["vpc-1"]})"};
  const std::vector<std::string> scopes{
      R"("Action":"ecr:*","Resource":"*")", R"("NotAction":["iam:*"],"Resource":"*")",
      R"("Principal":"*","Action":["ecr:BatchGetImage"])", R"("Sid":"S","Action":"s3:*","Resource":"*")",
      R"("Sid":"A\"b","Principal":{"AWS":["arn:aws:iam::1:root"]},"Action":"*","Resource":"*")"};
  int mended = 0;
  for (int i = 0; i < 500; ++i) {
    std::string text = "{\n\"Statement\": [";
    const int count = 1 + static_cast<int>(random() % 3);
    for (int s = 0; s < count; ++s) {
      const std::string op = pick(operators);
      text += std::string{s > 0 ? "," : ""} + (random() % 2 == 0 ? "\n  {\n    " : "{") + "\"Effect\":\"" +
              pick(effects) + "\"," + pick(scopes) + ",\"Condition\":{" + on_source(op, pick(lists)) + pick(further) +
              "}}";
    }
    text += "\n]}";
    CAPTURE(text);
    REQUIRE(audited(text) != 3);
    const std::string result = edited(text);
    CAPTURE(result);
    REQUIRE(audited(result) == 0);
    REQUIRE(edited(result) == result);
    mended += audited(text) == 2 ? 1 : 0;
  }
  CHECK(mended > 300);
}

TEST_CASE("what may be suggested") {
  struct Row {
    const char* text;
    bool plain;
    bool forced;
  };
  const Row rows[] = {
      {"2a00:1234::/56", true, true}, {"2001:db8::/32", true, true},
      {"2a00::/31", false, true},     {"::/0", false, true},
      {"2a00::1/128", false, true},   {"fd00::/48", false, true},
      {"2a00::1/64", false, false},   {"192.0.2.0/24", false, false},
      {"64:ff9b::/96", false, false}, {"::ffff:0:0/96", false, false},
      {"fe80::/64", false, false},    {"2a00::", false, false},
      {"2a00::/129", false, false},   {"", false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    CHECK(suggestable_prefix(row.text, false).prefix.has_value() == row.plain);
    CHECK(suggestable_prefix(row.text, true).prefix.has_value() == row.forced);
    CHECK(suggestable_prefix(row.text, false).refusal.empty() == row.plain);
  }
}
