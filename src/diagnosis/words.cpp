#include "words.hpp"

#include <algorithm>

#include "answers.hpp"
#include "http_status.hpp"
#include "path.hpp"

namespace ecr6 {

namespace {

bool is_usable(const std::optional<Lookup>& lookup) { return lookup && is_usable(lookup->outcome); }

bool no_usable_lookup(const EndpointObservation& seen) {
  return !is_usable(seen.ipv6_lookup) && !is_usable(seen.ipv4_lookup);
}

/// The word that the lookups alone decide; empty when there are addresses to judge by.
std::optional<Reachability> word_by_name(const Observation& run, const EndpointObservation& seen, Family family) {
  if (const auto own = literal_family(seen))
    return *own == family ? std::nullopt : std::optional{Reachability::no_address};
  const auto& lookup = seen.lookup(family);
  if (!lookup || no_usable_lookup(seen) || was_cut_off(run, lookup->outcome, lookup->duration))
    return Reachability::not_tested;
  if (!is_usable(lookup->outcome)) return Reachability::unreachable;
  if (lookup->outcome != DnsOutcome::answered) return Reachability::no_address;
  return std::nullopt;
}

bool is_degraded(const Observation& run, const EndpointObservation& seen, Family family) {
  const auto attempts = attempts_of(seen, family);
  if (!std::all_of(attempts.begin(), attempts.end(), [](const Attempt* a) { return a->went_through(); })) return true;
  if (family == Family::ipv6 && only_disguised_ipv4_works(run, seen)) return true;
  return disagrees(run, seen.lookup(family)) || slow_enough_to_matter(seen, family) || is_lossy(seen, family) ||
         status_degrades(seen, family);
}

}  // namespace

std::optional<Family> literal_family(const EndpointObservation& seen) {
  const auto address = Address::parse(seen.endpoint.name);
  return address ? std::optional{address->family()} : std::nullopt;
}

bool is_conclusive(const Attempt& attempt) {
  const auto cause = attempt.cause.value_or(Cause::other);
  return cause != Cause::deadline_exceeded && cause != Cause::interrupted && cause != Cause::too_many_files;
}

bool was_cut_off(const Observation& run, DnsOutcome outcome, Duration duration) {
  const bool ended_early = run.interrupted || run.deadline_exceeded;
  return ended_early && outcome == DnsOutcome::timeout && duration < run.settings.timeout;
}

std::vector<const Attempt*> attempts_of(const EndpointObservation& seen, Family family) {
  std::vector<const Attempt*> attempts;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family) attempts.push_back(&attempt);
  return attempts;
}

Reachability reachability(const Observation& run, const EndpointObservation& seen, Family family) {
  if (!run.settings.has(family)) return Reachability::not_tested;
  if (const auto word = word_by_name(run, seen, family)) return *word;
  const auto attempts = attempts_of(seen, family);
  if (std::none_of(attempts.begin(), attempts.end(), [](const Attempt* a) { return is_conclusive(*a); }))
    return Reachability::not_tested;
  if (std::none_of(attempts.begin(), attempts.end(), [](const Attempt* a) { return a->went_through(); }))
    return Reachability::unreachable;
  return is_degraded(run, seen, family) ? Reachability::degraded : Reachability::reachable;
}

EndpointVerdict words_of(const Observation& run, const EndpointObservation& seen) {
  return {reachability(run, seen, Family::ipv6), reachability(run, seen, Family::ipv4)};
}

}  // namespace ecr6
