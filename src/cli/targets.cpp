#include "targets.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "command.hpp"
#include "ecr6/aws/partitions.hpp"
#include "host/aws_region.hpp"

namespace ecr6::cli {

namespace {

Expected<std::vector<aws::Target>> parse_targets(const std::vector<std::string>& texts) {
  std::vector<aws::Target> targets;
  for (const std::string& text : texts) {
    auto target = aws::parse_target(text);
    if (!target) return target.error();
    targets.push_back(std::move(*target));
  }
  return targets;
}

Expected<aws::Plan> plan_default_region(const aws::PlanOptions& options) {
  const auto found = host::default_region();
  if (!found) return found.error();
  auto plan = aws::plan({aws::RegionTarget{found->region, std::nullopt}}, options);
  if (plan) plan->notes.push_back(fmt::format("no target given: {}, from {}", found->region, found->source));
  return plan;
}

bool is_all(const aws::Target& target) { return std::holds_alternative<aws::AllTarget>(target); }

}  // namespace

void add_target_options(CLI::App& parser, TargetOptions& options) {
  parser.add_option("TARGET", options.targets,
                    "a region (us-west-2), ACCOUNT@REGION, a registry host, an image reference, an API host, a URL, "
                    "'public' (ECR Public), or 'all' (every region); default: the region that AWS tools use here");
  parser.add_option("--account", options.account, "the account whose registry is meant: 12 digits")
      ->type_name("ACCOUNT")
      ->check(not_empty());
  parser.add_flag("--fips", options.fips, "FIPS endpoints");
}

Expected<aws::Plan> plan_targets(const TargetOptions& options, aws::PlanOptions base) {
  base.fips = options.fips;
  if (!options.account.empty()) {
    const auto account = aws::checked_account(options.account);
    if (!account) return problem("--account: " + account.error().sentence);
    base.account = *account;
  }
  if (options.targets.empty()) return plan_default_region(base);
  auto targets = parse_targets(options.targets);
  if (!targets) return targets.error();
  if (std::any_of(targets->begin(), targets->end(), is_all))
    if (const auto here = host::default_region()) base.partition = aws::partition_of(here->region)->id;
  return aws::plan(*targets, base);
}

}  // namespace ecr6::cli
