#include <fmt/format.h>

#include "ecr6/aws/recognise.hpp"
#include "evidence.hpp"
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

}  // namespace

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
