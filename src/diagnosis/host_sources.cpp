#include <fmt/format.h>

#include <algorithm>

#include "answers.hpp"
#include "own_network.hpp"
#include "trouble.hpp"

namespace ecr6 {

namespace {

constexpr std::size_t most_shown = 4;

/// This host's own addresses that IPv6 attempts which went through came from, each once.
template <class Predicate>
std::vector<const InterfaceAddress*> working_sources(const Observation& run, const Predicate& counts) {
  std::vector<const InterfaceAddress*> sources;
  for (const EndpointObservation& seen : run.endpoints)
    for (const Attempt& attempt : seen.attempts) {
      if (attempt.family != Family::ipv6 || !attempt.went_through() || !attempt.source_address) continue;
      if (!attempt.diverted_to.empty()) continue;
      const InterfaceAddress* const own = own_address(run, *attempt.source_address);
      if (own != nullptr && counts(*own, attempt) && std::find(sources.begin(), sources.end(), own) == sources.end())
        sources.push_back(own);
    }
  return sources;
}

std::string lifetime(std::string_view word, const std::optional<std::uint32_t>& seconds) {
  return seconds ? fmt::format("{} for {} s more", word, *seconds) : fmt::format("{} for ever", word);
}

std::vector<std::string> lines_of(const std::vector<const InterfaceAddress*>& sources, std::string_view kind) {
  std::vector<std::string> lines;
  for (const InterfaceAddress* const own : sources)
    if (lines.size() < most_shown)
      lines.push_back(fmt::format("source {}/{}: {}, {}, {}", own->address.to_string(), own->prefix_length, kind,
                                  lifetime("preferred", own->preferred_s), lifetime("valid", own->valid_s)));
  return lines;
}

Finding note(std::string_view id, Severity severity, std::string_view summary) {
  Finding finding = finding_about_host(id, severity);
  finding.family = Family::ipv6;
  finding.summary = summary;
  return finding;
}

}  // namespace

void source_is_temporary(const RunScene& scene, Findings& findings) {
  const auto sources =
      working_sources(scene.run, [](const InterfaceAddress& own, const Attempt&) { return own.temporary; });
  if (sources.empty()) return;
  Finding finding = note("host.temporary-address", Severity::info,
                         "IPv6 leaves from a temporary address, which changes within a day or so");
  finding.evidence = lines_of(sources, "temporary");
  const Prefix subnet = Prefix{sources.front()->address, 64}.masked();
  finding.advice = fmt::format(
      "In policies and allow-lists name the prefix, {}, not the address; 'ecr6 policy --suggest' writes one. To send "
      "from the stable address set net.ipv6.conf.*.use_tempaddr to 0 or 1.",
      subnet.to_string());
  findings.push_back(std::move(finding));
}

void source_is_deprecated(const RunScene& scene, Findings& findings) {
  const auto sources =
      working_sources(scene.run, [](const InterfaceAddress& own, const Attempt&) { return own.deprecated; });
  if (sources.empty()) return;
  const bool expires = std::any_of(sources.begin(), sources.end(), [](const auto* own) { return own->valid_s; });
  Finding finding = note("host.address-unusable", expires ? Severity::warning : Severity::info,
                         expires ? "IPv6 leaves from a deprecated address: it works until that runs out"
                                 : "IPv6 leaves from a deprecated address, for want of a preferred one");
  finding.evidence = lines_of(sources, "deprecated");
  finding.advice =
      "Deprecated means that there should be a newer address. Look whether the router still advertises the prefix "
      "(renumbering), whether DHCPv6 renews, or who set preferred_lft to 0 ('ip -6 address').";
  findings.push_back(std::move(finding));
}

void source_is_unique_local(const RunScene& scene, Findings& findings) {
  const auto sources = working_sources(scene.run, [&](const InterfaceAddress& own, const Attempt& attempt) {
    return own.address.is_unique_local() && !attempt.address.is_unique_local() && !is_nat64(scene.run, attempt.address);
  });
  if (sources.empty()) return;
  Finding finding = note("host.ula-only", Severity::info,
                         "IPv6 leaves from a unique local address and works: a translator stands on the way");
  finding.evidence = lines_of(sources, "unique local");
  finding.advice =
      "ECR and its policies see the translator's address, so that one belongs in allow-lists. With such a source "
      "applications prefer IPv4 (RFC 6724): give the host a global address for IPv6 to be used first.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
