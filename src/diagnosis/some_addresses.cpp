#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "evidence.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

/// By whether TCP connects: what fails later is another layer's.
struct Sides {
  std::vector<const Attempt*> working, failing;
};

Sides sides_of(const EndpointObservation& seen, Family family) {
  Sides sides;
  for (const Attempt* attempt : attempts_of(seen, family)) {
    if (attempt->reached != Reached::connect)
      sides.working.push_back(attempt);
    else if (is_conclusive(*attempt))
      sides.failing.push_back(attempt);
  }
  return sides;
}

std::string working_line(const std::vector<const Attempt*>& working) {
  std::vector<std::string> texts;
  for (const Attempt* attempt : working) texts.push_back(where(attempt->address, attempt->port, 443));
  return fmt::format("{}: {}", working.size() == 1 ? "connects" : "connect", join(texts, ", "));
}

std::string summary_of(const Sides& sides, Family family) {
  const auto failing = sides.failing.size(), working = sides.working.size();
  return fmt::format("{}: {} of {} addresses {} not connect, while {}", title(family), failing, failing + working,
                     failing == 1 ? "does" : "do", working == 1 ? "the other does" : "the others do");
}

}  // namespace

void some_addresses_fail(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    const Sides sides = sides_of(scene.seen, family);
    if (sides.working.empty() || sides.failing.empty()) continue;
    Finding finding = finding_about(scene, "net.some-addresses-fail", family);
    finding.severity = Severity::warning;
    finding.summary = summary_of(sides, family);
    for (const Attempt* attempt : sides.failing) finding.evidence.push_back("fails: " + line_of(*attempt));
    finding.evidence.push_back(working_line(sides.working));
    finding.advice =
        "A rule for the whole family is not to blame. Look for a route, filter or device that concerns these addresses "
        "alone; run again to see whether it is always the same ones: if not, the fault comes and goes. Clients meet it "
        "now and then, as DNS hands the addresses out in turn, and those that try one after the other wait for each.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace ecr6
