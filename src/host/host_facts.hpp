#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/aws/default_region.hpp"
#include "ecr6/observation/host_facts.hpp"

namespace ecr6::host {

/// The proxies that clients on this host would use: HTTPS_PROXY and ALL_PROXY in either case, without userinfo. An empty
/// variable is as good as none.
[[nodiscard]] std::vector<ProxySetting> proxy_settings(const aws::EnvironmentLookup& environment);

/// The same, and their exceptions: NO_PROXY in either case.
void read_proxies(HostFacts& facts, const aws::EnvironmentLookup& environment);

/// The lines of a hosts(5) file that name one of `names` (lower case); lines that are not understood are passed over.
[[nodiscard]] std::vector<HostsEntry> hosts_entries(std::string_view text, const std::vector<std::string>& names);

/// What can be seen of this machine without sending anything. What cannot be read is said in its notes. The network is
/// left out, as not known, where a run does not use it (`--lab`).
[[nodiscard]] HostFacts look_around(const std::vector<std::string>& names, bool with_network);

}  // namespace ecr6::host
