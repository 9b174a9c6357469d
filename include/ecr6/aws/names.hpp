#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/endpoint.hpp"

namespace ecr6::aws {

/// The account label under which a registry is probed when none is known: the certificate's wildcard needs one.
inline constexpr std::string_view placeholder_account = "123456789012";

/// What an endpoint name is built from.
struct Place {
  std::string region;                  ///< matches a partition's pattern; ignored by public_registry, public_layers
  std::optional<std::string> account;  ///< 12 digits; empty: the placeholder label, and Endpoint::account stays empty
  bool fips{};                         ///< layer buckets and the public registry have no FIPS spelling of their own
};

/// The dual-stack endpoint of a role. Empty for `other`, for a region of no partition, and where the spelling itself
/// is unconfirmed (the registry of aws-eusc). Names that AWS's rule set generates without confirmation have
/// `confirmed` false. Source: botocore's endpoint rule sets of ecr and ecr-public, AWS's ECR user guide.
[[nodiscard]] std::optional<Endpoint> dual_stack_endpoint(Role role, const Place& place);

/// The IPv4-only endpoints of a role, the one that SDKs use today first. More than one only for the FIPS API, which
/// has two spellings. Empty for `other`, `public_layers` and a region of no partition.
[[nodiscard]] std::vector<Endpoint> current_endpoints(Role role, const Place& place);

/// Other documented IPv4-only spellings of an API that lead to the same place: `ecr.<region>.amazonaws.com`.
[[nodiscard]] std::vector<Endpoint> alternate_endpoints(Role role, const Place& place);

/// The CloudFront hosts that serve the layers of ECR Public.
[[nodiscard]] std::vector<Endpoint> public_layer_endpoints();

}  // namespace ecr6::aws
