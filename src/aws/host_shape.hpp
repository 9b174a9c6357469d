#pragma once

#include <optional>
#include <string_view>

#include "ecr6/core/words.hpp"

namespace ecr6::aws {

/// A host of ECR's shape, taken apart before anything is checked against accounts and regions.
struct HostShape {
  Role role{Role::other};
  Addressing addressing{};
  std::string_view label;  ///< what stands before the service: an account, an interface endpoint's id; may be empty
  std::string_view region;
  bool fips{};
  bool vpce{};
};

/// Empty for a host that no spelling of an ECR name, right or wrong, could have. Lower case, no final dot; the views
/// point into `host`. The names without a region (`public.ecr.aws`, CloudFront) are not covered.
[[nodiscard]] std::optional<HostShape> shape_of(std::string_view host);

/// The two conflicting spellings that clients have for the dual-stack registries of aws-eusc.
inline constexpr std::string_view eusc_registry_guesses[] = {"on.amazonwebservices.eu", "amazonwebservices.eu"};

}  // namespace ecr6::aws
