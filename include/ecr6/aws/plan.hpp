#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/aws/target.hpp"
#include "ecr6/core/endpoint.hpp"
#include "ecr6/core/problem.hpp"

namespace ecr6::aws {

/// Why an endpoint is in a plan.
enum class Reason {
  named,            ///< the user wrote this host
  of_target,        ///< part of the region, registry or gallery that the user named
  dual_stack_twin,  ///< the dual-stack name of a current one that was named
  current_twin,     ///< today's name of a dual-stack one that was named
  right_name,       ///< stands beside a wrong or older name that was named
};

/// A reason, and the target or name that it refers to.
struct Because {
  Reason reason{Reason::named};
  std::string of;  ///< "us-west-2", "ecr-public.aws.com", …; empty for named

  friend bool operator==(const Because&, const Because&) = default;
};
/// "named on the command line", "part of us-west-2", "the dual-stack name of api.ecr.us-west-2.amazonaws.com".
[[nodiscard]] std::string to_text(const Because& because);

struct PlannedEndpoint {
  Endpoint endpoint;
  std::vector<Because> because;  ///< at least one, each once
  bool required{};               ///< decides readiness: is_required(endpoint)
  std::string right_name;        ///< of a wrong name: the one to use instead, planned beside it; else empty
  bool placeholder_account{};    ///< a registry under the placeholder label
  bool not_an_ecr_name{};        ///< role other, and nothing that AWS gives to ECR
};

struct PlanOptions {
  std::optional<std::string> account{};  ///< for targets that name none
  bool fips{};
  std::vector<Role> only{};             ///< empty: every role
  bool current{true};                   ///< false: `--no-current`
  std::optional<std::uint16_t> port{};  ///< for targets that name none; 443 when empty
  std::string partition{"aws"};         ///< which partition `all` means
};

/// Which endpoints to look at, in the order of the report: no two with the same name and port.
struct Plan {
  std::vector<PlannedEndpoint> endpoints;  ///< never empty
  std::vector<std::string> notes;          ///< sentences about the plan as a whole, each once
  std::vector<std::string> remarks;        ///< what is unusual about its endpoints; a run has findings for the same
};

/// The problem is that nothing is left to look at (`only`, `current`), or an unknown partition.
[[nodiscard]] Expected<Plan> plan(const std::vector<Target>& targets, const PlanOptions& options);

/// The remarks, then the notes: for those who only read the plan.
[[nodiscard]] std::vector<std::string> all_notes(const Plan& plan);

/// Whether an endpoint decides readiness: a dual-stack api, registry, public_api or public_registry that is not a wrong
/// name, and every `other` host. Needs nothing but the endpoint, so a recorded run gives the same answer.
[[nodiscard]] bool is_required(const Endpoint& endpoint);

}  // namespace ecr6::aws
