#include "silence.hpp"

#include "words.hpp"

namespace ecr6 {

namespace {

void count(const ServerAnswer& answer, Silence& silence) {
  ++silence.questions;
  if (answer.outcome == DnsOutcome::timeout) ++silence.timeouts;
  if (answer.outcome == DnsOutcome::unreachable) ++silence.unreachable;
  if (silence.detail.empty()) silence.detail = answer.detail;
}

}  // namespace

std::vector<Silence> silences_of(const Observation& run) {
  std::vector<Silence> silences(run.nameservers.size());
  for (const EndpointObservation& seen : run.endpoints)
    for (const Family family : both_families) {
      if (!seen.lookup(family)) continue;
      for (const ServerAnswer& answer : seen.lookup(family)->by_nameserver)
        if (answer.nameserver < silences.size() && !was_cut_off(run, answer.outcome, answer.duration))
          count(answer, silences[answer.nameserver]);
    }
  return silences;
}

}  // namespace ecr6
