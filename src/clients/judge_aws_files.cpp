#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ecr6/clients/url.hpp"
#include "ecr6/core/text.hpp"
#include "fixes.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

/// S3 is the one service whose own dual-stack key is read.
bool reads_nested_switch(std::string_view section) { return section == "s3" || section == "s3control"; }

/// The reading that survives most: botocore's, or JavaScript's where Python refuses the file.
const SharedConfig& readable(const HomeSurvey& home) {
  const SharedConfig& python = home.shared.front();
  return python.problem ? home.shared.back() : python;
}

std::string nested_source(const ProfileValue& parent, const IniEntry& entry) {
  return fmt::format("{}:{}", parent.source.substr(0, parent.source.rfind(':')), entry.line);
}

/// Where a nested key stands: a profile, or a services section.
struct Holder {
  const HomeSurvey& home;
  const Profile& profile;
  bool in_services{};
};

Finding nested_switch(const Holder& holder, const ProfileValue& parent, const IniEntry& entry) {
  Finding finding;
  finding.id = "config.nested-dualstack-key";
  finding.severity = Severity::warning;
  finding.summary = fmt::format("{}.{} in {} '{}' has no effect: no SDK reads it there", parent.entry.key, entry.key,
                                holder.in_services ? "the services section" : "profile", holder.profile.name);
  finding.evidence = {fmt::format("{}: {} = (nested)", parent.source, parent.entry.key),
                      fmt::format("{}: {} = {}", nested_source(parent, entry), entry.key, entry.value)};
  finding.advice =
      "This is what AWS's documented 'aws configure set default.ecr.use_dualstack_endpoint true' writes. Only a key of "
      "the profile itself counts, and it counts for every service: one that has no dual-stack endpoint in a region "
      "then "
      "fails there. To keep it to ECR, set AWS_USE_DUALSTACK_ENDPOINT=true for the one command or service that calls "
      "it.";
  finding.fixes.push_back(fmt::format("edit {}: remove the nested line, and '{} =' above it when it is left empty",
                                      nested_source(parent, entry), parent.entry.key));
  if (!holder.in_services && equal_ignoring_case(entry.value, "true"))
    finding.fixes.push_back(switch_on(holder.home, holder.profile.name, entry.key));
  return finding;
}

Finding nested_url(const Profile& profile, const ProfileValue& parent, const IniEntry& entry) {
  Finding finding;
  finding.id = "config.nested-endpoint-url";
  finding.severity = Severity::warning;
  finding.summary = fmt::format(
      "{}.endpoint_url directly in profile '{}' has no effect: it is read from a services "
      "section only",
      parent.entry.key, profile.name);
  finding.evidence = {fmt::format("{}: endpoint_url = {}", nested_source(parent, entry), without_secrets(entry.value))};
  finding.advice =
      "Move the block to a [services NAME] section and name that section with 'services = NAME' in the "
      "profile. A configured URL switches dual-stack off.";
  finding.fixes.push_back(
      fmt::format("edit {}: move the block to a section [services {}] and add 'services = {}' to "
                  "the profile",
                  parent.source, profile.name, profile.name));
  return finding;
}

void judge_nested(const Holder& holder, std::vector<Finding>& findings) {
  for (const std::vector<ProfileValue>* values : {&holder.profile.config, &holder.profile.credentials})
    for (const ProfileValue& value : *values)
      for (const IniEntry& entry : value.entry.nested) {
        if (entry.key.starts_with("use_") && entry.key.ends_with("_endpoint") && !reads_nested_switch(value.entry.key))
          findings.push_back(nested_switch(holder, value, entry));
        if (entry.key == "endpoint_url" && !holder.in_services)
          findings.push_back(nested_url(holder.profile, value, entry));
      }
}

/// A file that one client refuses is useless to it as a whole, for every service.
void judge_refused(const HomeSurvey& home, std::vector<Finding>& findings) {
  for (const SharedConfig& shared : home.shared) {
    if (!shared.problem || shared.sdk == Sdk::botocore) continue;
    Finding finding;
    finding.id = "config.file-refused";
    finding.severity = Severity::error;
    finding.summary = fmt::format("{} cannot read the AWS configuration and stops",
                                  shared.sdk == Sdk::go_v2 ? "the Go SDK" : "the AWS CLI and boto3");
    finding.evidence = {*shared.problem};
    finding.advice = "Repair the line. The other SDKs read the file differently, so they may go on with it.";
    finding.fixes = {fmt::format("edit {}", *shared.problem)};
    findings.push_back(std::move(finding));
  }
}

/// `[dev]` in the config file, where `[profile dev]` is meant, is read by nobody.
void judge_headers(const HomeSurvey& home, std::vector<Finding>& findings) {
  for (const ProfileValue& header : readable(home).strays) {
    if (header.entry.key.starts_with("profile ")) continue;  // badly quoted, for Python alone: the clients then differ
    Finding finding;
    finding.id = "config.section-ignored";
    finding.severity = Severity::warning;
    finding.summary = fmt::format("section [{}] of the config file is no profile: nothing reads it", header.entry.key);
    finding.evidence = {fmt::format("{}: [{}]", header.source, header.entry.key)};
    finding.advice =
        "In the config file every profile but 'default' is headed [profile NAME]; plain names are for the "
        "credentials file.";
    finding.fixes = {fmt::format("edit {}: [profile {}]", header.source, header.entry.key)};
    findings.push_back(std::move(finding));
  }
}

}  // namespace

void judge_aws_files(const HomeSurvey& home, std::vector<Finding>& findings) {
  judge_refused(home, findings);
  judge_headers(home, findings);
  const SharedConfig& shared = readable(home);
  for (const Profile& profile : shared.profiles) judge_nested({home, profile, false}, findings);
  for (const Profile& section : shared.services) judge_nested({home, section, true}, findings);
}

}  // namespace ecr6::clients
