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

/// The pattern of the twin: what was a star stays one.
std::string pattern_for(std::string twin, std::string_view pattern, std::string_view region) {
  const std::string_view host = host_pattern(pattern);
  const auto replace = [&](std::string_view from) {
    if (const std::size_t at = twin.find(from); at != std::string::npos) twin.replace(at, from.size(), "*");
  };
  if (host.starts_with("*.")) replace(aws::placeholder_account);
  if (host.find(".*.") != std::string_view::npos) replace(region);
  return twin;
}

/// Each dual-stack pattern that a pattern of today's names should have beside it.
void judge_pattern(const CredentialProvider& provider, const Sourced& pattern, std::vector<Finding>& findings) {
  for (const aws::Partition& partition : aws::partitions()) {
    const std::string example = example_of(pattern.text, partition.main_region);
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
                                 pattern_for(*twin, pattern.text, partition.main_region))};
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
