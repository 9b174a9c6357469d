#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <variant>

#include "ecr6/observation/observation.hpp"

namespace ecr6 {

/// The contract that this version writes and reads.
inline constexpr std::string_view check_schema = "ecr6.check/1";

/// The observation's share of the `ecr6.check/1` object: everything but the words, the findings and the verdict.
[[nodiscard]] boost::json::object to_json(const Observation& observation);

/// Reads what to_json writes, also with a diagnosis beside it. The error is one sentence that names the place (line
/// and column, or JSON pointer) and what was expected there. The caller bounds the size of the text; depth and array
/// sizes are bounded here. Unknown fields are passed over, missing ones take the default of their record; without
/// `required` and `placeholder_account` the plan's rules decide, without `settings` the verdict's `require` does. A
/// cause of a newer version reads as `other`, its word kept in the detail; any other unknown word is an error.
[[nodiscard]] std::variant<Observation, std::string> observation_from_json(std::string_view text);

}  // namespace ecr6
