#pragma once

#include <optional>
#include <string_view>

#include "ecr6/core/time.hpp"

namespace ecr6 {

/// Reads the form of the Date header that servers must send (IMF-fixdate, RFC 9110 §5.6.7): "Sun, 06 Nov 1994 08:49:37
/// GMT". The name of the day is not held against the date. Empty for anything else.
[[nodiscard]] std::optional<Moment> from_http_date(std::string_view text);

}  // namespace ecr6
