#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"

namespace ecr6 {

namespace {

Finding about_run(std::string_view id, Severity severity, std::string_view summary) {
  Finding finding;
  finding.id = id;
  finding.severity = severity;
  finding.summary = summary;
  return finding;
}

std::size_t count_with(const Observation& run, Cause cause) {
  std::size_t found{};
  for (const EndpointObservation& seen : run.endpoints)
    found += static_cast<std::size_t>(std::count_if(seen.attempts.begin(), seen.attempts.end(),
                                                    [&](const Attempt& attempt) { return attempt.cause == cause; }));
  return found;
}

std::string nameserver_text(const Nameserver& nameserver) { return where(nameserver.address, nameserver.port, 53); }

}  // namespace

void ended_early(const RunScene& scene, Findings& findings) {
  const Observation& run = scene.run;
  const auto interrupted = count_with(run, Cause::interrupted);
  if (run.interrupted || interrupted > 0) {
    Finding finding =
        about_run("run.interrupted", Severity::warning, "the run was interrupted; what follows is partial");
    finding.evidence = {fmt::format("stopped after {}; {} attempts cut off", to_text(run.duration), interrupted)};
    finding.advice = "Run it again to the end for a verdict.";
    findings.push_back(std::move(finding));
  }
  const auto late = count_with(run, Cause::deadline_exceeded);
  if (!run.deadline_exceeded && late == 0) return;
  Finding finding =
      about_run("run.deadline", Severity::warning, "the run's deadline came before everything was tested");
  finding.evidence = {fmt::format("deadline {}; {} attempts cut off", to_text(run.settings.deadline), late)};
  finding.advice = "Give it more time with --deadline, or fewer targets.";
  findings.push_back(std::move(finding));
}

void nothing_required(const RunScene& scene, Findings& findings) {
  const auto& endpoints = scene.run.endpoints;
  if (std::any_of(endpoints.begin(), endpoints.end(), [](const EndpointObservation& seen) { return seen.required; }))
    return;
  Finding finding = about_run("run.nothing-required", Severity::warning, "no endpoint of this run decides readiness");
  finding.evidence = {fmt::format("{} endpoints, none of them a dual-stack API or registry", endpoints.size())};
  finding.advice = "Layer hosts and today's names never decide. Widen --only, or name another target.";
  findings.push_back(std::move(finding));
}

void addresses_left_out(const Scene& scene, Findings& findings) {
  Finding finding = finding_about(scene, "run.addresses-left-out", std::nullopt);
  for (const Family family : both_families) {
    const std::size_t left = family == Family::ipv6 ? scene.seen.ipv6_left_out : scene.seen.ipv4_left_out;
    if (left > 0)
      finding.evidence.push_back(
          fmt::format("{} more {} {} not tried", left, title(family), left == 1 ? "address was" : "addresses were"));
    std::size_t dropped{};
    if (const auto& lookup = scene.seen.lookup(family))
      for (const ServerAnswer& answer : lookup->by_nameserver) dropped += answer.records_left_out;
    if (dropped > 0)
      finding.evidence.push_back(fmt::format("{} more {} {} not read", dropped, record_type(family),
                                             dropped == 1 ? "record was" : "records were"));
  }
  if (finding.evidence.empty()) return;
  finding.summary = "the name has more addresses than the bound of this run";
  finding.advice = fmt::format("The first {} of each family were tried; raise --max-addresses for more.",
                               scene.run.settings.max_addresses);
  findings.push_back(std::move(finding));
}

void nameservers_ignored(const RunScene& scene, Findings& findings) {
  const auto& nameservers = scene.run.nameservers;
  const auto used = [](const Nameserver& nameserver) { return nameserver.used_by_system; };
  if (std::none_of(nameservers.begin(), nameservers.end(), used)) return;  // they came from --resolver
  Finding finding = about_run("run.nameservers-ignored", Severity::info,
                              "more nameservers are configured than the system uses; this run asked them all");
  for (const Nameserver& nameserver : nameservers)
    if (!nameserver.used_by_system && nameserver.source != "--resolver")
      finding.evidence.push_back(fmt::format("{} in {} is ignored", nameserver_text(nameserver), nameserver.source));
  if (finding.evidence.empty()) return;
  finding.advice = "The C library reads the first three (resolv.conf(5), MAXNS); applications never ask the others.";
  findings.push_back(std::move(finding));
}

void account_is_placeholder(const RunScene& scene, Findings& findings) {
  Finding finding = about_run("run.placeholder-account", Severity::info,
                              "no account was given: registries were probed under the account label 123456789012");
  for (const EndpointObservation& seen : scene.run.endpoints)
    if (seen.placeholder_account) finding.evidence.push_back(seen.endpoint.name);
  if (finding.evidence.empty()) return;
  finding.advice = "The path is the same for every account. --account ID probes the registry under your own name.";
  findings.push_back(std::move(finding));
}

void embedded_lab(const RunScene& scene, Findings& findings) {
  if (scene.run.settings.lab.empty()) return;
  Finding finding =
      about_run("run.lab", Severity::info, "this was the embedded ECR on loopback: nothing real was tested");
  finding.evidence = {fmt::format("scenario {}", scene.run.settings.lab)};
  finding.advice = "Run the same command without --lab for the real thing.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
