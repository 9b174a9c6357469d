#pragma once

#include "ecr6/diagnosis/diagnosis.hpp"

/// From the words of each endpoint to the verdicts of the run. Pure.
namespace ecr6 {

/// Would a client of this endpoint get through over one family alone?
[[nodiscard]] Readiness readiness(Reachability word);

/// Is it safe to give this endpoint's name to clients that have both families?
[[nodiscard]] Readiness migration(const EndpointObservation& seen, const EndpointVerdict& words);

/// What this endpoint contributes to the exit code, by the run's --require.
[[nodiscard]] Readiness readiness_of(const Observation& run, const EndpointObservation& seen,
                                     const EndpointVerdict& words);

/// Over the required endpoints; `unknown` when there are none. An interrupted run decides nothing.
[[nodiscard]] Verdict verdict_of(const Observation& run, const std::vector<EndpointVerdict>& words);

/// 0 ready, 1 degraded (2 with strict), 2 not ready, 3 unknown.
[[nodiscard]] int exit_code(Readiness decided, bool strict);

}  // namespace ecr6
