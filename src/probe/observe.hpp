#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "ecr6/observation/observation.hpp"
#include "probe/connect_to.hpp"
#include "probe/tls_context.hpp"

namespace ecr6::probe {

/// How far a run is, for the progress line.
struct Progress {
  std::size_t lookups_done{}, lookups{};
  std::size_t attempts_done{}, attempts{};
};

struct ObserveOptions {
  std::vector<ConnectTo> connect_to;
  std::function<void(const Progress&)> on_progress;  ///< may be empty
  bool ask_nat64{};                                  ///< AAAA of ipv4only.arpa, when IPv6 is not switched off
  bool ask_system{};                                 ///< getaddrinfo(3): the nameservers have to be the system's own
};

/// Does the run: asks every nameserver about every endpoint, tries every address, races the families. `plan` is the
/// observation with everything that is known beforehand: settings, nameservers, host, endpoints without results; what
/// comes back is the same with what was seen. Ends by --deadline at the latest; SIGINT and SIGTERM end it at once with
/// what there is. What is asked beside (ipv4only.arpa, getaddrinfo) never makes it longer. One thread, one event loop.
/// Throws only when the environment is broken (no event loop, no memory).
[[nodiscard]] Observation observe(Observation plan, const TlsContext& tls, const ObserveOptions& options);

}  // namespace ecr6::probe
