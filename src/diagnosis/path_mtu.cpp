#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"

namespace ecr6 {

namespace {

/// Of the interface that the connection went out of; empty when not known.
std::optional<int> interface_mtu(const Observation& run, const Attempt& attempt) {
  if (attempt.tcp->interface_mtu) return attempt.tcp->interface_mtu;
  if (!run.host.network) return std::nullopt;
  for (const Interface& interface : run.host.network->interfaces)
    for (const InterfaceAddress& own : interface.addresses)
      if (own.address == attempt.source_address && interface.mtu > 0) return interface.mtu;
  return std::nullopt;
}

/// "path MTU 1400, the interface's is 1500"; empty when it is not smaller, or not known.
std::string line_of_mtu(const Observation& run, const Attempt& attempt) {
  // Loopback's own MTU is larger than what IPv4 can send.
  if (!attempt.went_through() || !attempt.tcp || attempt.tcp->path_mtu <= 0 || attempt.address.is_loopback()) return {};
  const auto own = interface_mtu(run, attempt);
  if (!own || attempt.tcp->path_mtu >= *own) return {};
  return fmt::format("path MTU {}, the interface's is {}", attempt.tcp->path_mtu, *own);
}

/// One line for each endpoint and path MTU.
void add_lines(const Observation& run, const EndpointObservation& seen, Family family,
               std::vector<std::string>& evidence) {
  const auto add = [&](const Attempt& attempt) {
    const std::string found = attempt.family == family ? line_of_mtu(run, attempt) : "";
    if (found.empty()) return;
    const std::string line = fmt::format("{}: {}", seen.endpoint.name, found);
    if (std::find(evidence.begin(), evidence.end(), line) == evidence.end()) evidence.push_back(line);
  };
  for (const Attempt& attempt : seen.attempts) add(attempt);
  for (const Confirmation& probe : seen.confirmations) add(probe.attempt);
}

}  // namespace

void path_mtu_is_smaller(const RunScene& scene, Findings& findings) {
  for (const Family family : both_families) {
    Finding finding;
    for (const EndpointObservation& seen : scene.run.endpoints) add_lines(scene.run, seen, family, finding.evidence);
    if (finding.evidence.empty()) continue;
    finding.id = "net.path-mtu";
    finding.family = family;
    finding.summary = fmt::format("{}: the path MTU is smaller than the interface's, and works", title(family));
    finding.advice =
        "Nothing needs to be done: a router on the way said 'packet too big' (before a tunnel, a VPN, or where jumbo "
        "frames end), or a route of this host has an MTU of its own. Keep ICMPv6 type 2 (IPv4: ICMP type 3 code 4) "
        "allowed; without it large packets get lost silently.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace ecr6
