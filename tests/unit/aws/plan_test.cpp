#include "ecr6/aws/plan.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

using namespace ecr6;
using namespace ecr6::aws;

namespace {

Plan planned(const std::vector<std::string>& texts, const PlanOptions& options = {}) {
  std::vector<Target> targets;
  for (const std::string& text : texts) targets.push_back(*parse_target(text));
  return *plan(targets, options);
}

/// One line per endpoint: the name, `:port` unless 443, `!` when it decides readiness.
std::vector<std::string> outline(const Plan& plan) {
  std::vector<std::string> lines;
  for (const PlannedEndpoint& p : plan.endpoints)
    lines.push_back(p.endpoint.name + (p.endpoint.port == 443 ? "" : fmt::format(":{}", p.endpoint.port)) +
                    (p.required ? " !" : ""));
  return lines;
}

const std::string registry_dual = "210987654321.dkr-ecr.us-west-2.on.aws";
const std::string registry_current = "210987654321.dkr.ecr.us-west-2.amazonaws.com";
const std::string layers_dual = "prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com";
const std::string layers_current = "prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com";
const std::string api_dual = "ecr.us-west-2.api.aws";
const std::string api_current = "api.ecr.us-west-2.amazonaws.com";

}  // namespace

TEST_CASE("each kind of target is planned as the design says") {
  struct Row {
    const char* target;
    std::vector<std::string> endpoints;
  };
  const std::vector<std::string> whole_region{api_dual + " !",  api_current, registry_dual + " !",
                                              registry_current, layers_dual, layers_current};
  const std::vector<std::string> whole_registry{registry_dual + " !", registry_current, api_dual + " !",
                                                api_current,          layers_dual,      layers_current};
  const Row rows[] = {
      {"210987654321@us-west-2", whole_region},
      {"210987654321.dkr.ecr.us-west-2.amazonaws.com", whole_registry},
      {"210987654321.dkr-ecr.us-west-2.on.aws/app:1", whole_registry},
      {"ecr.us-west-2.api.aws", {api_dual + " !", api_current}},
      {"https://api.ecr.us-west-2.amazonaws.com/", {api_dual + " !", api_current}},
      {"ecr.us-west-2.amazonaws.com", {api_dual + " !", "ecr.us-west-2.amazonaws.com", api_current}},
      {"ecr-fips.us-west-2.amazonaws.com",
       {"ecr-fips.us-west-2.api.aws !", "ecr-fips.us-west-2.amazonaws.com", "api.ecr-fips.us-west-2.amazonaws.com"}},
      {"api.ecr.us-west-2.api.aws", {"api.ecr.us-west-2.api.aws", api_dual + " !", api_current}},
      {"ecr.us-west-2.api.aws:8443", {api_dual + ":8443 !", api_current + ":8443"}},
      {"public",
       {"ecr-public.us-east-1.api.aws !", "api.ecr-public.us-east-1.amazonaws.com", "ecr-public.aws.com !",
        "public.ecr.aws", "d2glxqk2uabbnd.cloudfront.net", "d5l0dvt14r5h8.cloudfront.net"}},
      {"public.ecr.aws/docker/library/alpine",
       {"ecr-public.aws.com !", "public.ecr.aws", "ecr-public.us-east-1.api.aws !",
        "api.ecr-public.us-east-1.amazonaws.com", "d2glxqk2uabbnd.cloudfront.net", "d5l0dvt14r5h8.cloudfront.net"}},
      {"registry.example:5000/app", {"registry.example:5000 !"}},
      {"vpce-0a-b.api.ecr.us-west-2.vpce.amazonaws.com", {"vpce-0a-b.api.ecr.us-west-2.vpce.amazonaws.com !"}},
      {layers_current.c_str(), {layers_dual, layers_current}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.target);
    CHECK(outline(planned({row.target})) == row.endpoints);
  }
}

TEST_CASE("without an account the registry stands under the placeholder, said once") {
  const Plan plan = planned({"us-west-2", "eu-west-1", "dkr.ecr.us-east-1.amazonaws.com"});
  CHECK(std::count_if(plan.remarks.begin(), plan.remarks.end(),
                      [](const auto& note) { return note.find("placeholder") != note.npos; }) == 1);
  for (const PlannedEndpoint& p : plan.endpoints) {
    CAPTURE(p.endpoint.name);
    CHECK_FALSE(p.endpoint.account);
    CHECK(p.placeholder_account == (p.endpoint.role == Role::registry));
    if (p.endpoint.role == Role::registry) CHECK(p.endpoint.name.starts_with("123456789012.dkr"));
  }
}

