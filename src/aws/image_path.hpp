#pragma once

#include <optional>
#include <string_view>

#include "ecr6/core/problem.hpp"

namespace ecr6::aws {

/// What is wrong with what follows the registry host of an image reference: `repository[:tag][@digest]`, by the
/// grammar of github.com/distribution/reference. Empty when nothing is.
[[nodiscard]] std::optional<Problem> image_path_problem(std::string_view path);

}  // namespace ecr6::aws
