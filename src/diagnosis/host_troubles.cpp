#include <fmt/format.h>

#include <algorithm>

#include "dns_addresses.hpp"
#include "evidence.hpp"
#include "own_network.hpp"
#include "trouble.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

constexpr std::size_t most_endpoints_shown = 6;

/// What failed for the address that DNS gave says nothing of this host: connecting to fe80::1 is EINVAL everywhere.
std::optional<HostCause> cause_in(const RunScene& scene, const EndpointObservation& seen, const Attempt& attempt) {
  const auto cause = host_cause(scene.run, attempt);
  if (!cause) return std::nullopt;
  const EndpointVerdict words = words_of(scene.run, seen);
  return is_explained_by_its_address({scene.run, scene.silences, seen, words}, attempt) ? std::nullopt : cause;
}

std::vector<Trouble> troubles_of(const RunScene& scene, Family family) {
  const Observation& run = scene.run;
  std::vector<Trouble> troubles;
  for (const EndpointObservation& seen : run.endpoints)
    for (const Attempt& attempt : seen.attempts) {
      const auto cause = attempt.family == family ? cause_in(scene, seen, attempt) : std::nullopt;
      if (!cause) continue;
      const auto known = std::find_if(troubles.begin(), troubles.end(),
                                      [&](const Trouble& trouble) { return trouble.cause == *cause; });
      if (known != troubles.end())
        known->hits.push_back({&seen, &attempt});
      else
        troubles.push_back({run, family, *cause, {{&seen, &attempt}}});
    }
  return troubles;
}

bool any_attempt(const Observation& run, bool (*predicate)(const Attempt&)) {
  return std::any_of(run.endpoints.begin(), run.endpoints.end(), [&](const EndpointObservation& seen) {
    return std::any_of(seen.attempts.begin(), seen.attempts.end(), predicate);
  });
}

bool is_ipv6(const Attempt& attempt) { return attempt.family == Family::ipv6; }
bool works_over_ipv6(const Attempt& attempt) { return is_ipv6(attempt) && attempt.went_through(); }

Severity severity_of(const Trouble& trouble, const std::vector<Silence>& silences) {
  Severity worst = Severity::warning;
  for (const Hit& hit : trouble.hits) {
    const EndpointVerdict words = words_of(trouble.run, *hit.seen);
    const bool works = words.of(trouble.family) == Reachability::degraded;
    if (!works) worst = std::max(worst, severity_of_failure({trouble.run, silences, *hit.seen, words}, trouble.family));
  }
  return worst;
}

/// A host that has no IPv4 to speak of and works over IPv6 lacks nothing.
bool lives_without_ipv4(const Trouble& trouble) {
  const auto& network = trouble.run.host.network;
  if (trouble.family == Family::ipv6 || trouble.cause != HostCause::no_route || !network) return false;
  if (has_default_route(*network, Family::ipv4) || !any_attempt(trouble.run, works_over_ipv6)) return false;
  return std::none_of(network->interfaces.begin(), network->interfaces.end(), [](const Interface& interface) {
    return std::any_of(interface.addresses.begin(), interface.addresses.end(), [](const InterfaceAddress& own) {
      return !own.address.is_v6() && reaches_beyond_the_link(own.address);
    });
  });
}

Finding finding_for(const Trouble& trouble, Severity severity) {
  Finding finding;
  finding.family = trouble.family;
  finding.severity = severity;
  describe_addresses(trouble, finding);
  describe_routes(trouble, finding);
  describe_process(trouble, finding);
  for (std::string& line : hit_lines(trouble.hits)) finding.evidence.push_back(std::move(line));
  return finding;
}

/// What the facts alone say of IPv6, where no lookup gave an address to try it with.
std::optional<HostCause> untried_cause(const Observation& run) {
  if (!run.settings.ipv6 || !run.host.network || any_attempt(run, is_ipv6)) return std::nullopt;
  if (std::none_of(run.endpoints.begin(), run.endpoints.end(),
                   [](const EndpointObservation& seen) { return seen.ipv6_lookup.has_value(); }))
    return std::nullopt;
  if (run.host.network->ipv6_in_kernel == false) return HostCause::family_unsupported;
  const auto ways = ways_out(run);
  const bool all_off = std::all_of(ways.begin(), ways.end(), [](const Interface* each) { return ipv6_is_off(*each); });
  return !ways.empty() && all_off ? std::optional{HostCause::ipv6_off} : std::nullopt;
}

