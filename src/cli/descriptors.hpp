#pragma once

#include <optional>
#include <string>

#include "ecr6/observation/observation.hpp"

namespace ecr6::cli {

/// After raising the soft limit as far as a run needs at least: one sentence when even that is not allowed.
[[nodiscard]] std::optional<std::string> too_few_descriptors();

/// Fits the run's concurrency to the number of files that this process may open, after raising the soft limit as far
/// as it goes. When it had to be lowered: one sentence that says so.
[[nodiscard]] std::optional<std::string> fit_descriptors(Observation& plan);

}  // namespace ecr6::cli
