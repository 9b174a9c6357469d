#include "path.hpp"

#include <algorithm>

namespace ecr6 {

namespace {

constexpr std::string_view repeat = "later_connect";

bool connected(const Attempt& attempt) {
  return attempt.connect_time && (attempt.reached != Reached::connect || !attempt.cause);
}

bool was_sent_again(const Attempt& attempt) { return attempt.tcp && attempt.tcp->total_retransmits > 0; }

std::vector<Duration> samples(const EndpointObservation& seen, Family family) {
  std::vector<Duration> times;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && connected(attempt)) times.push_back(*attempt.connect_time);
  for (const Confirmation& probe : seen.confirmations)
    if (probe.purpose == repeat && probe.attempt.family == family && connected(probe.attempt))
      times.push_back(*probe.attempt.connect_time);
  return times;
}

/// How much longer this family's connects take than the other's; empty without both.
std::optional<Duration> lag(const EndpointObservation& seen, Family family) {
  const auto own = connect_times(seen, family);
  const auto others = connect_times(seen, other(family));
  return own && others ? std::optional{own->median - others->median} : std::nullopt;
}

bool takes_too_long(const EndpointObservation& seen, Family family) {
  const auto own = connect_times(seen, family);
  return own && own->median > too_slow;
}

}  // namespace

std::optional<ConnectTimes> connect_times(const EndpointObservation& seen, Family family) {
  auto times = samples(seen, family);
  if (times.empty()) return std::nullopt;
  std::sort(times.begin(), times.end());
  const std::size_t middle = times.size() / 2;
  const Duration median = times.size() % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return ConnectTimes{median, times.size()};
}

bool is_slower(const EndpointObservation& seen, Family family) {
  if (takes_too_long(seen, family)) return true;
  const auto behind = lag(seen, family);
  if (!behind || *behind < slower_by) return false;
  const double others = to_ms(connect_times(seen, other(family))->median);
  return *behind >= much_slower_by || to_ms(connect_times(seen, family)->median) >= slower_factor * others;
}

bool slow_enough_to_matter(const EndpointObservation& seen, Family family) {
  return takes_too_long(seen, family) || lag(seen, family).value_or(Duration{0}) >= race_head_start;
}

bool is_lossy(const EndpointObservation& seen, Family family) {
  const auto on_attempts = std::count_if(seen.attempts.begin(), seen.attempts.end(), [&](const Attempt& attempt) {
    return attempt.family == family && attempt.went_through() && was_sent_again(attempt);
  });
  std::size_t repeats{}, lossy_repeats{};
  for (const Confirmation& probe : seen.confirmations) {
    if (probe.purpose != repeat || probe.attempt.family != family) continue;
    ++repeats;
    if (was_sent_again(probe.attempt)) ++lossy_repeats;
  }
  return on_attempts >= 2 || (repeats >= 3 && lossy_repeats >= 1);
}

}  // namespace ecr6
