#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ecr6/clients/render.hpp"
#include "ecr6/core/text.hpp"
#include "rules.hpp"

namespace ecr6::clients {

namespace {

/// The clients of one service that go to the same place.
struct Group {
  const ClientEndpoint* first;
  std::vector<std::string> clients;
};

std::string outcome_of(const ClientEndpoint& endpoint) {
  return endpoint.host ? *endpoint.host : "stops: " + endpoint.error->sentence;
}

std::vector<Group> groups_of(const ProfileSurvey& profile, Service service) {
  std::vector<Group> groups;
  for (const ClientEndpoint& endpoint : profile.endpoints) {
    if (endpoint.service != service) continue;
    const auto same = [&](const Group& group) { return outcome_of(*group.first) == outcome_of(endpoint); };
    auto found = std::find_if(groups.begin(), groups.end(), same);
    if (found == groups.end()) found = groups.insert(groups.end(), {&endpoint, {}});
    found->clients.emplace_back(title(endpoint.sdk));
  }
  return groups;
}

std::string_view addressing_of(const ClientEndpoint& endpoint) {
  if (!endpoint.host) return "";
  if (endpoint.ipv6) return endpoint.confirmed ? "  dual-stack" : "  dual-stack, unconfirmed name";
  return endpoint.url.empty() ? "  IPv4-only" : "  configured URL";
}

/// Who uses the profile when nobody names one.
std::string use_of(const ProfileSurvey& profile, const Environment& environment) {
  std::vector<std::string> clients;
  for (const Sdk sdk : all_sdks)
    if (active_profile(environment, sdk) == profile.name) clients.emplace_back(title(sdk));
  if (clients.empty()) return {};
  return clients.size() == all_sdks.size() ? "  in use" : "  in use by " + join(clients, "; ");
}

std::string render_profile(const ProfileSurvey& profile, const Environment& environment) {
  std::string out =
      fmt::format("  profile {}{}{}\n", profile.name.empty() ? "''" : printable(profile.name),
                  profile.source.empty() ? "" : "  (" + printable(profile.source) + ")", use_of(profile, environment));
  std::set<std::string> said;
  for (const Service service : all_services)
    for (const Group& group : groups_of(profile, service))
      out += fmt::format("    {:<11} {}{}\n                by {}\n", title(service),
                         printable(outcome_of(*group.first)), addressing_of(*group.first),
                         group.clients.size() == all_sdks.size() ? "every client" : join(group.clients, "; "));
  for (const ClientEndpoint& endpoint : profile.endpoints)
    for (const std::string& why : endpoint.why)
      if (said.insert(why).second) out += fmt::format("    because     {}\n", printable(why));
  for (const ClientEndpoint& endpoint : profile.endpoints)
    for (const OlderEndpoint& older : endpoint.older)
      if (said.insert(older.releases + older.host).second)
        out += fmt::format("    older       {}: {}\n", older.releases, printable(older.host));
  return out;
}

std::string_view twin_word(const DockerClient& client, const std::string& twin) {
  const auto same = [&](const RegistryCredential& credential) { return credential.host == twin; };
  const bool found = std::any_of(client.credentials.begin(), client.credentials.end(), same);
  return found || client.store == "ecr-login" ? "has credentials too" : "has none";
}

std::string render_docker(const DockerClient& client) {
  if (client.credentials.empty()) return {};
  std::string out = fmt::format("\nregistry credentials in {}\n", printable(client.path));
  for (const RegistryCredential& credential : client.credentials) {
    out += fmt::format("  {}  {}\n", printable(credential.host), printable(credential.how));
    if (const auto twin = dual_stack_name(credential.host))
      out += fmt::format("    dual-stack name {} {}\n", *twin, twin_word(client, *twin));
  }
  return out;
}

std::string render_home(const HomeSurvey& home, const Environment& environment) {
  std::string out = fmt::format("\nAWS CLI and SDKs of {}\n", printable(home.path));
  for (const ProfileSurvey& profile : home.profiles) out += render_profile(profile, environment);
  for (const DockerClient& client : home.docker) out += render_docker(client);
  return out;
}

std::string_view word(const std::optional<bool>& flag) { return !flag ? "not set" : *flag ? "on" : "off"; }

std::string render_daemons(const Survey& survey) {
  std::string out;
  if (survey.daemon)
    out += fmt::format("\nDocker daemon, {}\n  ipv6 {}, ip6tables {}, {} registry mirrors\n", survey.daemon->path,
                       word(survey.daemon->ipv6), word(survey.daemon->ip6tables), survey.daemon->mirrors.size());
  if (survey.containerd) {
    out += "\nregistry settings of containerd and Docker\n";
    for (const ContainerdHost& host : survey.containerd->hosts)
      out += fmt::format("  {}  {} ({})\n", printable(host.host), host.kind, printable(host.source));
    for (const RegistryEndpoint& endpoint : survey.containerd->endpoints)
      out += fmt::format("  {}  {} {} ({})\n", printable(endpoint.registry), endpoint.kind, printable(endpoint.url),
                         printable(endpoint.source));
    if (survey.containerd->sandbox_image)
      out += fmt::format("  sandbox image {}\n", printable(survey.containerd->sandbox_image->text));
  }
  for (const CredentialProvider& provider : survey.providers) {
    out += fmt::format("\nkubelet credential provider {} ({})\n", printable(provider.name), printable(provider.source));
    for (const Sourced& pattern : provider.match_images) out += fmt::format("  {}\n", printable(pattern.text));
  }
  if (!survey.proxies.empty()) out += "\nproxies\n";
  for (const ProxyFacts& proxy : survey.proxies)
    out += fmt::format("  {}: {}, not for {}\n", printable(proxy.user), printable(proxy.https->text),
                       proxy.no_proxy ? printable(proxy.no_proxy->text) : "(nothing)");
  return out;
}

/// Lines of at most 100 columns behind nine blanks; a word that is longer stays whole.
std::string wrapped(std::string_view text, std::string_view bullet) {
  constexpr std::size_t indent = 9;
  constexpr std::size_t width = 100;
  std::string out;
  std::string line = std::string(indent, ' ') + std::string{bullet};
  const std::size_t start = line.size();
  const std::string safe = printable(text);
  for (const std::string_view word : split(safe, ' ')) {
    if (line.size() > start && line.size() + 1 + word.size() > width) {
      out += line + '\n';
      line = std::string(start, ' ');
    }
    line += line.size() > start ? " " : "";
    line += word;
  }
  return out + line + '\n';
}

std::string render_findings(const std::vector<Finding>& findings) {
  std::string out = findings.empty() ? "" : "\nfindings\n";
  for (const Finding& finding : findings) {
    out += fmt::format("{:<8} {}\n{}", to_string(finding.severity), finding.id, wrapped(finding.summary, ""));
    for (const std::string& line : finding.evidence) out += wrapped(line, "- ");
    out += wrapped(finding.advice, "");
  }
  return out;
}

std::size_t count(const std::vector<Finding>& findings, Severity severity) {
  const auto is = [&](const Finding& finding) { return finding.severity == severity; };
  return static_cast<std::size_t>(std::count_if(findings.begin(), findings.end(), is));
}

bool has_fixes(const Finding& finding) { return !finding.fixes.empty(); }

}  // namespace

std::string render_text(const Report& report) {
  const auto& findings = report.findings;
  std::string out = fmt::format("configuration below {}\n", printable(report.root));
  for (const HomeSurvey& home : report.survey.homes) out += render_home(home, report.snapshot.environment);
  out += render_daemons(report.survey) + render_findings(findings);
  out += fmt::format("\n{} errors, {} warnings, {} notes", count(findings, Severity::error),
                     count(findings, Severity::warning), count(findings, Severity::info));
  const bool fixes = std::any_of(findings.begin(), findings.end(), has_fixes);
  return out + (fixes ? "; --fix prints the commands and edits\n" : "\n");
}

std::string render_fixes(const Report& report) {
  std::string out;
  std::set<std::string> said;
  for (const Finding& finding : report.findings) {
    std::string lines;
    for (const std::string& fix : finding.fixes) {
      if (!said.insert(fix).second) continue;
      const bool prose = fix.starts_with("edit ") || fix.starts_with("replace ");
      lines += fmt::format("{}{}\n", prose ? "# " : "", printable(fix));
    }
    if (!lines.empty()) out += fmt::format("# {}: {}\n{}\n", finding.id, printable(finding.summary), lines);
  }
  return out.empty() ? "# nothing to change\n" : out;
}

}  // namespace ecr6::clients
