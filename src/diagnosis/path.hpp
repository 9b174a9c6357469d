#pragma once

#include <optional>

#include "clients.hpp"
#include "ecr6/observation/connects.hpp"
#include "ecr6/observation/observation.hpp"

/// How fast and how clean the path is, from the connects that worked. Pure.
namespace ecr6 {

inline constexpr Duration race_head_start = rfc_8305_attempt_delay;  ///< a racing client goes to the other family
static_assert(too_slow == bearable);  // a connect that takes longer degrades the family by itself

/// Over the attempts whose connect stood and the repeats ("later_connect"). Empty when there was none.
[[nodiscard]] std::optional<ConnectTimes> connect_times(const EndpointObservation& seen, Family family);

/// This family connects noticeably slower than the other, or takes more than a second: worth a finding. Never with
/// fewer than three connects in each family that is compared.
[[nodiscard]] bool is_slower(const EndpointObservation& seen, Family family);

/// Slow enough that a racing client would use the other family, or slower than a second.
[[nodiscard]] bool slow_enough_to_matter(const EndpointObservation& seen, Family family);

/// Segments were sent again on at least two attempts that went through, or on one of at least three repeats.
[[nodiscard]] bool is_lossy(const EndpointObservation& seen, Family family);

}  // namespace ecr6
