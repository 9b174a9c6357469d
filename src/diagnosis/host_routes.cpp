#include <fmt/format.h>

#include <algorithm>

#include "own_network.hpp"
#include "trouble.hpp"

namespace ecr6 {

namespace {

std::string_view ip_command(Family family) { return family == Family::ipv6 ? "ip -6" : "ip"; }

void add(std::vector<std::string>& evidence, std::vector<std::string> lines) {
  for (std::string& line : lines) evidence.push_back(std::move(line));
}

/// What the kernel itself says about the way to the first address.
void add_lookup(const Trouble& trouble, Finding& finding) {
  if (trouble.hits.empty() || !trouble.hits.front().attempt->route) return;
  const Attempt& attempt = *trouble.hits.front().attempt;
  const Route& route = *attempt.route;
  if (!route.refusal.empty())
    finding.evidence.push_back(
        fmt::format("route to {}: {} ({})", attempt.address.to_string(), route.type, route.refusal));
  else
    finding.evidence.push_back(fmt::format("route to {}: {} on {}", attempt.address.to_string(), route.type,
                                           route.interface.empty() ? "no interface" : route.interface));
}

template <class T>
std::string text_of(const std::optional<T>& setting) {
  return setting ? std::to_string(static_cast<int>(*setting)) : "not known";
}

std::string advertisements_line(const Interface& interface) {
  return fmt::format("net.ipv6.conf.{}: forwarding is {}, accept_ra is {}, accept_ra_defrtr is {}", interface.name,
                     text_of(interface.ipv6_forwarding), text_of(interface.accept_ra),
                     text_of(interface.accept_ra_defrtr));
}

/// An interface that is off explains a missing route better than anything else.
void add_states(const Trouble& trouble, Finding& finding) {
  std::size_t shown{};
  for (const Interface& interface : trouble.run.host.network->interfaces) {
    if (interface.loopback || (interface.up && interface.running) || ++shown > 4) continue;
    finding.evidence.push_back(
        fmt::format("{} {}", interface.name, interface.up ? "has no carrier" : "is switched off (down)"));
  }
}

void add_heard(const Trouble& trouble, Finding& finding) {
  for (const Interface* const interface : ways_out(trouble.run))
    if (interface->advertisements_received)
      finding.evidence.push_back(
          fmt::format("{} router advertisements came to {}", *interface->advertisements_received, interface->name));
}

const Interface* deaf_interface(const Observation& run) {
  for (const Interface* const interface : ways_out(run))
    if (ignores_advertisements(*interface)) return interface;
  return nullptr;
}

std::string advice_without_default(const Trouble& trouble) {
  if (trouble.family == Family::ipv4)
    return "Configure a default route, or look at DHCP. A host that is meant to have IPv6 alone needs none.";
  if (const Interface* const deaf = deaf_interface(trouble.run))
    return fmt::format(
        "Configure a default route. If routers advertise one here, this host would not take it: set "
        "net.ipv6.conf.{}.accept_ra to 2.",
        deaf->name);
  return "Look for router advertisements ('rdisc6', 'tcpdump -n icmp6'): none has given a default route. Or configure "
         "one. On EC2 the VPC's router advertises itself once the subnet has an IPv6 range.";
}

void no_route(const Trouble& trouble, Finding& finding) {
  finding.id = "host.no-route";
  finding.summary = "this host has no route to the address: nothing was sent";
  add_lookup(trouble, finding);
  const auto& network = trouble.run.host.network;
  finding.advice =
      fmt::format("See '{} route get ADDRESS' and '{} route'.", ip_command(trouble.family), ip_command(trouble.family));
  if (!network) {
    finding.advice += " Without a default route, look for router advertisements (IPv4: DHCP) or configure one.";
    return;
  }
  add(finding.evidence, default_route_lines(*network, trouble.family));
  add(finding.evidence, address_lines(*network, trouble.family));
  add_states(trouble, finding);
  if (has_default_route(*network, trouble.family)) {
    finding.advice += fmt::format(
        " There is a default route, which does not apply: look at '{} rule', other tables, and "
        "--interface.",
        ip_command(trouble.family));
    return;
  }
  if (trouble.family == Family::ipv6) add_heard(trouble, finding);
  if (!network->routes_cut_off)
    finding.summary = fmt::format("this host has no {} default route, and none to the address", title(trouble.family));
  finding.advice += " " + advice_without_default(trouble);
}

void advertisements_ignored(const Trouble& trouble, Finding& finding) {
  finding.id = "host.router-advertisements-ignored";
  finding.summary = "this host ignores the router advertisements that it gets, and so has no IPv6 default route";
  add_lookup(trouble, finding);
  add(finding.evidence, default_route_lines(*trouble.run.host.network, Family::ipv6));
  std::string name;
  for (const Interface* const interface : ways_out(trouble.run)) {
    if (!ignores_advertisements(*interface) || !hears_advertisements(*interface)) continue;
    if (name.empty()) name = interface->name;
    finding.evidence.push_back(advertisements_line(*interface));
  }
  add_heard(trouble, finding);
  add(finding.evidence, address_lines(*trouble.run.host.network, Family::ipv6));
  finding.advice = fmt::format(
      "Set net.ipv6.conf.{}.accept_ra to 2 (and accept_ra_defrtr to 1): with forwarding on, as Docker and Kubernetes "
      "switch it on, 1 is not enough. Under systemd-networkd write IPv6AcceptRA=yes. Or configure a static default "
      "route.",
      name);
}

void unreachable_route(const Trouble& trouble, Finding& finding) {
  finding.id = "host.no-route";
  finding.summary = "a route of this host says that the address is unreachable: nothing was sent";
  add_lookup(trouble, finding);
  if (trouble.run.host.network) add(finding.evidence, default_route_lines(*trouble.run.host.network, trouble.family));
  finding.advice =
      fmt::format("Find the route with '{} route show type unreachable' and remove it.", ip_command(trouble.family));
}

void blackhole_route(const Trouble& trouble, Finding& finding) {
  finding.id = "host.blackhole-route";
  finding.summary = "a route of this host throws the packets away (blackhole)";
  add_lookup(trouble, finding);
  finding.advice =
      fmt::format("Find the route with '{} route show type blackhole' and remove it.", ip_command(trouble.family));
}

void connect_forbidden(const Trouble& trouble, Finding& finding) {
  finding.id = "host.connect-forbidden";
  add_lookup(trouble, finding);
  const auto is_prohibited = [](const Hit& hit) {
    return hit.attempt->route && hit.attempt->route->type == "prohibit";
  };
  if (std::all_of(trouble.hits.begin(), trouble.hits.end(), is_prohibited)) {
    finding.summary = "a route of this host forbids the connection (prohibit)";
    finding.advice =
        fmt::format("Find the route with '{} route show type prohibit' and remove it.", ip_command(trouble.family));
    return;
  }
  finding.summary = "this host itself forbids the connection: a packet filter or a sandbox";
  finding.advice =
      "Look at the local packet filter ('nft list ruleset'), and at what confines this process: seccomp, SELinux, "
      "AppArmor, a BPF program of its cgroup.";
}

}  // namespace

void describe_routes(const Trouble& trouble, Finding& finding) {
  switch (trouble.cause) {
    case HostCause::no_route:
      return no_route(trouble, finding);
    case HostCause::advertisements_ignored:
      return advertisements_ignored(trouble, finding);
    case HostCause::unreachable_route:
      return unreachable_route(trouble, finding);
    case HostCause::blackhole_route:
      return blackhole_route(trouble, finding);
    case HostCause::connect_forbidden:
      return connect_forbidden(trouble, finding);
    default:
      return;
  }
}

}  // namespace ecr6
