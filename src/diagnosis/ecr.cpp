#include <fmt/format.h>

#include "ecr6/aws/recognise.hpp"
#include "evidence.hpp"
#include "private_link.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

/// A wrong or older name that was probed as given. Of a name that is not recognised here, the plan's word stands.
bool is_wrong(const EndpointObservation& seen) {
  const auto name = aws::recognise(seen.endpoint.name);
  return !name || name->spelling == aws::Spelling::wrong;
}

Finding use_instead(const Scene& scene, std::string_view id, const std::string& right) {
  Finding finding = finding_about(scene, id, std::nullopt);
  finding.evidence = {fmt::format("{} was given; {} is the name to use", scene.seen.endpoint.name, right)};
  finding.advice = fmt::format("Use {}, which is probed beside it.", right);
  return finding;
}

bool has_ipv6_address(const EndpointObservation& seen) {
  return seen.ipv6_lookup && seen.ipv6_lookup->outcome == DnsOutcome::answered;
}

bool is_for_layers(Role role) { return role == Role::layers || role == Role::public_layers; }

/// IPv4 alone, as DNS says: no AAAA record, and an A record.
bool is_ipv4_only(const EndpointObservation& seen) {
  return seen.ipv6_lookup && seen.ipv6_lookup->outcome == DnsOutcome::no_data && seen.ipv4_lookup &&
         seen.ipv4_lookup->outcome == DnsOutcome::answered;
}

std::vector<std::string> lines_without_ipv6(const Scene& scene) {
  std::vector<std::string> lines;
  for (const ServerAnswer& answer : scene.seen.ipv6_lookup->by_nameserver)
    if (answer.outcome == DnsOutcome::no_data) lines.push_back(line_of(scene.run, answer, Family::ipv6));
  lines.push_back(fmt::format("A {}", addresses_of(scene.seen.ipv4_lookup->records)));
  return lines;
}

}  // namespace

bool lacks_ipv6_by_design(const Scene& scene) {
  const Endpoint& endpoint = scene.seen.endpoint;
  if (endpoint.addressing != Addressing::ipv4_only || !is_ipv4_only(scene.seen)) return false;
  return endpoint.role == Role::public_registry || is_for_layers(endpoint.role);
}

void layers_without_ipv6(const Scene& scene, Findings& findings) {
  const Endpoint& endpoint = scene.seen.endpoint;
  if (!is_for_layers(endpoint.role) || !is_ipv4_only(scene.seen)) return;
  Finding finding = finding_about(scene, "ecr.layers-ipv4-only", Family::ipv6);
  finding.evidence = lines_without_ipv6(scene);
  const EndpointObservation* twin = dual_stack_twin(scene);
  const bool dual_stack_works = twin != nullptr && has_ipv6_address(*twin);
  if (dual_stack_works) finding.evidence.push_back(twin->endpoint.name + " has IPv6 addresses");
  finding.severity = dual_stack_works ? Severity::info : Severity::warning;
  finding.summary = "layers that come from this host come over IPv4 alone";
  finding.advice =
      "After the manifest a registry redirects to a host for the layers, and AWS does not document which one a pull "
      "through the dual-stack registry gets. With IPv6 alone, pull an image to see; a client cannot choose. IPv4 "
      "egress, or a gateway endpoint for S3 with IPv4, serves such layers.";
  findings.push_back(std::move(finding));
}

void public_name_without_ipv6(const Scene& scene, Findings& findings) {
  const Endpoint& endpoint = scene.seen.endpoint;
  if (endpoint.role != Role::public_registry || !lacks_ipv6_by_design(scene)) return;
  const std::string right = dual_stack_name(scene);
  Finding finding = finding_about(scene, "ecr.public-name-ipv4-only", Family::ipv6);
  finding.severity = Severity::info;
  finding.evidence = lines_without_ipv6(scene);
  finding.summary = "the public registry's usual name has IPv4 alone";
  finding.advice =
      fmt::format("Use {} in image references; charts and add-ons have {} by default. 'ecr6 rewrite' changes files.",
                  right.empty() ? "its dual-stack name" : right, endpoint.name);
  findings.push_back(std::move(finding));
}

void wrong_name(const Scene& scene, Findings& findings) {
  if (!scene.seen.right_name || !is_wrong(scene.seen)) return;
  Finding finding = use_instead(scene, "dns.wrong-name", *scene.seen.right_name);
  finding.severity = Severity::warning;
  finding.summary = "this is not the name of an ECR endpoint";
  finding.advice +=
      " Older SDKs build wrong names (botocore before 1.38.6, the Go SDK's ecr before 2026): update what made it.";
  findings.push_back(std::move(finding));
}

void older_name(const Scene& scene, Findings& findings) {
  const auto name = aws::recognise(scene.seen.endpoint.name);
  // Of the FIPS API both spellings are planned, and AWS documents the second one.
  if (!name || name->spelling != aws::Spelling::alternate || name->endpoint.fips) return;
  Finding finding = use_instead(scene, "ecr.older-name", name->right_name);
  finding.severity = Severity::info;
  finding.summary = "an older spelling of an ECR name";
  findings.push_back(std::move(finding));
}

void not_an_ecr_name(const Scene& scene, Findings& findings) {
  const Endpoint& endpoint = scene.seen.endpoint;
  if (endpoint.role != Role::other || scene.seen.right_name || aws::recognise(endpoint.name)) return;
  Finding finding = finding_about(scene, "ecr.not-an-ecr-name", std::nullopt);
  finding.severity = Severity::info;
  finding.summary = literal_family(scene.seen) ? "an address, not an ECR name" : "not an ECR name";
  finding.evidence = {fmt::format("{} was probed because it was named", endpoint.name)};
  finding.advice =
      "'ecr6 endpoints' prints ECR's names. A mirror or proxy of your own is fine here: nothing of ECR was tested.";
  findings.push_back(std::move(finding));
}

void unconfirmed_name(const Scene& scene, Findings& findings) {
  const Endpoint& endpoint = scene.seen.endpoint;
  if (endpoint.confirmed || scene.seen.right_name) return;  // a wrong name is known not to exist
  Finding finding = finding_about(scene, "ecr.unconfirmed-name", std::nullopt);
  finding.severity = Severity::info;
  finding.summary = "AWS's rules generate this name, but nobody has confirmed that it exists";
  for (const Family family : both_families)
    if (const auto& lookup = scene.seen.lookup(family))
      finding.evidence.push_back(fmt::format("{}: {}", record_type(family), to_string(lookup->outcome)));
  finding.advice = "When DNS does not know the name, that may be why; ask AWS before you build on it.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