/// What a container's network lacks that nobody gave IPv6; not what is wrong with one that has it.
bool means_no_ipv6_here(HostCause cause) {
  return cause == HostCause::family_unsupported || cause == HostCause::ipv6_off || cause == HostCause::no_route ||
         cause == HostCause::link_local_only || cause == HostCause::unique_local_only ||
         cause == HostCause::no_usable_address;
}

/// The second fault of a host without a route: one alone would not do.
bool has_unique_local_alone(const Trouble& trouble) {
  const bool lacks_route = trouble.cause == HostCause::no_route || trouble.cause == HostCause::advertisements_ignored;
  const auto& network = trouble.run.host.network;
  return trouble.family == Family::ipv6 && lacks_route && network && reach_of(*network) == Reach::unique_local;
}

std::string share(std::size_t count) {
  return count == 1 ? "" : fmt::format(", and {} more {}", count - 1, count == 2 ? "address" : "addresses");
}

}  // namespace

Finding finding_about_host(std::string_view id, Severity severity) {
  Finding finding;
  finding.id = id;
  finding.severity = severity;
  return finding;
}

std::vector<std::string> hit_lines(const std::vector<Hit>& hits) {
  std::vector<std::string> lines;
  std::size_t endpoints{};
  for (auto hit = hits.begin(); hit != hits.end();) {
    const auto next = std::find_if(hit, hits.end(), [&](const Hit& each) { return each.seen != hit->seen; });
    if (++endpoints <= most_endpoints_shown)
      lines.push_back(fmt::format("{}: {}{}", hit->seen->endpoint.name, line_of(*hit->attempt),
                                  share(static_cast<std::size_t>(next - hit))));
    hit = next;
  }
  if (endpoints > most_endpoints_shown)
    lines.push_back(fmt::format("the same on {} more endpoints", endpoints - most_endpoints_shown));
  return lines;
}

void host_is_in_the_way(const RunScene& scene, Findings& findings) {
  for (const Family family : both_families)
    for (const Trouble& trouble : troubles_of(scene, family)) {
      const Severity severity = severity_of(trouble, scene.silences);
      if (severity != Severity::error && lives_without_ipv4(trouble)) continue;
      findings.push_back(finding_for(trouble, severity));
      if (has_unique_local_alone(trouble))
        findings.push_back(finding_for({trouble.run, family, HostCause::unique_local_only, trouble.hits}, severity));
    }
  if (const auto cause = untried_cause(scene.run))
    findings.push_back(finding_for({scene.run, Family::ipv6, *cause, {}}, Severity::warning));
}

void container_has_no_ipv6(const RunScene& scene, Findings& findings) {
  const auto& marks = scene.run.host.container_marks;
  if (marks.empty() || any_attempt(scene.run, works_over_ipv6)) return;
  std::vector<Hit> hits;
  for (const Trouble& trouble : troubles_of(scene, Family::ipv6))
    if (means_no_ipv6_here(trouble.cause)) hits.insert(hits.end(), trouble.hits.begin(), trouble.hits.end());
  if (hits.empty() && !untried_cause(scene.run)) return;
  Finding finding = finding_about_host("host.container", Severity::warning);
  finding.family = Family::ipv6;
  finding.summary =
      "IPv6 does not get out of this container; images are pulled by the engine, in the network of its host";
  finding.evidence = marks;
  finding.evidence.push_back(fmt::format("IPv6 attempts that failed in the container's network: {}", hits.size()));
  finding.advice =
      "Run ecr6 on the host for what pulls and pushes will do (under '--network host' it is the same network). For "
      "programs in "
      "containers, "
      "give their network IPv6: 'docker network create --ipv6', or ipv6 and fixed-cidr-v6 in Docker's daemon.json; in "
      "Kubernetes the cluster's network plug-in decides.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
