#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "ecr6/aws/plan.hpp"

/// The targets of a command line and what becomes of them. `check` and `endpoints` share it.
namespace ecr6::cli {

struct TargetOptions {
  std::vector<std::string> targets;  ///< as given; none: the region that AWS's tools would use here
  std::string account;               ///< --account, or empty
  bool fips{};
};

/// Declares TARGET…, --account and --fips on `parser`. `options` has to outlive the parsing.
void add_target_options(CLI::App& parser, TargetOptions& options);

/// The plan of the targets, under `base`, whose account, FIPS and partition are replaced: `all` means the partition of
/// this host's default region. With no target, a note says which region was taken and why. The problem is the first
/// target that cannot be read, a bad account, or that no region is known.
[[nodiscard]] Expected<aws::Plan> plan_targets(const TargetOptions& options, aws::PlanOptions base);

}  // namespace ecr6::cli
