#include "ecr6/aws/recognise.hpp"

#include <doctest/doctest.h>

#include "ecr6/aws/partitions.hpp"

using namespace ecr6;
using namespace ecr6::aws;

TEST_CASE("each spelling of an ECR name is recognised for what it is") {
  struct Row {
    const char* host;
    Role role;
    Spelling spelling;
    const char* dual_stack_twin;
    const char* right_name;
  };
  const Row rows[] = {
      {"api.ecr.us-west-2.amazonaws.com", Role::api, Spelling::standard, "ecr.us-west-2.api.aws", ""},
      {"ecr.us-west-2.api.aws", Role::api, Spelling::standard, "", ""},
      {"ecr.us-west-2.amazonaws.com", Role::api, Spelling::alternate, "ecr.us-west-2.api.aws",
       "api.ecr.us-west-2.amazonaws.com"},
      {"api.ecr-fips.us-gov-west-1.amazonaws.com", Role::api, Spelling::standard, "ecr-fips.us-gov-west-1.api.aws", ""},
      {"ecr-fips.us-gov-west-1.amazonaws.com", Role::api, Spelling::alternate, "ecr-fips.us-gov-west-1.api.aws",
       "api.ecr-fips.us-gov-west-1.amazonaws.com"},
      {"ecr-fips.us-gov-west-1.api.aws", Role::api, Spelling::standard, "", ""},
      {"123456789012.dkr.ecr.us-west-2.amazonaws.com", Role::registry, Spelling::standard,
       "123456789012.dkr-ecr.us-west-2.on.aws", ""},
      {"123456789012.DKR.ECR.US-West-2.AmazonAWS.com.", Role::registry, Spelling::standard,
       "123456789012.dkr-ecr.us-west-2.on.aws", ""},
      {"123456789012.dkr.ecr-fips.us-east-1.amazonaws.com", Role::registry, Spelling::standard,
       "123456789012.dkr-ecr-fips.us-east-1.on.aws", ""},
      {"123456789012.dkr-ecr.cn-north-1.on.amazonwebservices.com.cn", Role::registry, Spelling::standard, "", ""},
      {"123456789012.dkr-ecr.eu-isoe-west-1.on.cloud-aws.adc-e.uk", Role::registry, Spelling::standard, "", ""},
      {"123456789012.dkr.ecr.eusc-de-east-1.amazonaws.eu", Role::registry, Spelling::standard, "", ""},
      {"123456789012.dkr-ecr.eusc-de-east-1.on.amazonwebservices.eu", Role::registry, Spelling::unconfirmed, "", ""},
      {"123456789012.dkr-ecr.eusc-de-east-1.amazonwebservices.eu", Role::registry, Spelling::unconfirmed, "", ""},
      {"dkr.ecr.us-west-2.amazonaws.com", Role::registry, Spelling::bare, "dkr-ecr.us-west-2.on.aws", ""},
      {"dkr-ecr-fips.us-west-2.on.aws", Role::registry, Spelling::bare, "", ""},
      {"public.ecr.aws", Role::public_registry, Spelling::standard, "ecr-public.aws.com", ""},
      {"ecr-public.aws.com", Role::public_registry, Spelling::standard, "", ""},
      {"api.ecr-public.us-east-1.amazonaws.com", Role::public_api, Spelling::standard, "ecr-public.us-east-1.api.aws",
       ""},
      {"ecr-public.us-east-1.amazonaws.com", Role::public_api, Spelling::alternate, "ecr-public.us-east-1.api.aws",
       "api.ecr-public.us-east-1.amazonaws.com"},
      {"prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com", Role::layers, Spelling::standard,
       "prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com", ""},
      {"prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com", Role::layers, Spelling::standard,
       "", ""},
      {"d2glxqk2uabbnd.cloudfront.net", Role::public_layers, Spelling::standard, "", ""},
      {"vpce-0a1b-xyz.api.ecr.us-west-2.vpce.amazonaws.com", Role::api, Spelling::vpc_endpoint, "", ""},
      {"vpce-0a1b-xyz-us-west-2a.dkr.ecr.us-west-2.vpce.amazonaws.com", Role::registry, Spelling::vpc_endpoint, "", ""},
      {"api.ecr.us-west-2.api.aws", Role::api, Spelling::wrong, "ecr.us-west-2.api.aws", "ecr.us-west-2.api.aws"},
      {"api.ecr-fips.us-west-2.api.aws", Role::api, Spelling::wrong, "ecr-fips.us-west-2.api.aws",
       "ecr-fips.us-west-2.api.aws"},
      {"api.ecr.cn-north-1.api.amazonwebservices.com.cn", Role::api, Spelling::wrong,
       "ecr.cn-north-1.api.amazonwebservices.com.cn", "ecr.cn-north-1.api.amazonwebservices.com.cn"},
      {"api.ecr-public.us-east-1.api.aws", Role::public_api, Spelling::wrong, "ecr-public.us-east-1.api.aws",
       "ecr-public.us-east-1.api.aws"},
      {"123456789012.dkr.ecr.us-west-2.on.aws", Role::registry, Spelling::wrong,
       "123456789012.dkr-ecr.us-west-2.on.aws", "123456789012.dkr-ecr.us-west-2.on.aws"},
      {"123456789012.dkr-ecr.us-west-2.amazonaws.com", Role::registry, Spelling::wrong,
       "123456789012.dkr-ecr.us-west-2.on.aws", "123456789012.dkr-ecr.us-west-2.on.aws"},
      {"api.ecr.cn-north-1.amazonaws.com", Role::api, Spelling::wrong, "ecr.cn-north-1.api.amazonwebservices.com.cn",
       "ecr.cn-north-1.api.amazonwebservices.com.cn"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.host);
    const auto name = recognise(row.host);
    REQUIRE(name);
    CHECK(name->endpoint.role == row.role);
    CHECK(name->spelling == row.spelling);
    CHECK(name->right_name == row.right_name);
    const auto twin = dual_stack_twin(*name);
    CHECK((twin ? twin->name : "") == row.dual_stack_twin);
  }
}

