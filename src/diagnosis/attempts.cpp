#include <fmt/format.h>

#include <algorithm>

#include "causes.hpp"
#include "evidence.hpp"
#include "host_cause.hpp"
#include "instance.hpp"
#include "stalls.hpp"

namespace ecr6 {

namespace {

void add_certificate(const Attempt& attempt, std::vector<std::string>& evidence) {
  if (!attempt.tls || attempt.reached != Reached::tls) return;
  const TlsFacts& tls = *attempt.tls;
  const std::string line = fmt::format("certificate: subject {}; issuer {}; valid {} to {}; names {}{}; verify: {}",
                                       tls.subject, tls.issuer, to_rfc3339(tls.not_before), to_rfc3339(tls.not_after),
                                       fmt::join(tls.names, " "), tls.names_left_out > 0 ? " …" : "", tls.verify);
  // Addresses of one endpoint serve the same certificate: once is enough.
  if (std::find(evidence.begin(), evidence.end(), line) == evidence.end()) evidence.push_back(line);
}

std::string quoted_bytes(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f)
      text += c;
    else
      text += fmt::format("\\x{:02x}", byte);
  }
  return text;
}

struct Group {
  const CauseCard* card;
  std::vector<const Attempt*> attempts;
};

std::vector<Group> grouped(const Scene& scene, Family family) {
  std::vector<Group> groups;
  for (const Attempt& attempt : scene.seen.attempts) {
    if (attempt.family != family || stalled(attempt)) continue;  // what stalled has rules of its own
    const CauseCard* card = card_of(attempt);
    if (card == nullptr || is_explained_by_host(scene.run, attempt)) continue;
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
  for (const Attempt* attempt : group.attempts) {
    add_certificate(*attempt, finding.evidence);
    if (!attempt->first_bytes.empty())
      finding.evidence.push_back(fmt::format("first bytes from {}: {}", where(attempt->address, attempt->port, 443),
                                             quoted_bytes(attempt->first_bytes)));
  }
  finding.advice = group.card->advice;
  sharpen_on_ec2(scene.run, finding);
  return finding;
}

}  // namespace

void attempts_fail(const Scene& scene, Findings& findings) {
  for (const Family family : both_families)
    for (const Group& group : grouped(scene, family)) {
      Finding finding = finding_for(scene, family, group);
      add_other_family(scene, family, finding);
      findings.push_back(std::move(finding));
    }
}

}  // namespace ecr6
