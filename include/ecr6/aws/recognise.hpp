#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/aws/names.hpp"
#include "ecr6/core/endpoint.hpp"

namespace ecr6::aws {

/// How an ECR host name is spelled.
enum class Spelling {
  standard,      ///< as AWS's rule set and user guide write it today
  alternate,     ///< documented, leads to the same place: `ecr.<region>.amazonaws.com`, `ecr-fips.<region>.…`
  bare,          ///< the registry service without an account: `dkr.ecr.<region>.amazonaws.com`
  vpc_endpoint,  ///< an interface endpoint's own name: `vpce-….api.ecr.<region>.vpce.amazonaws.com`
  unconfirmed,   ///< a dual-stack registry of aws-eusc, whose spelling nobody has confirmed
  wrong,         ///< looks like ECR's but is not: `api.ecr.<region>.api.aws` (botocore before 1.38.6)
};

/// An ECR host name, taken apart.
struct EcrName {
  Endpoint endpoint;  ///< as given (lower case, no final dot), port 443; `addressing` is empty for vpc_endpoint
  Spelling spelling{Spelling::standard};
  std::string right_name;  ///< what to write instead; empty for standard, vpc_endpoint and unconfirmed
};

/// The ECR name that a host is; empty for any other host. `host` is a host alone: no scheme, userinfo, port or path.
/// Anchored at both ends, in any case, with or without the final dot; `….amazonaws.com.evil.example` is not ECR.
/// Never throws; time is linear in the length.
[[nodiscard]] std::optional<EcrName> recognise(std::string_view host);

/// A host that has the shape of an ECR name, but with an account or a region that cannot be one.
struct Misfit {
  std::string account;  ///< the label that is not 12 digits; empty when that is not the fault
  std::string region;   ///< the label that no partition's pattern matches; empty when that is not the fault

  friend bool operator==(const Misfit&, const Misfit&) = default;
};
/// Empty for ECR names and for hosts that have nothing of ECR's shape.
[[nodiscard]] std::optional<Misfit> misfit(std::string_view host);

/// What the same place is called over dual-stack: same account, region and FIPS. For a bare name the bare one.
/// Empty when there is none (vpc_endpoint, aws-eusc's registry) and for a name that is dual-stack already. For a wrong
/// name, the right one.
[[nodiscard]] std::optional<Endpoint> dual_stack_twin(const EcrName& name);
/// The IPv4-only names of the same place, today's standard first. Empty for a name that is IPv4-only already (unless it
/// is a wrong one), for vpc_endpoint and for CloudFront.
[[nodiscard]] std::vector<Endpoint> current_twins(const EcrName& name);

}  // namespace ecr6::aws
