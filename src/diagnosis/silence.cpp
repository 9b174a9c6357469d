#include "silence.hpp"

#include "answers.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

void count(const ServerAnswer& answer, Silence& silence) {
  ++silence.questions;
  if (is_lost_over_tcp(answer)) return;  // it did answer: that the rest does not fit
  if (answer.outcome == DnsOutcome::timeout) ++silence.timeouts;
  if (answer.outcome == DnsOutcome::unreachable) ++silence.unreachable;
  if (silence.detail.empty()) silence.detail = answer.detail;
}

}  // namespace

std::vector<Silence> silences_of(const Observation& run) {
  std::vector<Silence> silences(run.nameservers.size());
  const auto add = [&](const std::optional<Lookup>& lookup) {
    if (!lookup) return;
    for (const ServerAnswer& answer : lookup->by_nameserver)
      if (answer.nameserver < silences.size() && !was_cut_off(run, answer.outcome, answer.duration))
        count(answer, silences[answer.nameserver]);
  };
  for (const EndpointObservation& seen : run.endpoints)
    for (const Family family : both_families) add(seen.lookup(family));
  add(run.nat64);
  return silences;
}

}  // namespace ecr6
