#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>

/// Reading fields out of CloudTrail's JSON without expecting any of them to be there or of the right type.
namespace ecr6::logs {

inline constexpr std::size_t text_limit = 512;

/// At most text_limit bytes, not cut inside a character; NUL, which separates table keys, becomes a space.
[[nodiscard]] std::string clipped(std::string_view text);

/// The text of a field; empty when it is missing or no string.
[[nodiscard]] std::string_view text_at(const boost::json::object& object, std::string_view key);
/// The object of a field; null when it is missing or no object.
[[nodiscard]] const boost::json::object* object_at(const boost::json::object& object, std::string_view key);

/// Who called, from `userIdentity`: the ARN of the role behind a session, of the user, or the best there is.
[[nodiscard]] std::string principal_of(const boost::json::object& user_identity);

}  // namespace ecr6::logs
