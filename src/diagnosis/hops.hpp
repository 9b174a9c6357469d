#pragma once

#include "causes.hpp"
#include "rules.hpp"

/// What the search for the last hop that answers says about silence. Pure.
namespace ecr6 {

/// The search towards one of these attempts' addresses; null when there was none.
[[nodiscard]] const HopSearch* search_for(const EndpointObservation& seen, const std::vector<const Attempt*>& attempts);

/// A hop answers again and again, never at two limits in a row: three times, or twice with another one between. Packets
/// go in a circle then.
[[nodiscard]] bool goes_in_a_circle(const HopSearch& search);

/// The card for silent connects, once the search is known; `search` may be null.
[[nodiscard]] const CauseCard& card_of_silence(const HopSearch* search);

/// "the last hop that answers is 2001:db8::1, hop 3", "no hop answers, not even the first"; empty when the address
/// itself answered.
[[nodiscard]] std::string last_hop_of(const HopSearch& search);

/// The lines of evidence; `search` null: one line that says that it was not done.
[[nodiscard]] std::vector<std::string> lines_of(const HopSearch* search);

}  // namespace ecr6
