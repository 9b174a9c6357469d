#pragma once

#include <optional>
#include <string>
#include <vector>

#include "command.hpp"
#include "ecr6/aws/plan.hpp"
#include "output_options.hpp"
#include "probe/connect_to.hpp"
#include "probe/tls_context.hpp"
#include "targets.hpp"

namespace ecr6::cli {

/// The options of `ecr6 check`, as given.
struct CheckOptions {
  TargetOptions targets;
  aws::PlanOptions plan;
  RunSettings settings;
  std::vector<std::string> resolvers;
  std::vector<probe::ConnectTo> connect_to;
  probe::TrustSettings trust;
  std::string ip_ranges;  ///< --ip-ranges, or empty
  OutputOptions output;
};

/// Declares the options of `check` on `parser`; `options` has to outlive the parsing.
void add_check_options(CLI::App& parser, CheckOptions& options);

/// What the parser alone cannot judge: --interface against this host, -4 and -6 against --require. Empty, or one
/// sentence.
[[nodiscard]] std::optional<std::string> settle(CheckOptions& options);

}  // namespace ecr6::cli
