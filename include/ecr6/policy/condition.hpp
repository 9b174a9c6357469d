#pragma once

#include <optional>

#include "ecr6/policy/address_set.hpp"
#include "ecr6/policy/document.hpp"
#include "ecr6/policy/truth.hpp"

namespace ecr6::policy {

/// How a request reaches AWS. A request has either `aws:SourceIp` or the VPC keys, never both.
enum class Path { internet, vpc_endpoint };

/// A client that calls ECR itself, not through another AWS service: `aws:ViaAWSService` and
/// `aws:PrincipalIsAWSService` are false, `aws:CalledVia` is absent.
struct Caller {
  Path path{};
  std::optional<Address> address;  ///< empty for a VPC endpoint caller whose address in the VPC is not known
};

/// Whether one entry holds for a caller. Keys that the caller does not settle give `depends`.
[[nodiscard]] Truth truth_of(const ConditionEntry& entry, const Caller& caller);
/// All entries of a statement, ANDed; a damaged statement is indeterminate.
[[nodiscard]] Truth truth_of(const Statement& statement, const Caller& caller);

/// For which addresses of callers on this path an entry holds; what depends on other keys counts as holding.
[[nodiscard]] Region region_of(const ConditionEntry& entry, Path path);
[[nodiscard]] Region region_of(const Statement& statement, Path path);

/// `aws:SourceIp` or `aws:VpcSourceIp`, in any case.
[[nodiscard]] bool is_source_ip(std::string_view key);
[[nodiscard]] bool is_vpc_source_ip(std::string_view key);
/// The key that carries the caller's address on a path.
[[nodiscard]] bool carries_address(std::string_view key, Path path);

}  // namespace ecr6::policy
