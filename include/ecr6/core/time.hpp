#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace ecr6 {

/// How long something took. Microseconds: what a JSON number in milliseconds carries there and back exactly.
using Duration = std::chrono::microseconds;
/// A moment of the wall clock, UTC, to the millisecond.
using Moment = std::chrono::sys_time<std::chrono::milliseconds>;

/// Milliseconds as a JSON number: 12.5 for 12 500 us.
[[nodiscard]] double to_ms(Duration duration);
/// The inverse; rounds to the microsecond, clamps what is negative or absurd.
[[nodiscard]] Duration from_ms(double milliseconds);

/// For people: "0.4 ms", "12 ms", "1.25 s".
[[nodiscard]] std::string to_text(Duration duration);

/// RFC 3339 in UTC: "2026-08-22T15:17:05Z", with milliseconds when there are any.
[[nodiscard]] std::string to_rfc3339(Moment moment);
/// Reads what to_rfc3339 writes (and any other fraction, cut to milliseconds). Empty for anything else.
[[nodiscard]] std::optional<Moment> from_rfc3339(std::string_view text);

}  // namespace ecr6
