#include "each_text.hpp"

#include "ecr6/core/text.hpp"

// The structured bindings name every field on purpose: a record that gains one does not compile until somebody has
// decided here whether the new field may hold what --redact has to replace.
namespace ecr6::report {

namespace {

using Visit = std::function<void(std::string&)>;

void texts(std::vector<std::string>& list, const Visit& visit) {
  for (std::string& text : list) visit(text);
}

void texts(std::optional<std::string>& text, const Visit& visit) {
  if (text) visit(*text);
}

void texts(Ec2Facts& ec2, const Visit& visit) {
  auto& [outcome, service, detail, duration, interfaces, left_out] = ec2;
  visit(detail);
  for (auto& [mac, device, interface_id, subnet_id, vpc_id, ipv6, ipv4, subnet_ipv6, vpc_ipv6] : interfaces) {
    visit(mac);
    visit(device);
    visit(interface_id);
    visit(subnet_id);
    visit(vpc_id);
  }
}

void texts(NetworkFacts& network, const Visit& visit) {
  auto& [in_kernel, off_at_boot, default_disable, interfaces, left_out, default_routes, cut_off] = network;
  for (auto& [name, index, up, running, loopback, mtu, disabled, forwarding, accept_ra, defrtr, received, addresses,
              addresses_left_out] : interfaces)
    visit(name);  // may hold the hardware address: "enx001122334455"
  for (auto& [family, type, interface, gateway, metric, table, origin, expires] : default_routes) visit(interface);
}

void texts(Route& route, const Visit& visit) {
  auto& [type, interface, gateway, source, mtu, refusal] = route;
  visit(interface);
  visit(refusal);
}

void texts(Neighbour& neighbour, const Visit& visit) {
  auto& [address, interface, state] = neighbour;
  visit(interface);
}

void texts(HostFacts& host, const Visit& visit) {
  auto& [name, operating_system, resolv_conf, proxies, no_proxy, no_proxy_lower_case, hosts_entries, network, gai,
         marks, notes, ec2] = host;
  visit(name);
  visit(operating_system);
  visit(resolv_conf);
  for (auto& [variable, value] : proxies) visit(value);
  visit(no_proxy);
  visit(no_proxy_lower_case);
  for (auto& [entry_name, address, line] : hosts_entries) visit(entry_name);
  if (network) texts(*network, visit);
  for (auto& [prefix, precedence, line] : gai) visit(prefix);
  texts(marks, visit);
  texts(notes, visit);
  if (ec2) texts(*ec2, visit);
}

void texts(RunSettings& settings, const Visit& visit) {
  auto& [ipv6, ipv4, require, strict, timeout, deadline, concurrency, max_addresses, interface, connect_to, lab, ping,
         ec2, trust] = settings;
  visit(interface);  // --interface also takes a source address
  texts(connect_to, visit);
}

void texts(TlsFacts& tls, const Visit& visit) {
  auto& [version, cipher, alpn, subject, issuer, names, left_out, not_before, not_after, verified, code, verify,
         fingerprint, chain, chain_left_out, root, key, signature] = tls;
  visit(subject);
  visit(issuer);
  visit(root);
  texts(names, visit);
  texts(chain, visit);
}

void texts(HttpFacts& http, const Visit& visit) {
  auto& [target, status, reason, version, server, headers, left_out] = http;
  visit(target);
  visit(reason);
  visit(server);
  for (auto& [name, value] : headers)
    if (!equal_ignoring_case(name, "Docker-Distribution-Api-Version")) visit(value);  // the registry's fingerprint
}

void texts(Attempt& attempt, const Visit& visit) {
  auto& [family, address, port, diverted_to, source, reached, cause, synchronous, detail, started, connect_time,
         tls_time, http_time, tls, http, icmp, tcp, route, neighbour, first_bytes] = attempt;
  visit(diverted_to);
  visit(detail);
  if (tls) texts(*tls, visit);
  if (http) texts(*http, visit);
  if (route) texts(*route, visit);
  if (neighbour) texts(*neighbour, visit);
  visit(first_bytes);
}

void texts(Lookup& lookup, const Visit& visit) {
  auto& [outcome, records, aliases, duration, by_nameserver] = lookup;
  texts(aliases, visit);
  for (auto& [nameserver, answer, answer_records, left_out, answer_aliases, time, tries, over_tcp, tcp_connected,
              latency, detail] : by_nameserver) {
    texts(answer_aliases, visit);
    visit(detail);
  }
}

void texts(Endpoint& endpoint, const Visit& visit) {
  auto& [name, port, role, addressing, partition, region, account, fips, confirmed] = endpoint;
  visit(name);
  texts(account, visit);
}

void texts(EndpointObservation& seen, const Visit& visit) {
  auto& [endpoint, required, why, right_name, placeholder, ipv6_lookup, ipv4_lookup, attempts, ipv6_left_out,
         ipv4_left_out, confirmations, hop_searches, race, system, pings] = seen;
  texts(endpoint, visit);
  visit(why);
  texts(right_name, visit);
  if (ipv6_lookup) texts(*ipv6_lookup, visit);
  if (ipv4_lookup) texts(*ipv4_lookup, visit);
  for (Attempt& attempt : attempts) texts(attempt, visit);
  for (auto& [purpose, attempt] : confirmations) texts(attempt, visit);
  for (auto& [address, diverted_to, limits, hops, answered_at] : hop_searches) visit(diverted_to);
  if (system) visit(system->error);
  for (auto& [family, address, diverted_to, outcome, cause, detail, rtt, socket, icmp] : pings) {
    visit(diverted_to);
    visit(detail);
  }
}

using VisitAddress = std::function<void(Address&, Owner)>;

void addresses(Attempt& attempt, const VisitAddress& visit) {
  if (attempt.source_address) visit(*attempt.source_address, Owner::host);
  visit(attempt.address, Owner::peer);
  if (attempt.icmp) visit(attempt.icmp->offender, Owner::path);
  if (attempt.route && attempt.route->source) visit(*attempt.route->source, Owner::host);
  if (attempt.route && attempt.route->gateway) visit(*attempt.route->gateway, Owner::path);
  if (attempt.neighbour) visit(attempt.neighbour->address, Owner::path);
}

void addresses(NetworkFacts& network, const VisitAddress& visit) {
  for (Interface& interface : network.interfaces)
    for (InterfaceAddress& own : interface.addresses) visit(own.address, Owner::host);
  for (DefaultRoute& route : network.default_routes)
    if (route.gateway) visit(*route.gateway, Owner::path);
}

void addresses(Lookup& lookup, const VisitAddress& visit) {
  for (AddressRecord& record : lookup.records) visit(record.address, Owner::peer);
  for (ServerAnswer& answer : lookup.by_nameserver)
    for (AddressRecord& record : answer.records) visit(record.address, Owner::peer);
}

void addresses(HopSearch& search, const VisitAddress& visit) {
  visit(search.address, Owner::peer);
  for (Hop& hop : search.hops) visit(hop.icmp.offender, Owner::path);
}

void addresses(EndpointObservation& seen, const VisitAddress& visit) {
  if (seen.ipv6_lookup) addresses(*seen.ipv6_lookup, visit);
  if (seen.ipv4_lookup) addresses(*seen.ipv4_lookup, visit);
  for (Attempt& attempt : seen.attempts) addresses(attempt, visit);
  for (Confirmation& confirmation : seen.confirmations) addresses(confirmation.attempt, visit);
  for (HopSearch& search : seen.hop_searches) addresses(search, visit);
  if (seen.race.address) visit(*seen.race.address, Owner::peer);
  if (seen.system)
    for (Address& address : seen.system->addresses) visit(address, Owner::peer);
  for (Ping& ping : seen.pings) {
    visit(ping.address, Owner::peer);
    if (ping.icmp) visit(ping.icmp->offender, Owner::path);
  }
}

/// The metadata service's own address is the same on every machine and stays.
void addresses(Ec2Facts& ec2, const VisitAddress& visit) {
  for (Ec2Interface& interface : ec2.interfaces) {
    for (auto* const list : {&interface.ipv6, &interface.ipv4})
      if (*list)
        for (Address& address : **list) visit(address, Owner::host);
    for (auto* const list : {&interface.subnet_ipv6, &interface.vpc_ipv6})
      if (*list)
        for (Prefix& prefix : **list) visit(prefix.address, Owner::host);
  }
}

}  // namespace

void each_text(Observation& observation, const Visit& visit) {
  auto& [version, started, duration, interrupted, deadline, settings, host, nameservers, endpoints, notes, nat64,
         ip_ranges] = observation;
  texts(host, visit);
  texts(settings, visit);
  for (auto& [address, port, zone, source, used_by_system] : nameservers) {
    visit(zone);  // an interface
    visit(source);
  }
  for (EndpointObservation& endpoint : endpoints) texts(endpoint, visit);
  texts(notes, visit);
  if (nat64) texts(*nat64, visit);
  if (ip_ranges) visit(ip_ranges->file);
}

void each_address(Observation& observation, const VisitAddress& visit) {
  for (Nameserver& nameserver : observation.nameservers) visit(nameserver.address, Owner::host);
  for (HostsEntry& entry : observation.host.hosts_entries) visit(entry.address, Owner::peer);
  if (observation.host.network) addresses(*observation.host.network, visit);
  if (observation.host.ec2) addresses(*observation.host.ec2, visit);
  for (EndpointObservation& endpoint : observation.endpoints) addresses(endpoint, visit);
  if (observation.nat64) addresses(*observation.nat64, visit);
  if (observation.ip_ranges)
    for (IpRangeMatch& match : observation.ip_ranges->matches) visit(match.address, Owner::peer);
}

}  // namespace ecr6::report
