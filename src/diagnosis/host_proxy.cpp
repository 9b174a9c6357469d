#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ecr6/core/text.hpp"
#include "no_proxy.hpp"
#include "trouble.hpp"

namespace ecr6 {

namespace {

constexpr std::size_t most_names_shown = 8;

/// One kind of client: the proxy and the exceptions that it takes from the environment.
struct Client {
  ProxyDialect dialect{};
  std::string proxy;
  std::string exceptions;
};

std::string value_of(const HostFacts& host, std::initializer_list<std::string_view> variables) {
  for (const std::string_view variable : variables)
    for (const ProxySetting& setting : host.proxies)
      if (setting.variable == variable && !setting.value.empty()) return setting.value;
  return {};
}

/// Each has an order of its own; only curl looks at ALL_PROXY for HTTPS.
std::vector<Client> clients_of(const HostFacts& host) {
  const std::string& upper_first = host.no_proxy;
  const std::string& lower_first = host.no_proxy_lower_case.empty() ? host.no_proxy : host.no_proxy_lower_case;
  std::vector<Client> clients{
      {ProxyDialect::go, value_of(host, {"HTTPS_PROXY", "https_proxy"}), upper_first},
      {ProxyDialect::curl, value_of(host, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}), lower_first},
      {ProxyDialect::python, value_of(host, {"https_proxy", "HTTPS_PROXY"}), lower_first}};
  std::erase_if(clients, [](const Client& client) { return client.proxy.empty(); });
  return clients;
}

/// What becomes of one endpoint: "through the proxy", "exempt", or who does what.
std::string fate(const std::vector<Client>& clients, const Endpoint& endpoint) {
  std::vector<std::string> exempt, through;
  for (const Client& client : clients) {
    const bool is_exempt = exempts(client.dialect, client.exceptions, endpoint.name, endpoint.port);
    (is_exempt ? exempt : through).emplace_back(users_of(client.dialect));
  }
  if (exempt.empty()) return "through the proxy";
  if (through.empty()) return "exempt through NO_PROXY";
  return fmt::format("through the proxy for {}, exempt for {}", join(through, " and "), join(exempt, " and "));
}

struct Fate {
  std::string words;
  std::vector<std::string> names;
};

std::vector<Fate> fates_of(const Observation& run, const std::vector<Client>& clients) {
  std::vector<Fate> fates;
  for (const EndpointObservation& seen : run.endpoints) {
    const std::string words = fate(clients, seen.endpoint);
    const auto known = std::find_if(fates.begin(), fates.end(), [&](const Fate& each) { return each.words == words; });
    if (known != fates.end())
      known->names.push_back(seen.endpoint.name);
    else
      fates.push_back({words, {seen.endpoint.name}});
  }
  return fates;
}

std::string line_of(Fate fate) {
  const std::size_t rest = fate.names.size() - std::min(fate.names.size(), most_names_shown);
  fate.names.resize(fate.names.size() - rest);
  return fmt::format("{}: {}{}", fate.words, join(fate.names, ", "), rest > 0 ? fmt::format(" and {} more", rest) : "");
}

std::vector<std::string> proxy_lines(const HostFacts& host, const std::vector<Client>& clients) {
  std::vector<std::string> lines;
  for (const ProxySetting& setting : host.proxies)
    if (!setting.value.empty()) lines.push_back(fmt::format("{}={}", setting.variable, setting.value));
  lines.push_back(host.no_proxy.empty() ? "NO_PROXY is not set" : "NO_PROXY=" + host.no_proxy);
  if (!host.no_proxy_lower_case.empty())
    lines.push_back(fmt::format("no_proxy={} (curl and the AWS CLI read this one)", host.no_proxy_lower_case));
  const bool same = std::all_of(clients.begin(), clients.end(),
                                [&](const Client& client) { return client.proxy == clients.front().proxy; });
  if (same && clients.size() == 3) return lines;
  for (const Client& client : clients) lines.push_back(fmt::format("{}: {}", users_of(client.dialect), client.proxy));
  return lines;
}

}  // namespace

void proxy(const RunScene& scene, Findings& findings) {
  const auto clients = clients_of(scene.run.host);
  if (clients.empty()) return;
  Finding finding = finding_about_host("host.proxy", Severity::warning);
  finding.evidence = proxy_lines(scene.run.host, clients);
  const auto fates = fates_of(scene.run, clients);
  for (const Fate& each : fates) finding.evidence.push_back(line_of(each));
  const bool all_exempt = fates.size() == 1 && fates.front().words.starts_with("exempt");
  if (all_exempt) finding.severity = Severity::info;
  finding.summary =
      all_exempt ? fmt::format("a proxy is configured ({}), and NO_PROXY exempts every endpoint of this run from it",
                               clients.front().proxy)
                 : fmt::format("clients started from here go through a proxy ({}); this run went straight",
                               clients.front().proxy);
  finding.advice =
      all_exempt ? "Nothing to do. The Docker daemon and containerd have an environment of their own: 'ecr6 config' "
                   "shows it."
                 : "For the endpoints that go through it, what counts is whether the proxy reaches ECR, and from which "
                   "address: run ecr6 there. Name them in NO_PROXY (and no_proxy) to use this host's own IPv6. The "
                   "Docker daemon and containerd have an environment of their own: 'ecr6 config' shows it.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
