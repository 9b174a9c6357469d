#pragma once

#include <string>

#include "ecr6/observation/observation.hpp"
#include "ecr6/report/report.hpp"
#include "output_options.hpp"

namespace ecr6::cli {

/// A run as the output options want it shown, and what it means for the exit code.
struct Presented {
  std::string text;
  int exit_code{};
};

/// Redacts when asked to, diagnoses and renders.
[[nodiscard]] Presented present(Observation run, const OutputOptions& options, const report::Style& style);

}  // namespace ecr6::cli
