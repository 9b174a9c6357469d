#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, InterfaceAddress& own) {
  node.field("address").must(own.address, "an address of the interface");
  node.field("prefix_length").into(own.prefix_length);
  node.field("scope").into(own.scope);
  node.field("temporary").into(own.temporary);
  node.field("deprecated").into(own.deprecated);
  node.field("tentative").into(own.tentative);
  node.field("dad_failed").into(own.dad_failed);
  node.field("optimistic").into(own.optimistic);
  node.field("from_router").into(own.from_router);
  node.field("preferred_s").into(own.preferred_s);
  node.field("valid_s").into(own.valid_s);
}

void load(const Node& node, Interface& interface) {
  node.field("name").must(interface.name, "the interface's name");
  node.field("index").into(interface.index);
  node.field("up").into(interface.up);
  node.field("running").into(interface.running);
  node.field("loopback").into(interface.loopback);
  node.field("mtu").into(interface.mtu);
  node.field("ipv6_disabled").into(interface.ipv6_disabled);
  node.field("ipv6_forwarding").into(interface.ipv6_forwarding);
  node.field("accept_ra").into(interface.accept_ra);
  node.field("accept_ra_defrtr").into(interface.accept_ra_defrtr);
  node.field("advertisements_received").into(interface.advertisements_received);
  node.field("addresses").into(interface.addresses);
  node.field("addresses_left_out").into(interface.addresses_left_out);
}

void load(const Node& node, DefaultRoute& route) {
  node.field("family").must(route.family, "\"ipv6\" or \"ipv4\"");
  node.field("type").into(route.type);
  node.field("interface").into(route.interface);
  node.field("gateway").into(route.gateway);
  node.field("metric").into(route.metric);
  node.field("table").into(route.table);
  node.field("origin").into(route.origin);
  node.field("expires_s").into(route.expires_s);
}

void load(const Node& node, NetworkFacts& network) {
  node.field("ipv6_in_kernel").into(network.ipv6_in_kernel);
  node.field("ipv6_off_at_boot").into(network.ipv6_off_at_boot);
  node.field("ipv6_default_disable").into(network.ipv6_default_disable);
  node.field("interfaces").into(network.interfaces);
  node.field("interfaces_left_out").into(network.interfaces_left_out);
  node.field("default_routes").into(network.default_routes);
  node.field("routes_cut_off").into(network.routes_cut_off);
}

void load(const Node& node, Route& route) {
  node.field("type").must(route.type, "the type of the route");
  node.field("interface").into(route.interface);
  node.field("gateway").into(route.gateway);
  node.field("source").into(route.source);
  node.field("mtu").into(route.mtu);
  node.field("refusal").into(route.refusal);
}

void load(const Node& node, Neighbour& neighbour) {
  node.field("address").must(neighbour.address, "the next hop's address");
  node.field("interface").into(neighbour.interface);
  node.field("state").must(neighbour.state, "the state of the entry");
}

void load(const Node& node, PrecedenceRule& rule) {
  node.field("prefix").must(rule.prefix, "a prefix");
  node.field("precedence").into(rule.precedence);
  node.field("line").into(rule.line);
}

}  // namespace ecr6::reading
