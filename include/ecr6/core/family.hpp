#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace ecr6 {

/// The two address families. IPv6 comes first everywhere: it is what the user asks about.
enum class Family { ipv6, ipv4 };

inline constexpr std::array<Family, 2> both_families{Family::ipv6, Family::ipv4};

/// The JSON word: "ipv6" or "ipv4" (as OpenTelemetry's network.type).
[[nodiscard]] std::string_view to_string(Family family);
/// The word for people: "IPv6" or "IPv4".
[[nodiscard]] std::string_view title(Family family);
/// The family of a JSON word; empty for any other text.
[[nodiscard]] std::optional<Family> family_from(std::string_view word);

[[nodiscard]] constexpr Family other(Family family) { return family == Family::ipv6 ? Family::ipv4 : Family::ipv6; }

}  // namespace ecr6
