#include "commands.hpp"

#include "command.hpp"

namespace ecr6::cli {

std::span<const Command> commands() {
  static const std::vector<Command> all{
      {"check", "which endpoints answer over IPv6 and over IPv4, address by address", run_check},
      {"endpoints", "the names of ECR's endpoints, today's beside the dual-stack ones", run_endpoints},
      {"rewrite", "today's ECR names in any text become their dual-stack names", run_rewrite},
      {"policy", "what IAM and ECR policies do to a caller that comes over IPv6", run_policy},
      {"config", "which endpoint the AWS CLI, the SDKs, Docker and containerd really use", run_config},
      {"logs", "who still calls ECR over IPv4, from CloudTrail files", run_logs},
      {"report", "diagnoses and renders recorded runs again", run_report},
      {"explain", "the page of a finding: what it means, what it rests on, what to do", run_explain},
      {"lab", "the scenarios of the embedded ECR; 'check --lab SCENARIO' runs against one", run_lab},
  };
  return all;
}

}  // namespace ecr6::cli
