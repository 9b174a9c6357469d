#include <fmt/format.h>

#include <algorithm>

#include "answers.hpp"
#include "ecr6/core/text.hpp"
#include "evidence.hpp"
#include "silence.hpp"

namespace ecr6 {

namespace {

std::vector<std::string> usable_lines(const Scene& scene, Family family) {
  std::vector<std::string> lines;
  for (const ServerAnswer& answer : scene.seen.lookup(family)->by_nameserver)
    if (is_usable(answer.outcome)) lines.push_back(line_of(scene.run, answer, family));
  return lines;
}

/// "192.0.2.53 gives IPv6 addresses, 192.0.2.54 says that there are none".
std::string who_differs(const Scene& scene, Family family) {
  std::vector<std::string> givers, deniers;
  for (const ServerAnswer& answer : scene.seen.lookup(family)->by_nameserver) {
    const std::string name = "nameserver " + nameserver_text(scene.run, answer.nameserver);
    if (gives_own_addresses(scene.run, answer)) givers.push_back(name);
    if (denies_addresses(answer)) deniers.push_back(name);
  }
  const auto verb = [](const auto& names, const char* one, const char* many) { return names.size() == 1 ? one : many; };
  return fmt::format("{} {} {} addresses, {} {} that there are none", join(givers, " and "),
                     verb(givers, "gives", "give"), title(family), join(deniers, " and "),
                     verb(deniers, "says", "say"));
}

bool has_answered(const Silence& silence) { return silence.questions > 0 && !silence.complete(); }

Finding silent_nameserver(const Nameserver& nameserver, const Silence& silence) {
  const std::string place = where(nameserver.address, nameserver.port, 53);
  Finding finding;
  finding.id = "dns.resolver-unreachable";
  finding.family = nameserver.address.family();
  finding.summary = fmt::format("the nameserver {} gives no answer over {}", place, title(nameserver.address.family()));
  finding.evidence = {fmt::format("{} of {} questions unanswered: {} timed out, {} did not get there",
                                  silence.timeouts + silence.unreachable, silence.questions, silence.timeouts,
                                  silence.unreachable)};
  if (!nameserver.source.empty()) finding.evidence.push_back("it is named in " + nameserver.source);
  if (!silence.detail.empty()) finding.evidence.push_back(silence.detail);
  finding.advice =
      "Check that it runs and that the path to it is open for UDP and TCP port 53; or take it out of the "
      "configuration: "
      "each name costs applications its timeout.";
  return finding;
}

}  // namespace

void addresses_filtered(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    const auto& lookup = scene.seen.lookup(family);
    if (!lookup || !is_filtered(scene.run, *lookup)) continue;
    Finding finding =
        finding_about(scene, family == Family::ipv6 ? "dns.aaaa-filtered" : "dns.nameservers-disagree", family);
    finding.severity = Severity::warning;
    finding.summary = who_differs(scene, family);
    finding.evidence = usable_lines(scene, family);
    finding.advice =
        "Which answer an application gets depends on the nameserver that it asks. Look for a filter of this type of "
        "record, "
        "a private hosted zone, or a nameserver with an old copy.";
    findings.push_back(std::move(finding));
  }
}

void nameservers_disagree(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    const auto& lookup = scene.seen.lookup(family);
    if (!lookup || !gives_disjoint_addresses(scene.run, *lookup)) continue;
    Finding finding = finding_about(scene, "dns.nameservers-disagree", family);
    finding.severity = Severity::warning;
    finding.summary = fmt::format("nameservers give {} addresses that have none in common", title(family));
    finding.evidence = usable_lines(scene, family);
    finding.advice =
        "Which endpoint an application gets depends on the nameserver that it asks. Look for a private hosted zone or "
        "an "
        "override in one of them; a content network may also answer each nameserver differently.";
    findings.push_back(std::move(finding));
  }
}

void nameserver_is_silent(const RunScene& scene, Findings& findings) {
  const bool another_answers = std::any_of(scene.silences.begin(), scene.silences.end(), has_answered);
  for (std::size_t i = 0; i < scene.silences.size(); ++i) {
    if (!scene.silences[i].complete()) continue;
    Finding& finding = findings.emplace_back(silent_nameserver(scene.run.nameservers[i], scene.silences[i]));
    finding.severity = another_answers ? Severity::warning : Severity::error;
  }
}

}  // namespace ecr6
