#pragma once

#include "ecr6/core/time.hpp"

/// The timers of real clients: the one place that the forecast, the verdicts and the findings take them from.
namespace ecr6 {

/// Go's net.Dialer, FallbackDelay: Docker, containerd, kubelet.
inline constexpr Duration go_head_start{300'000};
/// Go's http.DefaultTransport and containerd: for all addresses of a name together.
inline constexpr Duration go_dial_timeout{30'000'000};
/// net.Dialer gives no address less than this (partialDeadline).
inline constexpr Duration go_least_share{2'000'000};

/// CURLOPT_HAPPY_EYEBALLS_TIMEOUT_MS, and curl's connect timeout for all addresses together.
inline constexpr Duration curl_head_start{200'000};
inline constexpr Duration curl_connect_timeout{300'000'000};

/// RFC 8305 §8: Connection Attempt Delay and Resolution Delay.
inline constexpr Duration rfc_8305_attempt_delay{250'000};
inline constexpr Duration rfc_8305_resolution_delay{50'000};

/// botocore's connect_timeout, for each address.
inline constexpr Duration botocore_connect_timeout{60'000'000};

/// When Linux gives up on a next hop that does not answer neighbour discovery (EHOSTUNREACH), measured.
inline constexpr Duration neighbour_discovery{3'060'000};

/// A client with a race has not noticed, one without has hardly waited.
inline constexpr Duration unnoticed = go_head_start;
/// A client without a race has waited, but not stalled.
inline constexpr Duration bearable{1'000'000};

}  // namespace ecr6
