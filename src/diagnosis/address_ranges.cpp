#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/special.hpp"
#include "ecr6/core/translation.hpp"
#include "evidence.hpp"

namespace ecr6 {

namespace {

/// AWS's file is about the public Internet: private, reserved and translated addresses are in nobody's list.
bool is_public(const Observation& run, const Address& address) {
  const auto prefixes = run.nat64 ? nat64_prefixes(*run.nat64) : std::vector<Prefix>{};
  return special_use(address).empty() && !is_private(address) && !translated_ipv4(address, prefixes);
}

/// The public file does not list the isolated partitions, and a host of the user's own may be anywhere.
bool is_in_the_file(const Endpoint& endpoint) {
  return endpoint.role != Role::other && endpoint.partition && !endpoint.partition->starts_with("aws-iso");
}

bool has(const EndpointObservation& seen, const Address& address) {
  const auto& lookup = seen.lookup(address.family());
  const auto is_it = [&](const auto& each) { return each.address == address; };
  return std::any_of(seen.attempts.begin(), seen.attempts.end(), is_it) ||
         (lookup && std::any_of(lookup->records.begin(), lookup->records.end(), is_it));
}

/// What the file says of this endpoint's public addresses of one family.
std::vector<const IpRangeMatch*> matches_of(const Scene& scene, Family family) {
  std::vector<const IpRangeMatch*> found;
  if (!scene.run.ip_ranges || !is_in_the_file(scene.seen.endpoint)) return found;
  for (const IpRangeMatch& match : scene.run.ip_ranges->matches)
    if (match.address.family() == family && is_public(scene.run, match.address) && has(scene.seen, match.address))
      found.push_back(&match);
  return found;
}

std::string file_line(const IpRanges& ranges) {
  return fmt::format("{}: {} entries{}", ranges.file, ranges.entries,
                     ranges.created.empty() ? "" : ", created " + ranges.created);
}

/// Who answers there is known when its certificate holds.
std::string certificate_line(const Scene& scene, const Address& address) {
  for (const Attempt& attempt : scene.seen.attempts)
    if (attempt.address == address && attempt.tls)
      return fmt::format("{}: its certificate {}", address.to_string(),
                         attempt.tls->verified ? "is valid for this name" : "does not hold: " + attempt.tls->verify);
  return {};
}

bool is_of_a_region(Role role) { return role == Role::api || role == Role::registry || role == Role::layers; }

}  // namespace

void address_not_amazons(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    Finding finding = finding_about(scene, "ecr.address-not-amazons", family);
    for (const IpRangeMatch* match : matches_of(scene, family)) {
      if (match->prefix) continue;
      finding.evidence.push_back(fmt::format("{}: in no entry of the file", match->address.to_string()));
      if (auto line = certificate_line(scene, match->address); !line.empty()) finding.evidence.push_back(line);
    }
    if (finding.evidence.empty()) continue;
    finding.evidence.push_back(file_line(*scene.run.ip_ranges));
    finding.severity = Severity::warning;
    finding.summary = "an address of this name is not one that AWS publishes as its own";
    finding.advice =
        "Fetch the file again first: AWS adds ranges. Otherwise an answer of DNS was replaced, something stands in "
        "ECR's place (a proxy, a mirror), or the name leads to an interface endpoint with addresses that the VPC's "
        "owner brought along. A valid certificate speaks for ECR.";
    findings.push_back(std::move(finding));
  }
}

void address_of_another_region(const Scene& scene, Findings& findings) {
  const Endpoint& endpoint = scene.seen.endpoint;
  if (!endpoint.region || !is_of_a_region(endpoint.role)) return;
  for (const Family family : both_families) {
    Finding finding = finding_about(scene, "ecr.address-other-region", family);
    for (const IpRangeMatch* match : matches_of(scene, family))
      if (match->prefix && !match->region.empty() && match->region != "GLOBAL" && match->region != *endpoint.region)
        finding.evidence.push_back(fmt::format("{}: in {}, listed for {}", match->address.to_string(),
                                               match->prefix->to_string(), match->region));
    if (finding.evidence.empty()) continue;
    finding.evidence.push_back(file_line(*scene.run.ip_ranges));
    finding.severity = Severity::info;
    finding.summary = fmt::format("AWS lists an address of this name under another region than {}", *endpoint.region);
    finding.advice =
        "This proves nothing by itself: AWS does not publish which ranges ECR uses. If it is not expected, compare "
        "with "
        "what another nameserver answers, and look for an override of the name.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace ecr6
