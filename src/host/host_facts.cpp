#include "host/host_facts.hpp"

#include <sys/utsname.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "host/aws_region.hpp"
#include "host/container.hpp"
#include "host/fields.hpp"
#include "host/gai_conf.hpp"
#include "host/network.hpp"
#include "host/text_file.hpp"

namespace ecr6::host {

namespace {

constexpr const char* hosts_path = "/etc/hosts";
constexpr std::size_t max_hosts_bytes = 1024 * 1024;

/// "http://user:secret@proxy:3128" without "user:secret@". The authority ends at the first slash behind the scheme.
std::string without_userinfo(const std::string& url) {
  const auto scheme = url.find("://");
  const std::size_t begin = scheme == url.npos ? 0 : scheme + 3;
  const auto end = std::min(url.find('/', begin), url.size());
  const auto at = url.substr(0, end).rfind('@');
  return at == url.npos || at < begin ? url : url.substr(0, begin) + url.substr(at + 1);
}

}  // namespace

std::vector<ProxySetting> proxy_settings(const aws::EnvironmentLookup& environment) {
  std::vector<ProxySetting> found;
  for (const char* variable : {"HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"})
    if (const auto value = environment(variable); value && !value->empty())
      found.push_back({variable, without_userinfo(*value)});
  return found;
}

std::vector<HostsEntry> hosts_entries(std::string_view text, const std::vector<std::string>& names) {
  std::vector<HostsEntry> found;
  int line{};
  for (const std::string_view each : split(text, '\n')) {
    ++line;
    const auto words = fields(each);
    const auto address = words.empty() ? std::nullopt : Address::parse(words.front());
    for (std::size_t i = 1; address && i < words.size(); ++i) {
      const std::string name = to_lower(words[i]);
      if (std::find(names.begin(), names.end(), name) != names.end()) found.push_back({name, *address, line});
    }
  }
  return found;
}

void read_proxies(HostFacts& facts, const aws::EnvironmentLookup& environment) {
  facts.proxies = proxy_settings(environment);
  const std::string upper = environment("NO_PROXY").value_or(""), lower = environment("no_proxy").value_or("");
  facts.no_proxy = upper.empty() ? lower : upper;
  if (lower != facts.no_proxy) facts.no_proxy_lower_case = lower;
}

HostFacts look_around(const std::vector<std::string>& names, bool with_network) {
  HostFacts facts;
  if (utsname system{}; ::uname(&system) == 0) {
    facts.name = system.nodename;
    facts.operating_system = std::string{system.sysname} + " " + system.release;
  }
  read_proxies(facts, environment());
  const auto hosts = read_text_file(hosts_path, max_hosts_bytes);
  if (!hosts)
    facts.notes.push_back(hosts.error().sentence);
  else if (*hosts)
    facts.hosts_entries = hosts_entries(**hosts, names);
  if (with_network) facts.network = network_facts();
  read_gai_conf(facts);
  facts.container_marks = container_marks(environment());
  return facts;
}

}  // namespace ecr6::host
