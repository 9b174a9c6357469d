#include "verdict.hpp"

#include <algorithm>
#include <functional>

#include "words.hpp"

namespace ecr6 {

namespace {

/// A client with a race has not noticed, one without has hardly waited.
constexpr Duration unnoticed{300'000};
/// A client without a race has waited, but not stalled.
constexpr Duration bearable{1'000'000};

/// not_ready outweighs unknown: what is known to fail stays failed, whatever else is not known.
int weight(Readiness readiness) {
  switch (readiness) {
    case Readiness::ready:
      return 0;
    case Readiness::degraded:
      return 1;
    case Readiness::unknown:
      return 2;
    case Readiness::not_ready:
      return 3;
  }
  return 3;
}

Readiness worse(Readiness left, Readiness right) { return weight(left) >= weight(right) ? left : right; }
Readiness better(Readiness left, Readiness right) { return weight(left) <= weight(right) ? left : right; }

Readiness by_delay(Duration delay) {
  if (delay <= unnoticed) return Readiness::ready;
  return delay <= bearable ? Readiness::degraded : Readiness::not_ready;
}

/// What one failed IPv6 attempt does to a client that could have used IPv4.
Readiness cost(const Attempt& attempt) {
  if (attempt.went_through()) return Readiness::ready;
  // Only a connect falls back: once TCP stands, a client stays with the family and fails with it.
  if (attempt.reached != Reached::connect) return is_conclusive(attempt) ? Readiness::not_ready : Readiness::unknown;
  const bool timed_out = attempt.cause == Cause::connect_timeout;
  const Duration delay = attempt.connect_time.value_or(timed_out ? Duration::max() : Duration{0});
  return is_conclusive(attempt) || delay > bearable ? by_delay(delay) : Readiness::unknown;
}

/// How clients get over an IPv6 that does not work: by its absence, by a failed lookup, or by failed connects.
Readiness fallback(const EndpointObservation& seen, Reachability ipv6) {
  if (ipv6 == Reachability::no_address) return Readiness::ready;
  const auto attempts = attempts_of(seen, Family::ipv6);
  // getaddrinfo hides a failed AAAA lookup, but waits for it.
  if (attempts.empty()) return seen.ipv6_lookup ? by_delay(seen.ipv6_lookup->duration) : Readiness::unknown;
  Readiness found = Readiness::ready;
  for (const Attempt* attempt : attempts) found = worse(found, cost(*attempt));
  return found;
}

Readiness best_family(const Observation& run, const EndpointVerdict& words) {
  if (!run.settings.ipv6) return readiness(words.ipv4);
  if (!run.settings.ipv4) return readiness(words.ipv6);
  return better(readiness(words.ipv6), readiness(words.ipv4));
}

using Judge = std::function<Readiness(const EndpointObservation&, const EndpointVerdict&)>;

Readiness over_required(const Observation& run, const std::vector<EndpointVerdict>& words, const Judge& judge) {
  Readiness found = Readiness::ready;
  bool any = false;
  for (std::size_t i = 0; i < run.endpoints.size(); ++i) {
    if (!run.endpoints[i].required) continue;
    any = true;
    found = worse(found, judge(run.endpoints[i], words[i]));
  }
  return any ? found : Readiness::unknown;
}

}  // namespace

Readiness readiness(Reachability word) {
  switch (word) {
    case Reachability::reachable:
      return Readiness::ready;
    case Reachability::degraded:
      return Readiness::degraded;
    case Reachability::not_tested:
      return Readiness::unknown;
    case Reachability::no_address:
    case Reachability::unreachable:
      return Readiness::not_ready;
  }
  return Readiness::unknown;
}

Readiness migration(const EndpointObservation& seen, const EndpointVerdict& words) {
  if (words.ipv6 == Reachability::reachable) return Readiness::ready;
  if (words.ipv6 == Reachability::degraded) return Readiness::degraded;
  if (words.ipv6 == Reachability::not_tested) return Readiness::unknown;
  // From here on IPv6 does not work: all depends on IPv4, and on how soon clients get to it.
  return worse(readiness(words.ipv4), fallback(seen, words.ipv6));
}

Readiness readiness_of(const Observation& run, const EndpointObservation& seen, const EndpointVerdict& words) {
  switch (run.settings.require) {
    case Require::ipv6:
      return readiness(words.ipv6);
    case Require::migrate:
      return migration(seen, words);
    case Require::dual:
      return worse(readiness(words.ipv6), readiness(words.ipv4));
    case Require::any:
      return best_family(run, words);
  }
  return Readiness::unknown;
}

int exit_code(Readiness decided, bool strict) {
  switch (decided) {
    case Readiness::ready:
      return 0;
    case Readiness::degraded:
      return strict ? 2 : 1;
    case Readiness::not_ready:
      return 2;
    case Readiness::unknown:
      return 3;
  }
  return 3;
}

Verdict verdict_of(const Observation& run, const std::vector<EndpointVerdict>& words) {
  Verdict verdict;
  verdict.require = run.settings.require;
  verdict.ipv6 = over_required(
      run, words, [](const EndpointObservation&, const EndpointVerdict& endpoint) { return readiness(endpoint.ipv6); });
  verdict.migrate = over_required(run, words, migration);
  const Judge deciding = [&](const EndpointObservation& seen, const EndpointVerdict& endpoint) {
    return readiness_of(run, seen, endpoint);
  };
  verdict.decided = run.interrupted ? Readiness::unknown : over_required(run, words, deciding);
  verdict.exit_code = exit_code(verdict.decided, run.settings.strict);
  return verdict;
}

}  // namespace ecr6
