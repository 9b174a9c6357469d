#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "ecr6/core/text.hpp"
#include "own_network.hpp"
#include "trouble.hpp"

namespace ecr6 {

namespace {

void add(std::vector<std::string>& evidence, std::vector<std::string> lines) {
  for (std::string& line : lines) evidence.push_back(std::move(line));
}

std::string off_line(const Interface& interface) {
  if (is_too_small_for_ipv6(interface))
    return fmt::format("{} has an MTU of {} bytes; below 1280 Linux takes IPv6 off the device", interface.name,
                       interface.mtu);
  return fmt::format("net.ipv6.conf.{}.disable_ipv6 is 1", interface.name);
}

/// Another interface has addresses, and no way out: then IPv6 may be meant to go there.
std::string other_line(const Interface& interface) {
  return fmt::format("IPv6 is on on {}, which has no IPv6 default route", interface.name);
}

bool has_global_address(const Interface& interface) {
  return std::any_of(interface.addresses.begin(), interface.addresses.end(), [](const InterfaceAddress& own) {
    return own.address.is_v6() && reaches_beyond_the_link(own.address);
  });
}

bool is_set_for_new_ones(const Observation& run) { return run.host.network->ipv6_default_disable.value_or(0) != 0; }

void ipv6_off(const Trouble& trouble, Finding& finding) {
  finding.id = "host.ipv6-disabled";
  std::vector<std::string> names;
  bool by_setting = false;
  const auto ways = ways_out(trouble.run);
  for (const Interface* const interface : ways) {
    names.push_back(interface->name);
    by_setting |= !is_too_small_for_ipv6(*interface);
    if (names.size() <= 4) finding.evidence.push_back(off_line(*interface));
  }
  for (const Interface& interface : trouble.run.host.network->interfaces)
    if (!interface.loopback && !ipv6_is_off(interface) && has_global_address(interface))
      finding.evidence.push_back(other_line(interface));
  if (by_setting && is_set_for_new_ones(trouble.run))
    finding.evidence.emplace_back("net.ipv6.conf.default.disable_ipv6 is 1: new interfaces start like this");
  if (names.size() > 4) names = {fmt::format("all {} interfaces", names.size())};
  finding.summary = fmt::format("IPv6 is switched off on {}", join(names, ", "));
  finding.advice = by_setting
                       ? fmt::format(
                             "Set net.ipv6.conf.{}.disable_ipv6 to 0, and find where it is set: /etc/sysctl.d, the "
                             "network manager, or the container engine (there, give the container a network with "
                             "IPv6). Addresses and routes have to come anew.",
                             ways.empty() ? "all" : ways.front()->name)
                       : "Raise the MTU to 1280 bytes or more ('ip link set … mtu 1500').";
}

/// "fe80::2": what the packets left with.
std::string sources_of(const std::vector<Hit>& hits) {
  std::set<std::string> sources;
  for (const Hit& hit : hits)
    if (hit.attempt->source_address && sources.size() < 4) sources.insert(hit.attempt->source_address->to_string());
  return join({sources.begin(), sources.end()}, ", ");
}

void add_facts(const Trouble& trouble, Finding& finding) {
  if (const std::string sources = sources_of(trouble.hits); !sources.empty())
    finding.evidence.push_back("the kernel chose the source " + sources);
  const auto& network = trouble.run.host.network;
  if (!network) return;
  add(finding.evidence, address_lines(*network, trouble.family));
  add(finding.evidence, default_route_lines(*network, trouble.family));
}

void link_local_only(const Trouble& trouble, Finding& finding) {
  finding.id = "host.link-local-only";
  finding.summary = "this host has only link-local IPv6 addresses, with which no other network can be reached";
  add_facts(trouble, finding);
  for (const Interface* const interface : ways_out(trouble.run))
    if (interface->advertisements_received)
      finding.evidence.push_back(
          fmt::format("{} router advertisements came to {}", *interface->advertisements_received, interface->name));
  finding.advice =
      "Find out why no address is assigned: no router advertises a prefix, DHCPv6 does not answer, or the network has "
      "no IPv6. On EC2, assign an IPv6 address to the network interface, from a subnet that has an IPv6 range.";
}

void unique_local_only(const Trouble& trouble, Finding& finding) {
  finding.id = "host.ula-only";
  finding.summary =
      fmt::format("{} a unique local address (fc00::/7), to which nobody on the Internet can send an answer",
                  sources_of(trouble.hits).empty() ? "this host could use IPv6 only from" : "IPv6 leaves from");
  add_facts(trouble, finding);
  finding.advice =
      "Give the host a global address. Where a translator (NAT66, Docker's IPv6 masquerading) is meant to stand on the "
      "way, it is missing or not working, or what lies behind it drops the packets: look at the translator first.";
}

void address_unusable(const Trouble& trouble, Finding& finding) {
  finding.id = "host.address-unusable";
  bool duplicate = false;
  if (trouble.run.host.network)
    for (const Interface& interface : trouble.run.host.network->interfaces)
      for (const InterfaceAddress& own : interface.addresses) duplicate |= own.dad_failed;
  finding.summary = duplicate ? "the address that this host would send from is a duplicate: another node has it"
                              : "the address that this host would send from is tentative: not yet known to be unique";
  add_facts(trouble, finding);
  finding.advice =
      duplicate
          ? "Find the other node ('ip -6 neigh' on a neighbour), give this one an address of its own, and have it "
            "assigned anew: a duplicate stays unusable."
          : "Duplicate address detection takes a second or two after the address comes or the link goes up: run "
            "again. If it stays tentative, the link has no carrier or swallows multicast.";
}

/// A route with a source address there, and still EADDRNOTAVAIL: then it is the port that is missing.
bool has_a_source(const Hit& hit) {
  return hit.attempt->route && hit.attempt->route->refusal.empty() && hit.attempt->route->source &&
         reaches_beyond_the_link(*hit.attempt->route->source);
}

void no_usable_address(const Trouble& trouble, Finding& finding) {
  finding.id = "host.no-usable-address";
  add_facts(trouble, finding);
  if (!trouble.hits.empty() && std::all_of(trouble.hits.begin(), trouble.hits.end(), has_a_source)) {
    finding.summary = "this host has an address, but no free local port (or it may not use the address)";
    finding.evidence.push_back("the route would use the source " +
                               trouble.hits.front().attempt->route->source->to_string());
    finding.advice =
        "See how many connections stand ('ss -s') and how many ports there are (sysctl net.ipv4.ip_local_port_range, "
        "for both families).";
    return;
  }
  finding.summary = "this host has no address that it could use as a source";
  finding.advice =
      "Assign an address of this family, or name one that the host has with --interface; see 'ip address'. In a "
      "container, give it a network with this family.";
}

}  // namespace

void describe_addresses(const Trouble& trouble, Finding& finding) {
  switch (trouble.cause) {
    case HostCause::ipv6_off:
      return ipv6_off(trouble, finding);
    case HostCause::link_local_only:
      return link_local_only(trouble, finding);
    case HostCause::unique_local_only:
      return unique_local_only(trouble, finding);
    case HostCause::address_unusable:
      return address_unusable(trouble, finding);
    case HostCause::no_usable_address:
      return no_usable_address(trouble, finding);
    default:
      return;
  }
}

}  // namespace ecr6
