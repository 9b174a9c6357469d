#include "ecr6/policy/decide.hpp"

#include <doctest/doctest.h>

#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::policy;

namespace {

struct Given {
  PolicyType type;
  std::string statements;
};

Decision decision(const std::vector<Given>& given, const std::string& address, std::string_view action) {
  std::vector<Document> documents;
  for (const Given& one : given)
    documents.push_back(
        samples::document(R"({"Version":"2012-10-17","Statement":[)" + one.statements + "]}", one.type));
  const Caller caller =
      address.empty() ? Caller{Path::vpc_endpoint, {}} : Caller{Path::internet, Address::parse(address)};
  for (Decision& decided : decide(documents, caller))
    if (decided.action == action) return decided;
  return {};
}

std::string outcome(const std::vector<Given>& given, const std::string& address,
                    std::string_view action = "ecr:BatchGetImage") {
  const Decision decided = decision(given, address, action);
  return std::string{decided.explicit_deny ? "explicit " : ""} + std::string{to_string(decided.outcome)};
}

const std::string v6 = "2001:db8::1";
const std::string v4 = "203.0.113.1";
const std::string allow_all = R"({"Effect":"Allow","Action":"*","Resource":"*"})";
const std::string allow_v4 = samples::statement("Allow", R"("IpAddress":{"aws:SourceIp":"203.0.113.0/24"})");
const std::string deny_others = samples::statement("Deny", R"("NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"})");
const std::string repository_deny =
    R"({"Sid":"IPAllow","Effect":"Deny","Principal":"*","Action":"ecr:*","Condition":{"NotIpAddress":{"aws:SourceIp":"203.0.113.0/24"}}})";

}  // namespace

TEST_CASE("an explicit deny anywhere wins; an Allow that does not hold is an implicit deny") {
  const Given identity{PolicyType::identity, allow_all};
  CHECK(outcome({identity}, v6) == "allow");
  CHECK(outcome({{PolicyType::identity, allow_v4}}, v6) == "deny");
  CHECK(outcome({{PolicyType::identity, allow_v4}}, v4) == "allow");
  CHECK(outcome({identity, {PolicyType::resource, repository_deny}}, v6) == "explicit deny");
  CHECK(outcome({identity, {PolicyType::resource, repository_deny}}, v4) == "allow");
  CHECK(outcome({identity, {PolicyType::resource, repository_deny}}, "") == "explicit deny");
  CHECK(outcome({identity, {PolicyType::scp, deny_others}}, v6) == "explicit deny");
  CHECK(outcome({identity, {PolicyType::scp, deny_others}}, v4) == "allow");
  CHECK(outcome({identity, {PolicyType::scp, allow_v4}}, v6) == "deny");
}

TEST_CASE("the deciding statement is named") {
  const Decision denied =
      decision({{PolicyType::identity, allow_all}, {PolicyType::resource, repository_deny}}, v6, "ecr:BatchGetImage");
  REQUIRE(denied.decided_by);
  CHECK(denied.decided_by->document == 1);
  const Decision implicit = decision({{PolicyType::identity, allow_v4}}, v6, "ecr:PutImage");
  REQUIRE(implicit.decided_by);
  CHECK(implicit.decided_by->statement == 0);
}

TEST_CASE("a policy decides only what it governs") {
  const Given identity{PolicyType::identity, allow_all};
  CHECK(outcome({identity, {PolicyType::resource, repository_deny}}, v6, "ecr:GetAuthorizationToken") == "allow");
  CHECK(outcome({identity, {PolicyType::endpoint, deny_others}}, v6) == "allow");
  CHECK(outcome({identity, {PolicyType::endpoint, allow_all}}, "") == "allow");
  CHECK(outcome({identity, {PolicyType::endpoint, allow_v4}}, "") == "deny");
  CHECK(outcome({identity, {PolicyType::registry, repository_deny}}, v6) == "depends");
  CHECK(outcome({identity, {PolicyType::registry, repository_deny}}, v4) == "allow");
  CHECK(outcome({identity, {PolicyType::registry, repository_deny}}, v6, "ecr:GetAuthorizationToken") ==
        "indeterminate");
  CHECK(outcome({identity, {PolicyType::registry, repository_deny}}, v6, "ecr-public:PutImage") == "allow");
}

TEST_CASE("what the documents do not tell is carried, not assumed") {
  const std::string org = samples::statement("Allow", R"("StringEquals":{"aws:PrincipalOrgID":"o-1"})");
  const Decision depends = decision({{PolicyType::identity, org}}, v6, "ecr:BatchGetImage");
  CHECK(depends.outcome == Outcome::depends);
  REQUIRE(depends.reasons.size() == 1);
  CHECK(depends.reasons[0] == "StringEquals aws:PrincipalOrgID");
  CHECK(outcome({{PolicyType::resource, repository_deny}}, v4) == "depends");  // nobody has said that it is allowed
  const std::string one =
      R"({"Effect":"Allow","Action":"ecr:*","Resource":"arn:aws:ecr:us-west-2:123456789012:repository/app"})";
  CHECK(outcome({{PolicyType::identity, one}}, v6) == "depends");
  CHECK(outcome({{PolicyType::identity, one}}, v6, "ecr:GetAuthorizationToken") == "deny");
  const std::string principal = R"({"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::1:root"},"Action":"ecr:*"})";
  CHECK(outcome({{PolicyType::resource, principal}}, v6) == "depends");
  const std::string service = R"({"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"ecr:*"})";
  CHECK(outcome({{PolicyType::resource, service}}, v6) == "deny");
  const std::string junk = samples::statement("Deny", R"("NotIpAddress":{"aws:SourceIp":"not-a-cidr"})");
  CHECK(outcome({{PolicyType::identity, allow_all + "," + junk}}, v6) == "indeterminate");
  CHECK(outcome({{PolicyType::identity, allow_all + R"(,{"Effect":"Deny","Action":"*","Condition":[]})"}}, v6) ==
        "indeterminate");
}

TEST_CASE("a caller that AWS would see otherwise is pointed out") {
  for (const char* address : {"::ffff:203.0.113.5", "64:ff9b::1", "10.0.0.1", "fd00::1", "fe80::1"}) {
    CAPTURE(address);
    CHECK(caveats({}, Caller{Path::internet, Address::parse(address)}).size() == 1);
  }
  CHECK(caveats({}, Caller{Path::internet, Address::parse("2a00::1")}).empty());
}
