#include <fmt/format.h>

#include "evidence.hpp"
#include "path.hpp"

namespace ecr6 {

namespace {

std::string times_line(Family family, const ConnectTimes& times) {
  return fmt::format("{} connects in {} (median of {})", title(family), to_text(times.median), times.count);
}

/// Of an attempt in which segments were sent again.
std::string losses_line(const Attempt& attempt, std::string_view repeat) {
  const int count = attempt.tcp->total_retransmits;
  return fmt::format("{}{}: {} {} sent again", where(attempt.address, attempt.port, 443), repeat, count,
                     count == 1 ? "segment was" : "segments were");
}

}  // namespace

void path_is_slower(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    if (!is_slower(scene.seen, family)) continue;
    auto others = connect_times(scene.seen, other(family));
    if (others && others->count < enough_connects) others.reset();
    Finding finding = finding_about(scene, "net.slower", family);
    finding.severity = Severity::warning;
    finding.summary = others ? fmt::format("{} connects slower than {}", title(family), title(other(family)))
                             : fmt::format("{} takes more than a second to connect", title(family));
    finding.evidence = {times_line(family, *connect_times(scene.seen, family))};
    if (others) finding.evidence.push_back(times_line(other(family), *others));
    finding.advice =
        "Compare the two paths ('traceroute -6', 'traceroute -4'); a tunnel or a detour is common. From 250 ms on, "
        "clients "
        "that race connect over the other family; about a second more points to a first packet that is lost.";
    findings.push_back(std::move(finding));
  }
}

void path_is_lossy(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    if (!is_lossy(scene.seen, family)) continue;
    Finding finding = finding_about(scene, "net.lossy", family);
    finding.severity = Severity::warning;
    finding.summary = fmt::format("{} works, but loses packets", title(family));
    for (const Attempt& attempt : scene.seen.attempts)
      if (attempt.family == family && attempt.went_through() && was_sent_again(attempt))
        finding.evidence.push_back(losses_line(attempt, ""));
    for (const Confirmation& probe : scene.seen.confirmations)
      if (probe.purpose == purpose::later_connect && probe.attempt.family == family && was_sent_again(probe.attempt))
        finding.evidence.push_back(losses_line(probe.attempt, " again"));
    finding.advice = "Look for an overloaded or faulty link on this family's path ('mtr -6', 'mtr -4').";
    findings.push_back(std::move(finding));
  }
}

}  // namespace ecr6
