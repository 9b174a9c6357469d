#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "ecr6/observation/observation.hpp"

namespace ecr6 {

/// The observation's share of the `ecr6.check/1` object: everything but the words, the findings and the verdict.
[[nodiscard]] boost::json::object to_json(const Observation& observation);

/// Reads what to_json writes, also with a diagnosis beside it. The error is one sentence that names the place.
[[nodiscard]] std::variant<Observation, std::string> observation_from_json(std::string_view text);

}  // namespace ecr6
