#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>

#include "ecr6/aws/names.hpp"
#include "ecr6/aws/partitions.hpp"
#include "ecr6/core/text.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

/// The host of a pattern: no scheme, no path. Globs are not allowed anywhere else.
std::string_view host_pattern(std::string_view pattern) {
  if (const std::size_t scheme = pattern.find("://"); scheme != std::string_view::npos)
    pattern.remove_prefix(scheme + 3);
  return pattern.substr(0, pattern.find_first_of("/:"));
}

bool has_port(std::string_view pattern) {
  if (const std::size_t scheme = pattern.find("://"); scheme != std::string_view::npos)
    pattern.remove_prefix(scheme + 3);
  return pattern.substr(0, pattern.find('/')).find(':') != std::string_view::npos;
}

/// A host that the pattern matches, its lone stars filled in; empty when it has other globs.
std::string example_of(std::string_view pattern, std::string_view region) {
  std::vector<std::string> labels;
  for (const std::string_view label : split(host_pattern(pattern), '.')) {
    const bool star = label == "*";
    if (!star && label.find_first_of("*?[\\") != std::string_view::npos) return {};
    labels.emplace_back(!star ? label : labels.empty() ? aws::placeholder_account : region);
  }
  return join(labels, ".");
}

/// A host of today's names that the pattern matches; empty when there is none.
std::string today_matched(std::string_view pattern, const aws::Partition& partition) {
  if (std::string example = example_of(pattern, partition.main_region); !example.empty()) return example;
  for (const std::string_view region : partition.regions)
    for (const bool fips : {false, true}) {
      const aws::Place place{std::string{region}, std::nullopt, fips};
      for (const auto& today : aws::current_endpoints(Role::registry, place))
        if (matches_image_glob(pattern, today.name)) return today.name;
    }
  return {};
}

/// The pattern of the twin: the globs of account and region stay as they are.
std::string pattern_for(std::string_view twin, std::string_view pattern) {
  const auto globs = split(host_pattern(pattern), '.');
  std::vector<std::string> labels;
  for (const std::string_view label : split(twin, '.')) labels.emplace_back(label);
  constexpr std::size_t region_today = 3, region_dual = 2;
  if (globs.size() <= region_today || labels.size() <= region_dual) return std::string{twin};
  labels[0] = globs[0];
  labels[region_dual] = globs[region_today];
  return join(labels, ".");
}

/// Each dual-stack pattern that a pattern of today's names should have beside it.
void judge_pattern(const CredentialProvider& provider, const Sourced& pattern, std::vector<Finding>& findings) {
  for (const aws::Partition& partition : aws::partitions()) {
    const std::string example = today_matched(pattern.text, partition);
    const auto twin = example.empty() ? std::nullopt : dual_stack_name(example);
    if (!twin) continue;
    const auto matches = [&](const Sourced& other) { return matches_image_glob(other.text, *twin); };
    if (std::any_of(provider.match_images.begin(), provider.match_images.end(), matches)) continue;
    Finding finding;
    finding.id = "config.kubelet-match-images";
    finding.severity = Severity::error;
    finding.summary = fmt::format("the kubelet never asks {} for {}", provider.name, *twin);
    finding.evidence = {fmt::format("{}: {} matches {} and not {}", pattern.source, pattern.text, example, *twin)};
    finding.advice =
        "A glob matches label by label, and the dual-stack name has one label fewer: it needs its own. "
        "Until then private images by that name are pulled without credentials and fail.";
    finding.fixes = {fmt::format("edit {}: add \"{}\" to matchImages, then restart the kubelet", pattern.source,
                                 pattern_for(*twin, pattern.text))};
    findings.push_back(std::move(finding));
    return;
  }
}

/// Globs are in place: then the provider's own release decides.
void judge_version(const CredentialProvider& provider, std::vector<Finding>& findings) {
  const auto of_dual_stack = [](const Sourced& pattern) { return pattern.text.find("dkr-ecr") != std::string::npos; };
  const auto found = std::find_if(provider.match_images.begin(), provider.match_images.end(), of_dual_stack);
  if (found == provider.match_images.end()) return;
  Finding finding;
  finding.id = "config.kubelet-provider-version";
  finding.severity = Severity::info;
  finding.summary = fmt::format("{} of releases v1.31 to v1.35.0 asks an API host that does not exist", provider.name);
  finding.evidence = {fmt::format("{}: {}", found->source, found->text)};
  finding.advice = "For a dual-stack image those releases build api.ecr.<region>.api.aws; later ones are right.";
  findings.push_back(std::move(finding));
}

}  // namespace

bool matches_image_glob(std::string_view pattern, std::string_view host) {
  if (has_port(pattern)) return false;  // the port has to match as well, and images name none
  const auto globs = split(host_pattern(pattern), '.');
  const auto labels = split(host, '.');
  if (globs.size() != labels.size()) return false;
  for (std::size_t i = 0; i < globs.size(); ++i)
    if (::fnmatch(std::string{globs[i]}.c_str(), std::string{labels[i]}.c_str(), 0) != 0) return false;
  return true;
}

void judge_kubelet(const Survey& survey, std::vector<Finding>& findings) {
  for (const CredentialProvider& provider : survey.providers) {
    for (const Sourced& pattern : provider.match_images) judge_pattern(provider, pattern, findings);
    judge_version(provider, findings);
  }
}

}  // namespace ecr6::clients
