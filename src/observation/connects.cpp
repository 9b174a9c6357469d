#include "ecr6/observation/connects.hpp"

#include <algorithm>

namespace ecr6 {

bool connected(const Attempt& attempt) {
  return attempt.connect_time && (attempt.reached != Reached::connect || !attempt.cause);
}

bool was_sent_again(const Attempt& attempt) { return attempt.tcp && attempt.tcp->total_retransmits > 0; }

std::optional<ConnectTimes> median_of(std::vector<Duration> times) {
  if (times.empty()) return std::nullopt;
  std::sort(times.begin(), times.end());
  const std::size_t middle = times.size() / 2;
  const Duration median = times.size() % 2 == 1 ? times[middle] : (times[middle - 1] + times[middle]) / 2;
  return ConnectTimes{median, times.size()};
}

bool is_slow(Duration median, std::optional<Duration> others) {
  if (median > too_slow) return true;
  if (!others || median - *others < slower_by) return false;
  return median - *others >= much_slower_by || to_ms(median) >= slower_factor * to_ms(*others);
}

}  // namespace ecr6
