#include "verdict.hpp"

#include <algorithm>
#include <functional>

#include "clients.hpp"
#include "dial.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

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

/// What one IPv6 attempt does to a client without a race that could have used IPv4.
Readiness cost(const Attempt& attempt) {
  if (attempt.went_through()) return Readiness::ready;
  const Candidate candidate = candidate_of(attempt);
  switch (candidate.fate) {
    case Fate::stands:  // once TCP stands, a client stays with the family and fails with it
      return is_conclusive(attempt) ? Readiness::not_ready : Readiness::unknown;
    case Fate::silent:  // for the client's own timeout, however short this run's was
      return Readiness::not_ready;
    case Fate::fails:
      return by_delay(candidate.after);
    case Fate::unknown:
      return candidate.after > bearable ? Readiness::not_ready : Readiness::unknown;
  }
  return Readiness::unknown;
}

/// What a failed AAAA lookup does: getaddrinfo hides it, but waits for it, and for a silent one as long as it likes.
Readiness cost(const std::optional<Lookup>& lookup) {
  if (!lookup) return Readiness::unknown;
  return lookup->outcome == DnsOutcome::timeout ? Readiness::not_ready : by_delay(lookup->duration);
}

/// How clients get over an IPv6 that does not work: by its absence, by a failed lookup, or by failed connects.
Readiness fallback(const EndpointObservation& seen, Reachability ipv6) {
  if (ipv6 == Reachability::no_address) return Readiness::ready;
  const auto attempts = attempts_of(seen, Family::ipv6);
  if (attempts.empty()) return cost(seen.ipv6_lookup);
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