TEST_CASE("options choose roles, kinds, account, FIPS and port") {
  PlanOptions options;
  options.account = "210987654321";
  options.only = {Role::registry};
  CHECK(outline(planned({"us-west-2"}, options)) == std::vector{registry_dual + " !", registry_current});
  options.current = false;
  CHECK(outline(planned({"us-west-2"}, options)) == std::vector{registry_dual + " !"});
  options = {};
  options.fips = true;
  options.only = {Role::api};
  options.port = 8443;
  CHECK(outline(planned({"us-west-2"}, options)) ==
        std::vector<std::string>{"ecr-fips.us-west-2.api.aws:8443 !", "api.ecr-fips.us-west-2.amazonaws.com:8443",
                                 "ecr-fips.us-west-2.amazonaws.com:8443"});
  CHECK_FALSE(plan({*parse_target("public")}, {.only = {Role::registry}}).has_value());
}

TEST_CASE("--no-current keeps a wrong name, which has no use but to be probed as given") {
  CHECK(outline(
            planned({"210987654321.dkr-ecr.us-west-2.amazonaws.com"}, {.only = {Role::registry}, .current = false})) ==
        std::vector<std::string>{"210987654321.dkr-ecr.us-west-2.amazonaws.com", registry_dual + " !"});
}

TEST_CASE("several targets share their endpoints") {
  const Plan plan = planned({"us-west-2", "ecr.us-west-2.api.aws", "us-west-2"});
  CHECK(plan.endpoints.size() == 6);
  CHECK(plan.endpoints.front().because == std::vector<Because>{{Reason::of_target, "us-west-2"}, {Reason::named, {}}});
}

TEST_CASE("all is the API and the registry of every listed region of the partition") {
  CHECK(planned({"all"}).endpoints.size() == 34 * 4);
  CHECK(planned({"all"}, {.current = false, .partition = "aws-cn"}).endpoints.size() == 2 * 2);
}

TEST_CASE("what a reader has to know is noted") {
  const auto notes = [](const std::string& target) { return join(all_notes(planned({target})), "\n"); };
  CHECK(notes("eusc-de-east-1").find("dual-stack registry of aws-eusc is left out") != std::string::npos);
  CHECK(notes("eusc-de-east-1").find("unconfirmed names") != std::string::npos);
  CHECK(notes("us-west-2").find("unconfirmed") == std::string::npos);
  CHECK(notes("us-wset-2").find("did you mean us-west-2?") != std::string::npos);
  CHECK(notes("registry.example").find("is not an ECR name") != std::string::npos);
  CHECK(notes("vpce-0a-b.api.ecr.us-west-2.vpce.amazonaws.com").find("VPC endpoint") != std::string::npos);
  CHECK(notes("api.ecr.us-west-2.api.aws").find("the right one is ecr.us-west-2.api.aws") != std::string::npos);
  CHECK(notes("ecr-fips.us-west-2.amazonaws.com").find("use api.ecr-fips.us-west-2.amazonaws.com") !=
        std::string::npos);
}

TEST_CASE("what a run has findings for is a remark, the rest a note") {
  CHECK(planned({"us-west-2"}).notes.empty());
  CHECK(planned({"us-west-2"}).remarks.size() == 1);  // the placeholder account
  CHECK(planned({"api.ecr.us-west-2.api.aws"}).notes.empty());
  CHECK(planned({"ecr.us-west-2.amazonaws.com"}).remarks.size() == 1);
  CHECK(planned({"ecr-fips.us-west-2.amazonaws.com"}).notes.size() == 1);
  CHECK(planned({"eusc-de-east-1"}).notes.size() == 1);
}

TEST_CASE("a wrong name never carries the verdict, the right one does") {
  const Plan plan = planned({"api.ecr.us-west-2.api.aws"}, {.only = {Role::api}, .current = false});
  REQUIRE(plan.endpoints.size() == 2);
  CHECK(plan.endpoints[0].right_name == "ecr.us-west-2.api.aws");
  CHECK_FALSE(plan.endpoints[0].required);
  CHECK(plan.endpoints[1].required);
  CHECK(to_text(plan.endpoints[1].because.front()) == "the right name for api.ecr.us-west-2.api.aws");
}
