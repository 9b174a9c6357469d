#include <fmt/format.h>

#include <algorithm>

#include "ecr6/aws/recognise.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

bool has_credentials(const DockerClient& client, std::string_view host) {
  const auto same = [&](const RegistryCredential& credential) { return credential.host == host; };
  return std::any_of(client.credentials.begin(), client.credentials.end(), same);
}

/// The program that writes this file.
std::string_view program_for(std::string_view path) {
  if (path == "/var/lib/kubelet/config.json") return "docker --config /var/lib/kubelet";
  return path.ends_with("/containers/auth.json") ? "podman" : "docker";
}

/// What makes the credentials for the twin, in the way the host has them now.
std::string fix_for(const DockerClient& client, const RegistryCredential& credential, const std::string& twin) {
  if (credential.how.starts_with("helper "))
    return fmt::format("edit {}: \"credHelpers\": {{ \"{}\": \"{}\" }}", client.path, twin, credential.how.substr(7));
  const auto name = aws::recognise(twin);
  const bool is_public = name && name->endpoint.role == Role::public_registry;
  return fmt::format("aws {} get-login-password --region {} | {} login --username AWS --password-stdin {}",
                     is_public ? "ecr-public" : "ecr",
                     is_public                       ? "us-east-1"
                     : name && name->endpoint.region ? *name->endpoint.region
                                                     : "REGION",
                     program_for(client.path), twin);
}

void judge_twins(const DockerClient& client, std::vector<Finding>& findings) {
  if (client.store == "ecr-login") return;  // asked for every host that has no helper of its own
  for (const RegistryCredential& credential : client.credentials) {
    const auto twin = dual_stack_name(credential.host);
    if (!twin || has_credentials(client, *twin)) continue;
    Finding finding;
    finding.id = "config.docker-no-twin-credentials";
    finding.severity = Severity::error;
    finding.summary = fmt::format("there are credentials for {}, but none for {}", credential.host, *twin);
    finding.evidence = {fmt::format("{}: {} ({})", credential.source, credential.host, credential.how)};
    finding.advice =
        "Docker keeps credentials by exact host name: a pull by the dual-stack name fails with 'no basic "
        "auth credentials' until it has its own.";
    finding.fixes = {fix_for(client, credential, *twin)};
    findings.push_back(std::move(finding));
  }
}

/// A helper is only as good as the pattern in it.
void judge_helper(const DockerClient& client, std::vector<Finding>& findings) {
  Finding finding;
  if (client.store == "ecr-login") finding.evidence.push_back(fmt::format("{}: credsStore ecr-login", client.path));
  for (const RegistryCredential& credential : client.credentials) {
    const auto name = aws::recognise(credential.host);
    if (credential.how == "helper ecr-login" && name && name->endpoint.addressing == Addressing::dual_stack)
      finding.evidence.push_back(fmt::format("{}: {}", credential.source, credential.host));
  }
  if (finding.evidence.empty()) return;
  finding.id = "config.docker-helper-version";
  finding.severity = Severity::info;
  finding.summary =
      "docker-credential-ecr-login knows dual-stack names from release 0.10.0 on, ecr-public.aws.com from "
      "0.12.0 on";
  finding.advice =
      "See 'docker-credential-ecr-login version'; an older one answers that it does not know the registry.";
  finding.fixes = {"docker-credential-ecr-login version"};
  findings.push_back(std::move(finding));
}

Finding made(std::string id, Severity severity, std::string summary, std::string evidence) {
  Finding finding;
  finding.id = std::move(id);
  finding.severity = severity;
  finding.summary = std::move(summary);
  finding.evidence = {std::move(evidence)};
  return finding;
}

/// Pulls run in the daemon, on the host's own network: these settings are about containers and builds.
void judge_ipv6(const DockerDaemon& daemon, std::vector<Finding>& findings) {
  if (daemon.ipv6 != true) {
    Finding finding =
        made("config.docker-ipv6-off", Severity::info, "containers on Docker's default bridge have no IPv6",
             fmt::format("{}: ipv6 is {}", daemon.ipv6_source, daemon.ipv6 ? "false" : "not set"));
    finding.advice =
        "Pulls are not affected, the daemon makes them from the host. What runs inside a container (the "
        "AWS CLI, a build with buildx) needs a network with IPv6.";
    finding.fixes = {
        fmt::format("edit {}: \"ipv6\": true, \"fixed-cidr-v6\": \"PREFIX/64\"; then: systemctl restart "
                    "docker",
                    daemon.path)};
    findings.push_back(std::move(finding));
    return;
  }
  if (!daemon.fixed_cidr_v6) {
    Finding finding =
        made("config.docker-ipv6-no-subnet", Severity::info, "IPv6 is on for Docker's default bridge without a subnet",
             daemon.ipv6_source + ": ipv6 is true");
    finding.advice = "Docker 27.0 and later chooses a unique local subnet by itself; older ones do not start.";
    finding.fixes = {fmt::format("edit {}: \"fixed-cidr-v6\": \"PREFIX/64\"", daemon.path)};
    findings.push_back(std::move(finding));
  }
  if (daemon.ip6tables == false) {
    Finding finding = made("config.docker-ip6tables-off", Severity::warning,
                           "Docker has IPv6 for containers but sets no ip6tables rules for them",
                           daemon.ip6tables_source + ": ip6tables is false");
    finding.advice =
        "Without them containers with unique local addresses reach nothing outside, and nothing is filtered.";
    finding.fixes = {fmt::format("edit {}: remove \"ip6tables\": false", daemon.path)};
    findings.push_back(std::move(finding));
  }
}

void judge_mirrors(const DockerDaemon& daemon, std::vector<Finding>& findings) {
  for (const Sourced& mirror : daemon.mirrors) {
    Finding finding = made("config.docker-mirror", Severity::info,
                           "a registry mirror serves Docker Hub alone: pulls from ECR do not pass through it",
                           fmt::format("{}: {}", mirror.source, mirror.text));
    finding.advice = "Nothing to change for ECR; an IPv6-only host must reach the mirror over IPv6 as well.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace

void judge_docker(const Survey& survey, std::vector<Finding>& findings) {
  for (const HomeSurvey& home : survey.homes)
    for (const DockerClient& client : home.docker) {
      judge_twins(client, findings);
      judge_helper(client, findings);
    }
  if (!survey.daemon) return;
  judge_ipv6(*survey.daemon, findings);
  judge_mirrors(*survey.daemon, findings);
}

}  // namespace ecr6::clients
