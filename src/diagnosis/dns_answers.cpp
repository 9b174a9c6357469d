#include <fmt/format.h>

#include <algorithm>

#include "answers.hpp"
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
    if (!lookup || !is_filtered(*lookup)) continue;
    Finding finding =
        finding_about(scene, family == Family::ipv6 ? "dns.aaaa-filtered" : "dns.nameservers-disagree", family);
    finding.severity = Severity::warning;
    finding.summary = fmt::format("one nameserver gives {} addresses, another says that there are none", title(family));
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
    if (!lookup || !gives_disjoint_addresses(*lookup)) continue;
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

void address_is_nat64(const Scene& scene, Findings& findings) {
  const auto& lookup = scene.seen.ipv6_lookup;
  std::vector<AddressRecord> translated;
  if (lookup)
    std::copy_if(lookup->records.begin(), lookup->records.end(), std::back_inserter(translated),
                 [](const AddressRecord& record) { return is_nat64(record.address); });
  if (translated.empty()) return;
  Finding finding = finding_about(scene, "dns.nat64", Family::ipv6);
  finding.severity = Severity::warning;
  finding.summary = "its IPv6 address is a translator's (NAT64), not ECR's own";
  finding.evidence = {fmt::format("AAAA {}: in 64:ff9b::/96", addresses_of(translated))};
  finding.advice =
      "Traffic reaches ECR as IPv4, from the translator's address: policies have to allow that one. For ECR's own IPv6 "
      "use "
      "the dual-stack name, and a nameserver that does not synthesise addresses.";
  findings.push_back(std::move(finding));
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
