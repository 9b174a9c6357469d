#include "path.hpp"

#include <algorithm>

namespace ecr6 {

namespace {

std::vector<Duration> samples(const EndpointObservation& seen, Family family) {
  std::vector<Duration> times;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && connected(attempt)) times.push_back(*attempt.connect_time);
  for (const Confirmation& probe : seen.confirmations)
    if (probe.purpose == purpose::later_connect && probe.attempt.family == family && connected(probe.attempt))
      times.push_back(*probe.attempt.connect_time);
  return times;
}

/// The median where there are enough connects for one.
std::optional<Duration> median(const EndpointObservation& seen, Family family) {
  const auto times = connect_times(seen, family);
  return times && times->count >= enough_connects ? std::optional{times->median} : std::nullopt;
}

}  // namespace

std::optional<ConnectTimes> connect_times(const EndpointObservation& seen, Family family) {
  return median_of(samples(seen, family));
}

bool is_slower(const EndpointObservation& seen, Family family) {
  const auto own = median(seen, family);
  return own && is_slow(*own, median(seen, other(family)));
}

bool slow_enough_to_matter(const EndpointObservation& seen, Family family) {
  const auto own = median(seen, family);
  if (!own) return false;
  const auto others = median(seen, other(family));
  return *own > too_slow || (others && *own - *others >= race_head_start);
}

bool is_lossy(const EndpointObservation& seen, Family family) {
  const auto on_attempts = std::count_if(seen.attempts.begin(), seen.attempts.end(), [&](const Attempt& attempt) {
    return attempt.family == family && attempt.went_through() && was_sent_again(attempt);
  });
  std::size_t repeats{}, lossy_repeats{};
  for (const Confirmation& probe : seen.confirmations) {
    if (probe.purpose != purpose::later_connect || probe.attempt.family != family) continue;
    ++repeats;
    if (was_sent_again(probe.attempt)) ++lossy_repeats;
  }
  return on_attempts >= 2 || (repeats >= enough_connects && lossy_repeats >= 1);
}

}  // namespace ecr6
