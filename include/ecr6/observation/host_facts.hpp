#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/observation/ec2_facts.hpp"
#include "ecr6/observation/network.hpp"

namespace ecr6 {

/// A proxy that real clients on this host would use.
struct ProxySetting {
  std::string variable;  ///< "HTTPS_PROXY"
  std::string value;     ///< the URL without userinfo
  friend bool operator==(const ProxySetting&, const ProxySetting&) = default;
};

/// A line of the hosts file that names a probed endpoint.
struct HostsEntry {
  std::string name;
  Address address;
  int line{};
  friend bool operator==(const HostsEntry&, const HostsEntry&) = default;
};

/// What was seen of this machine. No opinion.
struct HostFacts {
  std::string name;              ///< the host name; empty when unknown
  std::string operating_system;  ///< "Linux 6.1.0"
  std::string resolv_conf;       ///< the path that was read; empty when --resolver was given
  std::vector<ProxySetting> proxies;
  std::string no_proxy;             ///< NO_PROXY, or no_proxy where that is empty
  std::string no_proxy_lower_case;  ///< no_proxy, where NO_PROXY says something else: some clients read this one
  std::vector<HostsEntry> hosts_entries;
  std::optional<NetworkFacts> network;          ///< empty: not known
  std::vector<PrecedenceRule> gai_precedences;  ///< of gai.conf, in its order; at most 64
  std::vector<std::string> container_marks;     ///< what says that this is a container: "/.dockerenv exists"
  std::vector<std::string> notes;               ///< what could not be read, in words
  std::optional<Ec2Facts> ec2;                  ///< with --ec2; empty: nobody asked

  friend bool operator==(const HostFacts&, const HostFacts&) = default;
};

}  // namespace ecr6
