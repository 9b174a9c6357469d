#pragma once

#include <string>

#include "ecr6/aws/plan.hpp"

namespace ecr6::cli {

/// The names of a plan for people, today's beside the dual-stack one, grouped by region; then the notes. Every line
/// fits 80 columns unless a single name is longer.
[[nodiscard]] std::string render_endpoints(const aws::Plan& plan);

}  // namespace ecr6::cli
