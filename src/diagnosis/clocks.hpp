#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "causes.hpp"
#include "ecr6/observation/observation.hpp"

/// This host's clock against those of the servers, from the Date headers of their answers (RFC 9110 §6.6.1). Pure.
namespace ecr6 {

/// The Date header has whole seconds, and an answer takes its time.
inline constexpr std::chrono::seconds clock_noise{5};
/// AWS refuses requests that are signed further off ("Signature expired … (… - 5 min.)").
inline constexpr std::chrono::seconds clock_tolerance{300};

struct ClockReading {
  const EndpointObservation* seen;
  const Attempt* attempt;
  Moment peer;                 ///< its Date header
  std::chrono::seconds ahead;  ///< of this host's clock; negative: behind it
  bool verified;               ///< the certificate was in order, so that it is the right server's
};

/// This host's clock when the attempt ended.
[[nodiscard]] Moment moment_of(const Observation& run, const Attempt& attempt);

/// Every answer with a Date header that was not kept by a cache (Age) and lies within the peer's own certificate.
[[nodiscard]] std::vector<ClockReading> clock_readings(const Observation& run);

/// The readings to go by: those of verified servers, or without any those of all. A server alone with an odd clock does
/// not prove this host's wrong where another one contradicts it.
[[nodiscard]] std::vector<ClockReading> deciding_clocks(const Observation& run);

/// By this host's clock the leaf is out of date, and by every deciding one it is not.
[[nodiscard]] bool clock_explains(const Observation& run, const Attempt& attempt);

/// card_of(), and of a certificate that only this host's clock finds out of date the clock's.
[[nodiscard]] const CauseCard* card_in(const Observation& run, const Attempt& attempt);

/// "12 days", "3 h", "7 min", "40 s", without a sign.
[[nodiscard]] std::string span_of(std::chrono::seconds span);

/// "the Date header from ecr.us-west-2.api.aws (2600:1f13::1) says 2026-12-07T10:00:00Z: 10 days ahead of this host".
[[nodiscard]] std::string line_of(const ClockReading& reading);

}  // namespace ecr6
