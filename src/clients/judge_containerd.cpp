#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/clients/url.hpp"
#include "fixes.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

/// Settings for every host cover the twin as well.
bool covered(const Containerd& containerd, const ContainerdHost& host, std::string_view twin) {
  const auto covers = [&](const ContainerdHost& other) {
    return other.kind == host.kind && (other.host == twin || other.host == "_default" || other.host == "*");
  };
  return std::any_of(containerd.hosts.begin(), containerd.hosts.end(), covers);
}

void judge_twins(const Containerd& containerd, std::vector<Finding>& findings) {
  for (const ContainerdHost& host : containerd.hosts) {
    const auto twin = dual_stack_name(host.host);
    if (!twin || covered(containerd, host, *twin)) continue;
    Finding finding;
    finding.id = "config.containerd-no-twin-host";
    finding.severity = host.kind == "credentials" ? Severity::error : Severity::warning;
    finding.summary = fmt::format("there is a {} setting for {}, but none for {}", host.kind, host.host, *twin);
    finding.evidence = {fmt::format("{}: {}", host.source, host.host)};
    finding.advice =
        "Registry settings are kept by exact host name: pulls by the dual-stack name go on without this one.";
    finding.fixes = {host.kind.ends_with("certs.d")
                         ? fmt::format("cp -r {} {}  # then the 'server' line in it", shell_quoted(host.source),
                                       shell_quoted(host.source.substr(0, host.source.rfind('/') + 1) + *twin))
                         : fmt::format("edit {}: the same for \"{}\"", host.source, *twin)};
    findings.push_back(std::move(finding));
  }
}

void judge_conflict(const Containerd& containerd, std::vector<Finding>& findings) {
  if (!containerd.config_path) return;
  const auto clashes = [](const ContainerdHost& host) { return host.kind == "mirror" || host.kind == "tls"; };
  const auto found = std::find_if(containerd.hosts.begin(), containerd.hosts.end(), clashes);
  if (found == containerd.hosts.end()) return;
  Finding finding;
  finding.id = "config.containerd-two-registries";
  finding.severity = Severity::error;
  finding.summary =
      "containerd refuses registry mirrors or TLS settings beside config_path: its CRI plugin does not load";
  finding.evidence = {fmt::format("{}: config_path = {}", containerd.config_path->source, containerd.config_path->text),
                      fmt::format("{}: {} of {}", found->source, found->kind, found->host)};
  finding.advice = "Move them to hosts.toml files below config_path, one directory per host.";
  finding.fixes = {fmt::format("edit {}: remove it and write {}/{}/hosts.toml", found->source,
                               containerd.config_path->text, found->host)};
  findings.push_back(std::move(finding));
}

void judge_sandbox(const Containerd& containerd, std::vector<Finding>& findings) {
  if (!containerd.sandbox_image) return;
  const std::string& image = containerd.sandbox_image->text;
  const auto twin = dual_stack_name(std::string_view{image}.substr(0, image.find('/')));
  if (!twin) return;
  Finding finding;
  finding.id = "config.containerd-sandbox-image";
  finding.severity = Severity::warning;
  finding.summary = "every pod's sandbox image is pulled by an IPv4-only name";
  finding.evidence = {fmt::format("{}: {}", containerd.sandbox_image->source, image)};
  finding.advice =
      "On a node without IPv4 no pod starts unless the image is there already. Change the host, and see "
      "that the kubelet's credential provider matches it.";
  finding.fixes = {
      fmt::format("edit {}: {}{}", containerd.sandbox_image->source, *twin, image.substr(image.find('/')))};
  findings.push_back(std::move(finding));
}

/// What the images are called that take this way.
std::string images_of(const RegistryEndpoint& endpoint) {
  if (endpoint.registry == "_default" || endpoint.registry == "*") return "images of every other registry";
  const auto name = aws::recognise(endpoint.registry);
  const bool dual = name && name->endpoint.addressing == Addressing::dual_stack;
  return fmt::format("images of {}{}", endpoint.registry, dual ? ", which is dual-stack," : "");
}

void judge_endpoints(const Containerd& containerd, std::vector<Finding>& findings) {
  for (const RegistryEndpoint& endpoint : containerd.endpoints) {
    const auto url = parse_url(endpoint.url);
    const auto twin = url ? dual_stack_name(url->host) : std::nullopt;
    if (!twin) continue;
    Finding finding;
    finding.id = "config.containerd-ipv4-only-endpoint";
    finding.severity = Severity::warning;
    finding.summary = fmt::format("containerd pulls {} from {}, an IPv4-only name", images_of(endpoint), url->host);
    finding.evidence = {fmt::format("{}: {} {}", endpoint.source, endpoint.kind, endpoint.url)};
    finding.advice =
        "This decides, not the name of the image. Write the dual-stack name here, with the same path, and see that "
        "the credentials of this node are for that name too.";
    std::string better = endpoint.url;
    better.replace(better.find(url->host), url->host.size(), *twin);
    finding.fixes = {fmt::format("edit {}: {}", endpoint.source, better)};
    findings.push_back(std::move(finding));
  }
}

}  // namespace

void judge_containerd(const Survey& survey, std::vector<Finding>& findings) {
  if (!survey.containerd) return;
  judge_twins(*survey.containerd, findings);
  judge_conflict(*survey.containerd, findings);
  judge_sandbox(*survey.containerd, findings);
  judge_endpoints(*survey.containerd, findings);
}

}  // namespace ecr6::clients
