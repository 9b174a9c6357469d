#include "host_builders.hpp"

#include <algorithm>

namespace ecr6::build {

InterfaceAddress own(std::string_view prefix) {
  const Prefix parsed = Prefix::parse(prefix).value();
  InterfaceAddress own;
  own.address = parsed.address;
  own.prefix_length = parsed.length;
  own.scope = parsed.address.is_link_local() ? "link" : "global";
  return own;
}

Interface device(std::string_view name, std::initializer_list<std::string_view> prefixes) {
  Interface interface;
  interface.name = name;
  interface.up = interface.running = true;
  interface.mtu = 1500;
  interface.ipv6_disabled = interface.ipv6_forwarding = false;
  interface.accept_ra = 1;
  interface.accept_ra_defrtr = true;
  interface.advertisements_received = 0;
  for (const auto prefix : prefixes) interface.addresses.push_back(own(prefix));
  return interface;
}

DefaultRoute default_route(Family family, std::string_view gateway, std::string_view interface,
                           std::string_view origin) {
  DefaultRoute route;
  route.family = family;
  route.type = "unicast";
  route.interface = interface;
  route.gateway = Address::parse(gateway);
  route.table = 254;
  route.origin = origin;
  return route;
}

NetworkFacts network() {
  NetworkFacts network;
  network.ipv6_in_kernel = true;
  network.ipv6_off_at_boot = false;
  network.ipv6_default_disable = 0;
  network.interfaces = {device("lo", {"::1/128", "127.0.0.1/8"}),
                        device("eth0", {"2600:1f13::99/64", "fe80::99/64", "10.0.0.5/24"})};
  network.interfaces[0].loopback = true;
  network.default_routes = {default_route(Family::ipv6, "fe80::1", "eth0"),
                            default_route(Family::ipv4, "10.0.0.1", "eth0", "dhcp")};
  return network;
}

NetworkFacts without_address(Family family) {
  NetworkFacts network = without_default_route(family);
  std::erase_if(eth0(network).addresses, [&](const InterfaceAddress& own) {
    return own.address.family() == family && !own.address.is_link_local();
  });
  return network;
}

NetworkFacts without_default_route(Family family) {
  NetworkFacts facts = network();
  std::erase_if(facts.default_routes, [&](const DefaultRoute& route) { return route.family == family; });
  return facts;
}

Interface& eth0(NetworkFacts& network) { return network.interfaces.at(1); }

Attempt failed_here(std::string_view address, Cause cause, std::string_view route_type) {
  Attempt attempt = failed(address, Reached::connect, cause);
  attempt.synchronous = true;
  attempt.route.emplace();
  attempt.route->type = route_type;
  if (route_type == "unicast")
    attempt.route->interface = "eth0";
  else
    attempt.route->refusal = "the kernel's words";
  return attempt;
}

Attempt failed_from(std::string_view source, std::string_view address, Cause cause) {
  Attempt attempt = failed(address, Reached::connect, cause);
  attempt.source_address = Address::parse(source);
  attempt.route.emplace();
  attempt.route->type = "unicast";
  attempt.route->interface = "eth0";
  attempt.route->source = attempt.source_address;
  return attempt;
}

Observation on_host(NetworkFacts network, std::vector<Attempt> ipv6) {
  auto seen = api();
  replace(seen, Family::ipv6, std::move(ipv6));
  Observation run = build::run({seen});
  run.host.network = std::move(network);
  return run;
}

Observation working_from(NetworkFacts network, std::string_view source) {
  auto seen = api();
  for (Attempt& attempt : seen.attempts)
    attempt.source_address = Address::parse(attempt.family == Family::ipv6 ? source : "10.0.0.5");
  Observation run = build::run({seen});
  run.host.network = std::move(network);
  return run;
}

std::vector<std::string> host_ids(const Observation& run) {
  auto all = ids(run);
  std::erase_if(all, [](const std::string& id) { return !id.starts_with("host."); });
  return all;
}

bool says(const Finding& finding, std::string_view text) {
  const auto has = [&](const std::string& line) { return line.find(text) != std::string::npos; };
  return has(finding.summary) || has(finding.advice) ||
         std::any_of(finding.evidence.begin(), finding.evidence.end(), has);
}

}  // namespace ecr6::build
