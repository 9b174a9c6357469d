#include "ecr6/aws/names.hpp"

#include <doctest/doctest.h>

using namespace ecr6;
using namespace ecr6::aws;

namespace {

std::string dual(Role role, const Place& place) {
  const auto endpoint = dual_stack_endpoint(role, place);
  return endpoint ? endpoint->name : "";
}

std::string current(Role role, const Place& place) {
  const auto endpoints = current_endpoints(role, place);
  return endpoints.empty() ? "" : endpoints.front().name;
}

}  // namespace

TEST_CASE("API names are those of botocore's rule set, in every partition") {
  struct Row {
    const char* region;
    const char* plain;
    const char* dual;
    const char* fips;
    const char* fips_dual;
  };
  const Row rows[] = {
      {"us-west-2", "api.ecr.us-west-2.amazonaws.com", "ecr.us-west-2.api.aws", "api.ecr-fips.us-west-2.amazonaws.com",
       "ecr-fips.us-west-2.api.aws"},
      {"us-gov-west-1", "api.ecr.us-gov-west-1.amazonaws.com", "ecr.us-gov-west-1.api.aws",
       "api.ecr-fips.us-gov-west-1.amazonaws.com", "ecr-fips.us-gov-west-1.api.aws"},
      {"cn-north-1", "api.ecr.cn-north-1.amazonaws.com.cn", "ecr.cn-north-1.api.amazonwebservices.com.cn",
       "api.ecr-fips.cn-north-1.amazonaws.com.cn", "ecr-fips.cn-north-1.api.amazonwebservices.com.cn"},
      {"eusc-de-east-1", "api.ecr.eusc-de-east-1.amazonaws.eu", "ecr.eusc-de-east-1.api.amazonwebservices.eu",
       "api.ecr-fips.eusc-de-east-1.amazonaws.eu", "ecr-fips.eusc-de-east-1.api.amazonwebservices.eu"},
      {"us-iso-east-1", "api.ecr.us-iso-east-1.c2s.ic.gov", "ecr.us-iso-east-1.api.aws.ic.gov",
       "api.ecr-fips.us-iso-east-1.c2s.ic.gov", "ecr-fips.us-iso-east-1.api.aws.ic.gov"},
      {"us-isob-east-1", "api.ecr.us-isob-east-1.sc2s.sgov.gov", "ecr.us-isob-east-1.api.aws.scloud",
       "api.ecr-fips.us-isob-east-1.sc2s.sgov.gov", "ecr-fips.us-isob-east-1.api.aws.scloud"},
      {"eu-isoe-west-1", "api.ecr.eu-isoe-west-1.cloud.adc-e.uk", "ecr.eu-isoe-west-1.api.cloud-aws.adc-e.uk",
       "api.ecr-fips.eu-isoe-west-1.cloud.adc-e.uk", "ecr-fips.eu-isoe-west-1.api.cloud-aws.adc-e.uk"},
      {"us-isof-south-1", "api.ecr.us-isof-south-1.csp.hci.ic.gov", "ecr.us-isof-south-1.api.aws.hci.ic.gov",
       "api.ecr-fips.us-isof-south-1.csp.hci.ic.gov", "ecr-fips.us-isof-south-1.api.aws.hci.ic.gov"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.region);
    CHECK(current(Role::api, {row.region, {}, false}) == row.plain);
    CHECK(dual(Role::api, {row.region, {}, false}) == row.dual);
    CHECK(current(Role::api, {row.region, {}, true}) == row.fips);
    CHECK(dual(Role::api, {row.region, {}, true}) == row.fips_dual);
  }
}

TEST_CASE("the FIPS API has two IPv4-only spellings, the one of today's SDKs first") {
  const auto endpoints = current_endpoints(Role::api, {"us-gov-east-1", {}, true});
  REQUIRE(endpoints.size() == 2);
  CHECK(endpoints[0].name == "api.ecr-fips.us-gov-east-1.amazonaws.com");
  CHECK(endpoints[1].name == "ecr-fips.us-gov-east-1.amazonaws.com");
  CHECK(endpoints[1].fips);
}

TEST_CASE("a name that is generated without confirmation says so") {
  struct Row {
    Role role;
    const char* region;
    bool fips;
    bool dual_confirmed;
    bool current_confirmed;
  };
  const Row rows[] = {
      {Role::api, "us-west-2", false, true, true},         {Role::api, "us-west-2", true, true, true},
      {Role::api, "eu-west-1", true, false, false},        {Role::api, "cn-north-1", false, true, true},
      {Role::api, "cn-north-1", true, false, false},       {Role::api, "eusc-de-east-1", false, false, true},
      {Role::api, "us-iso-east-1", false, false, true},    {Role::api, "ap-east-2", false, false, true},
      {Role::registry, "us-gov-west-1", true, true, true}, {Role::registry, "us-iso-east-1", false, true, true},
      {Role::registry, "cn-north-1", true, false, false},  {Role::public_api, "us-east-1", false, true, true},
      {Role::public_api, "us-west-2", false, false, true}, {Role::public_api, "us-east-1", true, false, false},
  };
  for (const Row& row : rows) {
    const Place place{row.region, {}, row.fips};
    CAPTURE(row.region);
    CAPTURE(to_string(row.role));
    CHECK(dual_stack_endpoint(row.role, place)->confirmed == row.dual_confirmed);
    CHECK(current_endpoints(row.role, place).front().confirmed == row.current_confirmed);
  }
}

TEST_CASE("registries carry the account, or the placeholder that is nobody's") {
  const auto own = dual_stack_endpoint(Role::registry, {"us-west-2", "210987654321", false});
  CHECK(own->name == "210987654321.dkr-ecr.us-west-2.on.aws");
  CHECK(own->account == "210987654321");
  const auto placeholder = dual_stack_endpoint(Role::registry, {"us-west-2", {}, false});
  CHECK(placeholder->name == "123456789012.dkr-ecr.us-west-2.on.aws");
  CHECK_FALSE(placeholder->account);
}

TEST_CASE("what cannot be named is left out") {
  CHECK(dual(Role::registry, {"eusc-de-east-1", {}, false}) == "");
  CHECK(dual(Role::other, {"us-west-2", {}, false}) == "");
  CHECK(dual(Role::api, {"nowhere", {}, false}) == "");
  CHECK(current_endpoints(Role::public_layers, {"us-east-1", {}, false}).empty());
}

TEST_CASE("buckets and the public registry have no FIPS spelling of their own") {
  const Place place{"us-gov-west-1", {}, true};
  CHECK(dual(Role::layers, place) ==
        "prod-us-gov-west-1-starport-layer-bucket.s3.dualstack.us-gov-west-1.amazonaws.com");
  CHECK_FALSE(dual_stack_endpoint(Role::layers, place)->fips);
  CHECK_FALSE(dual_stack_endpoint(Role::public_registry, place)->fips);
  CHECK(dual(Role::public_api, {"us-east-1", {}, true}) == "api.ecr-public-fips.us-east-1.api.aws");
}
