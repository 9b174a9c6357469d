#pragma once

#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/observation.hpp"

/// The words for one endpoint and family, and what they rest on. Pure.
namespace ecr6 {

/// The first of the six rules that matches: not tested, unreachable by name, no address, unreachable, degraded,
/// reachable.
[[nodiscard]] Reachability reachability(const Observation& run, const EndpointObservation& seen, Family family);

[[nodiscard]] EndpointVerdict words_of(const Observation& run, const EndpointObservation& seen);

/// The endpoint's name is an address: there was nothing to look up.
[[nodiscard]] std::optional<Family> literal_family(const EndpointObservation& seen);

/// False for an attempt that says nothing about the path: the deadline, an interrupt or this process's own limits
/// ended it.
[[nodiscard]] bool is_conclusive(const Attempt& attempt);

/// A lookup, or one nameserver's part in it, that the end of the run cut off before its own time was up.
[[nodiscard]] bool was_cut_off(const Observation& run, DnsOutcome outcome, Duration duration);

/// Attempts of one family, in order.
[[nodiscard]] std::vector<const Attempt*> attempts_of(const EndpointObservation& seen, Family family);

}  // namespace ecr6
