#pragma once

#include "ecr6/observation/observation.hpp"

namespace ecr6::samples {

/// An observation in which no field has its default value.
[[nodiscard]] Observation filled_in();

/// A run of which only the beginning is known.
[[nodiscard]] Observation nearly_empty();

}  // namespace ecr6::samples
