#include <fmt/format.h>

#include <algorithm>

#include "causes.hpp"
#include "clocks.hpp"
#include "dns_addresses.hpp"
#include "evidence.hpp"
#include "hops.hpp"
#include "host_cause.hpp"
#include "icmp.hpp"
#include "instance.hpp"
#include "net_cards.hpp"
#include "stalls.hpp"
#include "tls_evidence.hpp"

namespace ecr6 {

namespace {

struct Group {
  const CauseCard* card;
  std::vector<const Attempt*> attempts;
};

std::vector<Group> grouped(const Scene& scene, Family family) {
  std::vector<Group> groups;
  for (const Attempt& attempt : scene.seen.attempts) {
    if (attempt.family != family || stalled(attempt)) continue;  // what stalled has rules of its own
    const CauseCard* card = card_in(scene.run, attempt);
    if (card == nullptr || is_explained_by_host(scene.run, attempt)) continue;
    if (is_explained_by_its_address(scene, attempt)) continue;
    const auto known =
        std::find_if(groups.begin(), groups.end(), [&](const Group& group) { return group.card == card; });
    if (known != groups.end())
      known->attempts.push_back(&attempt);
    else
      groups.push_back({card, {&attempt}});
  }
  return groups;
}

Finding finding_for(const Scene& scene, Family family, const Group& group) {
  Finding finding = finding_about(scene, group.card->id(family), family);
  const bool works = scene.words.of(family) == Reachability::degraded;
  finding.severity = works ? Severity::warning : severity_of_failure(scene, family);
  finding.summary =
      fmt::format("{}: {} ({})", title(family), group.card->summary, share_of(scene, family, group.attempts.size()));
  for (const Attempt* attempt : group.attempts) finding.evidence.push_back(line_of(*attempt));
  add_tls_evidence(scene, group.attempts, finding);
  finding.advice = group.card->advice;
  // Where a hop or the address itself has answered, that says more than what EC2 has.
  const bool unheard = group.card == &net_cards::silent_drop || group.card == &net_cards::silent_without_hop;
  if (unheard) sharpen_on_ec2(scene.run, finding);
  return finding;
}

/// Routers limit their ICMP errors (RFC 4443 §2.4), so that what one rule rejects may look like two faults.
void add_rejecting_hop(const Scene& scene, const Address& hop, Family family, Finding& finding) {
  for (const Attempt& attempt : scene.seen.attempts) {
    if (attempt.family != family || !attempt.cause || !attempt.icmp || attempt.icmp->offender != hop) continue;
    if (meaning_of(*attempt.icmp) == IcmpMeaning::hop_limit_exceeded) continue;
    finding.evidence.push_back(
        fmt::format("that hop answers {} with {}: routers limit how many errors they send, so that one rule may be "
                    "behind both",
                    attempt.address.to_string(), words_of(*attempt.icmp)));
    return;
  }
}

/// Silence has no sender: the search for the last hop that answers stands in for one.
void add_hops(const Scene& scene, const Group& group, Finding& finding) {
  const HopSearch* search = search_for(scene.seen, group.attempts);
  for (std::string& line : lines_of(search)) finding.evidence.push_back(std::move(line));
  if (search == nullptr) return;
  if (!search->hops.empty() && !search->answered_at)
    add_rejecting_hop(scene, search->hops.back().icmp.offender, group.attempts.front()->family, finding);
  if (const std::string last = last_hop_of(*search); !last.empty()) finding.summary += "; " + last;
}

}  // namespace

void attempts_fail(const Scene& scene, Findings& findings) {
  for (const Family family : both_families)
    for (Group& group : grouped(scene, family)) {
      const bool silent = group.card == &net_cards::silent_drop;
      if (silent) group.card = &card_of_silence(search_for(scene.seen, group.attempts));
      Finding finding = finding_for(scene, family, group);
      if (silent) add_hops(scene, group, finding);
      add_other_family(scene, family, finding);
      findings.push_back(std::move(finding));
    }
}

}  // namespace ecr6
