#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/problem.hpp"

namespace ecr6::aws {

/// `us-west-2`, `123456789012@us-west-2`.
struct RegionTarget {
  std::string region;
  std::optional<std::string> account;
};
/// `public`: ECR Public.
struct PublicTarget {};
/// `all`: every listed region of the partition.
struct AllTarget {};
/// A registry host, an image reference, an API host, a URL, or any other host. Userinfo, path, tag and digest are
/// read and dropped.
struct HostTarget {
  std::string host;                   ///< lower case, no final dot; or an address literal without brackets
  std::optional<std::uint16_t> port;  ///< empty when the text names none
  std::optional<EcrName> name;        ///< empty when the host is not ECR's
};

using Target = std::variant<RegionTarget, PublicTarget, AllTarget, HostTarget>;

/// Reads one target. The host is cut out first and then matched as a whole. The problem names the text and what is
/// wrong with it: a misspelled or pseudo-region, an account that is not 12 digits, a bad port, host or image reference.
[[nodiscard]] Expected<Target> parse_target(std::string_view text);

}  // namespace ecr6::aws
