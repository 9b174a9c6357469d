#include "host_cause.hpp"

#include <algorithm>

#include "answers.hpp"
#include "ecr6/observation/connects.hpp"
#include "own_network.hpp"

namespace ecr6 {

namespace {

bool are_all_off(const std::vector<const Interface*>& ways) {
  return !ways.empty() &&
         std::all_of(ways.begin(), ways.end(), [](const Interface* each) { return ipv6_is_off(*each); });
}

bool misses_an_advertised_route(const Interface* interface) {
  return ignores_advertisements(*interface) && hears_advertisements(*interface);
}

/// ENETUNREACH at once.
HostCause missing_route(const Observation& run, const Attempt& attempt) {
  const auto& network = run.host.network;
  if (attempt.family == Family::ipv4 || !network) return HostCause::no_route;
  if (has_default_route(*network, Family::ipv6)) return HostCause::no_route;  // one that does not apply here
  const auto ways = ways_out(run);
  if (are_all_off(ways)) return HostCause::ipv6_off;
  if (std::any_of(ways.begin(), ways.end(), misses_an_advertised_route)) return HostCause::advertisements_ignored;
  return reach_of(*network) == Reach::link_local ? HostCause::link_local_only : HostCause::no_route;
}

/// An address beyond the link that cannot be used, on the interface that the route leads to (on any without one).
bool has_only_unusable(const Observation& run, const Attempt& attempt) {
  if (!run.host.network || reach_of(*run.host.network) > Reach::link_local) return false;
  const std::string out = attempt.route ? attempt.route->interface : "";
  for (const Interface& interface : run.host.network->interfaces)
    for (const InterfaceAddress& own : interface.addresses)
      if ((out.empty() || interface.name == out) && is_unusable(own) && reaches_beyond_the_link(own.address))
        return true;
  return false;
}

/// EADDRNOTAVAIL at once.
HostCause missing_address(const Observation& run, const Attempt& attempt) {
  if (const auto given = Address::parse(run.settings.interface)) {
    const InterfaceAddress* const own = own_address(run, *given);
    return own != nullptr && is_unusable(*own) ? HostCause::address_unusable : HostCause::no_usable_address;
  }
  if (attempt.family == Family::ipv4) return HostCause::no_usable_address;
  if (are_all_off(ways_out(run))) return HostCause::ipv6_off;
  return has_only_unusable(run, attempt) ? HostCause::address_unusable : HostCause::no_usable_address;
}

/// EINVAL at once: a blackhole route, or an address that cannot be used as it stands (link-local without an interface).
/// What the kernel says of the route tells them apart.
std::optional<HostCause> invalid_argument(const Attempt& attempt) {
  const bool is_blackhole = attempt.route ? attempt.route->type == "blackhole" : !attempt.address.is_link_local();
  return is_blackhole ? std::optional{HostCause::blackhole_route} : std::nullopt;
}

/// Errors that only this host gives.
std::optional<HostCause> by_error(const Observation& run, const Attempt& attempt) {
  switch (*attempt.cause) {
    case Cause::too_many_files:
      return HostCause::too_many_files;
    case Cause::family_not_supported:
      return HostCause::family_unsupported;
    case Cause::invalid_route:
      return invalid_argument(attempt);
    case Cause::address_not_available:
      return missing_address(run, attempt);
    case Cause::permission_denied:
      return HostCause::connect_forbidden;
    default:
      return std::nullopt;
  }
}

/// The same errors come from routers; at once they are this host's own.
std::optional<HostCause> at_once(const Observation& run, const Attempt& attempt) {
  if (attempt.cause == Cause::network_unreachable) return missing_route(run, attempt);
  return attempt.cause == Cause::host_unreachable ? std::optional{HostCause::unreachable_route} : std::nullopt;
}

/// What an unanswerable source comes to: silence, or a hop that will not pass it on.
bool may_be_for_its_source(Cause cause) {
  return cause == Cause::connect_timeout || cause == Cause::host_unreachable || cause == Cause::network_unreachable ||
         cause == Cause::admin_prohibited || cause == Cause::protocol_error;
}

/// Something beyond the site did answer that source: a translator is on the way, so it takes more to explain a failure.
bool is_answered(const Observation& run, const Address& source) {
  const auto answers = [&](const Attempt& attempt) {
    if (attempt.source_address != source || !attempt.diverted_to.empty() || !attempt.address.is_v6()) return false;
    const bool refused = attempt.cause == Cause::connection_refused && !attempt.icmp;
    return (connected(attempt) || refused) && !attempt.address.is_unique_local() && !is_nat64(run, attempt.address);
  };
  return std::any_of(run.endpoints.begin(), run.endpoints.end(), [&](const EndpointObservation& seen) {
    return std::any_of(seen.attempts.begin(), seen.attempts.end(), answers);
  });
}

/// Packets left from a source that no answer can find from where they went (RFC 4007 §9, RFC 4193 §4.1). A translator
/// of its own network (NAT64) does answer a unique local one.
std::optional<HostCause> by_source(const Observation& run, const Attempt& attempt) {
  const Address& to = attempt.address;
  if (!attempt.diverted_to.empty()) return std::nullopt;  // the source goes with another address
  if (!to.is_v6() || !attempt.source_address || !may_be_for_its_source(*attempt.cause)) return std::nullopt;
  if (!reaches_beyond_the_link(to)) return std::nullopt;
  if (attempt.source_address->is_link_local())
    return has_only_unusable(run, attempt) ? HostCause::address_unusable : HostCause::link_local_only;
  const bool leaves_site = attempt.source_address->is_unique_local() && !to.is_unique_local() && !is_nat64(run, to);
  return leaves_site && !is_answered(run, *attempt.source_address) ? std::optional{HostCause::unique_local_only}
                                                                   : std::nullopt;
}

}  // namespace

std::optional<HostCause> host_cause(const Observation& run, const Attempt& attempt) {
  if (!attempt.cause) return std::nullopt;
  if (const auto cause = by_error(run, attempt)) return cause;
  if (attempt.reached != Reached::connect) return std::nullopt;
  return attempt.synchronous ? at_once(run, attempt) : by_source(run, attempt);
}

bool is_explained_by_host(const Observation& run, const Attempt& attempt) {
  if (!host_cause(run, attempt)) return false;
  if (attempt.synchronous || by_error(run, attempt)) return true;
  if (attempt.cause == Cause::connect_timeout) return !next_hop_is_silent(attempt);
  const bool is_for_scope = attempt.icmp && attempt.icmp->type == 1 && attempt.icmp->code == 2;  // RFC 4443 §3.1
  return attempt.cause == Cause::host_unreachable && is_for_scope;
}

}  // namespace ecr6