TEST_CASE("what only looks like ECR is not recognised") {
  for (const char* host : {
           "",
           ".",
           "amazonaws.com",
           "api.aws",
           "ecr.api.aws",
           "123456789012.dkr.ecr.us-west-2.amazonaws.com.evil.example",
           "dkr.ecr..amazonaws.com",
           "evil.example",
           "x123456789012.dkr.ecr.us-west-2.amazonaws.com",
           "12345678901.dkr.ecr.us-west-2.amazonaws.com",
           "1234567890123.dkr.ecr.us-west-2.amazonaws.com",
           "evil.123456789012.dkr.ecr.us-west-2.amazonaws.com",
           "123456789012.dkr.ecr.us-west-2.evilamazonaws.com",
           "123456789012.dkr.ecr.us-wset-2x.amazonaws.com",
           "123456789012.dkr.ecr.aws-global.amazonaws.com",
           "123456789012.dkrXecr.us-west-2.amazonaws.com",
           "123456789012..dkr.ecr.us-west-2.amazonaws.com",
           "api.ecr.us-west-2.vpce.amazonaws.com",
           "evil.api.ecr.us-west-2.vpce.amazonaws.com",
           "evil.api.ecr.us-west-2.amazonaws.com",
           "ec2.us-west-2.amazonaws.com",
           "prod-us-west-1-starport-layer-bucket.s3.us-west-2.amazonaws.com",
           "x-prod-us-west-2-starport-layer-bucket.s3.us-west-2.amazonaws.com",
           "evil.public.ecr.aws",
           "public.ecr.aws.evil.example",
       }) {
    CAPTURE(host);
    CHECK_FALSE(recognise(host));
  }
}

TEST_CASE("a misfit names the account or the region at fault") {
  CHECK(misfit("1234.dkr.ecr.us-west-2.amazonaws.com").value().account == "1234");
  CHECK(misfit("ecr.uswest2.api.aws").value().region == "uswest2");
  CHECK_FALSE(misfit("ecr.us-west-2.api.aws"));
  CHECK_FALSE(misfit("registry.example"));
}

TEST_CASE("twins lead there and back for every role and partition") {
  for (const Partition& partition : partitions())
    for (const Role role : {Role::api, Role::registry, Role::layers, Role::public_api})
      for (const bool fips : {false, true}) {
        const Place place{std::string{partition.main_region}, "210987654321", fips};
        for (const Endpoint& current : current_endpoints(role, place)) {
          CAPTURE(current.name);
          const auto name = recognise(current.name);
          REQUIRE(name);
          CHECK(name->endpoint == current);
          CHECK(dual_stack_twin(*name) == dual_stack_endpoint(role, place));
        }
        const auto dual = dual_stack_endpoint(role, place);
        if (!dual) continue;
        CAPTURE(dual->name);
        const auto name = recognise(dual->name);
        REQUIRE(name);
        CHECK(name->endpoint == *dual);
        CHECK(current_twins(*name) == current_endpoints(role, place));
      }
}
