#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "evidence.hpp"

namespace ecr6 {

void hosts_file(const Scene& scene, Findings& findings) {
  Finding finding = finding_about(scene, "host.hosts-file", std::nullopt);
  for (const HostsEntry& entry : scene.run.host.hosts_entries)
    if (equal_ignoring_case(entry.name, scene.seen.endpoint.name))
      finding.evidence.push_back(fmt::format("line {}: {} {}", entry.line, entry.address.to_string(), entry.name));
  if (finding.evidence.empty()) return;
  finding.severity = Severity::warning;
  finding.summary = "the hosts file overrides this name";
  finding.advice =
      "Applications connect to that address whatever DNS says, and this run asked DNS. Remove the entry unless it "
      "is meant.";
  findings.push_back(std::move(finding));
}

void proxy(const RunScene& scene, Findings& findings) {
  const HostFacts& host = scene.run.host;
  if (host.proxies.empty()) return;
  Finding finding;
  finding.id = "host.proxy";
  finding.severity = Severity::warning;
  finding.summary = "clients on this host would go through a proxy; this run went straight";
  for (const ProxySetting& setting : host.proxies)
    finding.evidence.push_back(fmt::format("{}={}", setting.variable, setting.value));
  finding.evidence.push_back(host.no_proxy.empty() ? "NO_PROXY is not set" : "NO_PROXY=" + host.no_proxy);
  finding.advice =
      "What counts for clients is whether the proxy reaches ECR, and from which address. Exempt the endpoints "
      "through NO_PROXY to use this host's own IPv6.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
