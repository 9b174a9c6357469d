#pragma once

#include <string>
#include <vector>

#include "ecr6/aws/plan.hpp"

namespace ecr6::aws {

/// What a reader of the plan has to know, in sentences: each kind once, however many endpoints it concerns.
[[nodiscard]] std::vector<std::string> notes_on(const std::vector<PlannedEndpoint>& endpoints);
/// The sentences of Plan::remarks.
[[nodiscard]] std::vector<std::string> remarks_on(const std::vector<PlannedEndpoint>& endpoints);

}  // namespace ecr6::aws
