#include <fmt/format.h>

#include <algorithm>

#include "answers.hpp"
#include "evidence.hpp"
#include "private_link.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

/// What a failure means, by outcome. The first column is the word of the id for IPv6 and for IPv4.
struct Card {
  DnsOutcome outcome;
  std::string_view ipv6_id, ipv4_id;
  std::string_view summary;
  std::string_view advice;
};

constexpr Card cards[] = {
    {DnsOutcome::server_failure, "dns.aaaa-server-failure", "dns.a-server-failure", "SERVFAIL",
     "Ask the nameserver's operator: it could not get the answer, or DNSSEC validation failed. Compare with another "
     "nameserver through --resolver."},
    {DnsOutcome::refused, "dns.refused", "dns.refused", "REFUSED",
     "The nameserver does not serve this host. Use the network's own nameserver, or have this host's addresses "
     "allowed."},
    {DnsOutcome::format_error, "dns.format-error", "dns.format-error", "FORMERR",
     "The nameserver, or a device before it, does not understand the question. Update it, or use another nameserver."},
    {DnsOutcome::not_implemented, "dns.not-implemented", "dns.not-implemented", "NOTIMP",
     "The nameserver does not answer this type of question. Update it, or use another nameserver."},
    {DnsOutcome::malformed, "dns.malformed", "dns.malformed", "an answer that cannot be read",
     "Something on the way damages answers, or the nameserver sends broken ones. Use another nameserver and compare."},
    {DnsOutcome::timeout, "dns.aaaa-timeout", "dns.a-timeout", "no answer in time",
     "Applications wait for both answers, several seconds for each name. Look for a firewall or nameserver that drops "
     "this type of question, and compare with another nameserver through --resolver."},
    {DnsOutcome::unreachable, "dns.resolver-unreachable", "dns.resolver-unreachable", "no way to the nameserver",
     "Check the route and the firewall to the nameserver, and that it runs."},
};

std::vector<std::string> evidence_for(const Scene& scene, Family family, DnsOutcome outcome) {
  std::vector<std::string> evidence;
  const Lookup& lookup = *scene.seen.lookup(family);
  for (const ServerAnswer& answer : lookup.by_nameserver)
    if (answer.outcome == outcome && !is_silent(scene, answer) && !is_lost_over_tcp(answer) &&
        !was_cut_off(scene.run, answer.outcome, answer.duration))
      evidence.push_back(line_of(scene.run, answer, family));
  if (lookup.by_nameserver.empty() && lookup.outcome == outcome &&
      !was_cut_off(scene.run, lookup.outcome, lookup.duration))
    evidence.push_back(fmt::format("{} of {}: {} after {}", record_type(family), scene.seen.endpoint.name,
                                   to_string(outcome), to_text(lookup.duration)));
  return evidence;
}

void fails_with(const Scene& scene, Family family, const Card& card, Findings& findings) {
  auto evidence = evidence_for(scene, family, card.outcome);
  if (evidence.empty()) return;
  Finding finding = finding_about(scene, family == Family::ipv6 ? card.ipv6_id : card.ipv4_id, family);
  const Lookup& lookup = *scene.seen.lookup(family);
  finding.severity = is_usable(lookup.outcome) ? Severity::warning : severity_of_failure(scene, family);
  finding.summary = fmt::format("asked for its {} address, DNS gives {}", title(family), card.summary);
  if (is_usable(lookup.outcome)) {
    for (const ServerAnswer& answer : lookup.by_nameserver)
      if (is_usable(answer.outcome)) evidence.push_back(line_of(scene.run, answer, family));
    finding.summary += "; another nameserver does answer";
  }
  finding.evidence = std::move(evidence);
  finding.advice = card.advice;
  findings.push_back(std::move(finding));
}

