#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ecr6/observation/attempt.hpp"

/// How fast and how clean connects are. The probe repeats connects by these thresholds, the diagnosis judges by them.
namespace ecr6 {

/// The boundary itself belongs to the finding.
inline constexpr Duration slower_by{50'000};  ///< and slower_factor times the other family: worth a warning
inline constexpr double slower_factor = 1.5;
inline constexpr Duration much_slower_by{200'000};  ///< worth a warning at any factor
inline constexpr Duration too_slow{1'000'000};      ///< a connect that takes longer degrades the family by itself
/// Fewer connects have no median worth the name; fewer repeats say nothing about losses.
inline constexpr std::size_t enough_connects = 3;

/// The connection came to stand, whatever came after.
[[nodiscard]] bool connected(const Attempt& attempt);

/// The kernel sent a segment of this connection again.
[[nodiscard]] bool was_sent_again(const Attempt& attempt);

struct ConnectTimes {
  Duration median{};
  std::size_t count{};
};

/// Empty without a time.
[[nodiscard]] std::optional<ConnectTimes> median_of(std::vector<Duration> times);

/// A median that is noticeably above the other family's, or above a second. `others` is empty where there is no other.
[[nodiscard]] bool is_slow(Duration median, std::optional<Duration> others);

}  // namespace ecr6
