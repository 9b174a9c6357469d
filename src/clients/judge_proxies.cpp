#include <fmt/format.h>

#include <set>

#include "ecr6/aws/names.hpp"
#include "ecr6/aws/partitions.hpp"
#include "ecr6/core/text.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

constexpr std::size_t most_regions = 32;

/// The regions that this machine has to do with: those of its profiles, and those that the list itself names.
std::set<std::string> regions_of(const Survey& survey, std::string_view no_proxy) {
  std::set<std::string> regions;
  for (const HomeSurvey& home : survey.homes)
    for (const ProfileSurvey& profile : home.profiles)
      for (const ClientEndpoint& endpoint : profile.endpoints)
        if (endpoint.region && aws::partition_of(*endpoint.region) != nullptr && regions.size() < most_regions)
          regions.insert(*endpoint.region);
  for (const std::string_view entry : split(no_proxy, ','))
    for (const std::string_view label : split(trimmed(entry), '.'))
      if (aws::partition_of(label) != nullptr && regions.size() < most_regions) regions.emplace(label);
  if (regions.empty()) regions.emplace("us-east-1");
  return regions;
}

/// What the list covers today and not under the dual-stack name.
std::vector<std::string> missed(std::string_view no_proxy, const std::string& region) {
  std::vector<std::string> names;
  for (const Role role : {Role::api, Role::registry}) {
    const aws::Place place{region, std::nullopt, false};
    const auto current = aws::current_endpoints(role, place);
    const auto dual = aws::dual_stack_endpoint(role, place);
    if (current.empty() || !dual) continue;
    if (bypasses_proxy(no_proxy, current.front().name) && !bypasses_proxy(no_proxy, dual->name))
      names.push_back(fmt::format("{} bypasses the proxy, {} does not", current.front().name, dual->name));
  }
  return names;
}

void judge_exceptions(const Survey& survey, const ProxyFacts& proxy, std::vector<Finding>& findings) {
  if (!proxy.no_proxy) return;
  Finding finding;
  std::set<std::string> suffixes;
  for (const std::string& region : regions_of(survey, proxy.no_proxy->text)) {
    const auto names = missed(proxy.no_proxy->text, region);
    finding.evidence.insert(finding.evidence.end(), names.begin(), names.end());
    const aws::Partition* const partition = aws::partition_of(region);
    if (names.empty() || partition == nullptr) continue;
    suffixes.insert(fmt::format("ecr.{}.{}", region, partition->dual_stack_suffix));
    if (!partition->registry_suffix.empty())
      suffixes.insert(fmt::format(".dkr-ecr.{}.{}", region, partition->registry_suffix));
  }
  if (finding.evidence.empty()) return;
  finding.id = "config.no-proxy-misses-dual-stack";
  finding.severity = Severity::warning;
  finding.summary =
      fmt::format("for {}, ECR's dual-stack names go through the proxy that today's names bypass", proxy.user);
  finding.evidence.insert(finding.evidence.begin(),
                          fmt::format("{}: no proxy for {}", proxy.no_proxy->source, printable(proxy.no_proxy->text)));
  finding.advice = "The dual-stack names end in other suffixes; add them before the switch.";
  finding.fixes = {
      fmt::format("edit {}: add {}", proxy.no_proxy->source, join({suffixes.begin(), suffixes.end()}, ","))};
  findings.push_back(std::move(finding));
}

void judge_proxy(const ProxyFacts& proxy, std::vector<Finding>& findings) {
  if (proxy.no_proxy && bypasses_proxy(proxy.no_proxy->text, "ecr.us-east-1.api.aws")) return;
  Finding finding;
  finding.id = "config.proxy";
  finding.severity = Severity::info;
  finding.summary = fmt::format("{} reaches registries through a proxy", proxy.user);
  finding.evidence = {fmt::format("{}: {}", proxy.https->source, proxy.https->text)};
  finding.advice = "The proxy then decides between IPv6 and IPv4, and IAM conditions see the proxy's address.";
  findings.push_back(std::move(finding));
}

}  // namespace

bool bypasses_proxy(std::string_view no_proxy, std::string_view host) {
  for (const std::string_view piece : split(no_proxy, ',')) {
    std::string entry = to_lower(trimmed(piece));
    if (const std::size_t colon = entry.rfind(':'); colon != std::string::npos && entry.find(':') == colon)
      entry.resize(colon);
    if (entry.starts_with("*.")) entry.erase(0, 1);
    if (entry.empty()) continue;
    if (entry == "*" || entry == host) return true;
    if (host.ends_with(entry.front() == '.' ? entry : '.' + entry)) return true;
  }
  return false;
}

void judge_proxies(const Survey& survey, std::vector<Finding>& findings) {
  for (const ProxyFacts& proxy : survey.proxies) {
    judge_proxy(proxy, findings);
    judge_exceptions(survey, proxy, findings);
  }
}

}  // namespace ecr6::clients