std::vector<std::string> lines_with(const Scene& scene, Family family, DnsOutcome outcome) {
  std::vector<std::string> lines;
  for (const ServerAnswer& answer : scene.seen.lookup(family)->by_nameserver)
    if (answer.outcome == outcome) lines.push_back(line_of(scene.run, answer, family));
  if (lines.empty())
    lines.push_back(fmt::format("{} of {}: {}", record_type(family), scene.seen.endpoint.name, to_string(outcome)));
  return lines;
}

bool came_to(const Scene& scene, Family family, DnsOutcome outcome) {
  const auto& lookup = scene.seen.lookup(family);
  return lookup && lookup->outcome == outcome;
}

std::string advice_without_ipv6(const Scene& scene) {
  if (const std::string name = dual_stack_name(scene); !name.empty())
    return fmt::format("Use the dual-stack name {}.", name);
  if (scene.seen.endpoint.addressing == Addressing::ipv4_only)
    return "This name is IPv4-only by design; 'ecr6 endpoints' prints the dual-stack names.";
  return "Compare with another nameserver (--resolver ADDR). If it gives an address, this one filters AAAA records or "
         "has an override. When all agree, the name is not served over IPv6, or a private hosted zone or interface "
         "endpoint answers in its place.";
}

Severity severity_without(const Scene& scene, Family family) {
  if (family == Family::ipv4) return Severity::warning;
  if (scene.seen.endpoint.addressing == Addressing::ipv4_only) return Severity::info;
  return severity_of_failure(scene, family);
}

/// Names whose lack of IPv6 has a cause of its own, which another rule gives.
bool has_own_finding_without_ipv6(const Scene& scene) {
  return is_shadowed_by_private_link(scene) || lacks_ipv6_by_design(scene);
}

void lacks_address(const Scene& scene, Family family, Findings& findings) {
  Finding finding = finding_about(scene, family == Family::ipv6 ? "dns.no-aaaa" : "dns.no-a", family);
  finding.severity = severity_without(scene, family);
  finding.summary = fmt::format("the name has no {} address ({} record)", title(family), record_type(family));
  finding.evidence = lines_with(scene, family, DnsOutcome::no_data);
  finding.advice = family == Family::ipv6
                       ? advice_without_ipv6(scene)
                       : "Clients that have IPv4 alone cannot use this name; keep today's name for them.";
  findings.push_back(std::move(finding));
}

}  // namespace

void lookup_fails(const Scene& scene, Findings& findings) {
  for (const Family family : both_families)
    if (scene.seen.lookup(family))
      for (const Card& card : cards) fails_with(scene, family, card, findings);
}

void name_has_no_address(const Scene& scene, Findings& findings) {
  for (const Family family : both_families)
    if (came_to(scene, family, DnsOutcome::no_data) && !(family == Family::ipv6 && has_own_finding_without_ipv6(scene)))
      lacks_address(scene, family, findings);
}

void name_not_found(const Scene& scene, Findings& findings) {
  std::vector<std::string> evidence;
  std::optional<Family> only;
  int families = 0;
  for (const Family family : both_families) {
    if (!came_to(scene, family, DnsOutcome::name_not_found)) continue;
    ++families;
    only = family;
    for (auto& line : lines_with(scene, family, DnsOutcome::name_not_found)) evidence.push_back(std::move(line));
  }
  if (families == 0) return;
  Finding finding = finding_about(scene, "dns.name-not-found", families == 1 ? only : std::nullopt);
  finding.severity = severity_of_failure(scene, finding.family);
  finding.summary = families == 1
                        ? fmt::format("asked for its {} address, DNS says that the name does not exist", title(*only))
                        : "DNS says that the name does not exist";
  finding.evidence = std::move(evidence);
  finding.advice =
      families == 2 || !scene.run.settings.has(other(*only))
          ? "Check the spelling ('ecr6 endpoints' prints the names) and whether this network's DNS knows public names."
          : "A name exists for all types of record or for none: the nameserver answers this type wrongly. Compare "
            "with another one (--resolver ADDR).";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
