#include "write_network.hpp"

#include <boost/json.hpp>

namespace ecr6 {

namespace json = boost::json;

namespace {

template <class T>
void put(json::object& object, std::string_view key, const std::optional<T>& part) {
  if (part) object[key] = *part;
}

void put(json::object& object, std::string_view key, const std::optional<Address>& part) {
  if (part) object[key] = part->to_string();
}

json::object object_of(const InterfaceAddress& own) {
  json::object object{
      {"address", own.address.to_string()}, {"prefix_length", own.prefix_length}, {"scope", own.scope},
      {"temporary", own.temporary},         {"deprecated", own.deprecated},       {"tentative", own.tentative},
      {"dad_failed", own.dad_failed},       {"optimistic", own.optimistic},       {"from_router", own.from_router}};
  put(object, "preferred_s", own.preferred_s);
  put(object, "valid_s", own.valid_s);
  return object;
}

json::object object_of(const Interface& interface) {
  json::object object{{"name", interface.name},       {"index", interface.index},       {"up", interface.up},
                      {"running", interface.running}, {"loopback", interface.loopback}, {"mtu", interface.mtu}};
  put(object, "ipv6_disabled", interface.ipv6_disabled);
  put(object, "ipv6_forwarding", interface.ipv6_forwarding);
  put(object, "accept_ra", interface.accept_ra);
  put(object, "accept_ra_defrtr", interface.accept_ra_defrtr);
  put(object, "advertisements_received", interface.advertisements_received);
  json::array addresses;
  for (const InterfaceAddress& own : interface.addresses) addresses.push_back(object_of(own));
  object["addresses"] = std::move(addresses);
  object["addresses_left_out"] = interface.addresses_left_out;
  return object;
}

json::object object_of(const DefaultRoute& route) {
  json::object object{{"family", to_string(route.family)},
                      {"type", route.type},
                      {"interface", route.interface},
                      {"metric", route.metric},
                      {"table", route.table},
                      {"origin", route.origin}};
  put(object, "gateway", route.gateway);
  put(object, "expires_s", route.expires_s);
  return object;
}

}  // namespace

json::object network_object(const NetworkFacts& network) {
  json::object object;
  put(object, "ipv6_in_kernel", network.ipv6_in_kernel);
  put(object, "ipv6_off_at_boot", network.ipv6_off_at_boot);
  put(object, "ipv6_default_disable", network.ipv6_default_disable);
  json::array interfaces, routes;
  for (const Interface& interface : network.interfaces) interfaces.push_back(object_of(interface));
  for (const DefaultRoute& route : network.default_routes) routes.push_back(object_of(route));
  object["interfaces"] = std::move(interfaces);
  object["interfaces_left_out"] = network.interfaces_left_out;
  object["default_routes"] = std::move(routes);
  object["routes_cut_off"] = network.routes_cut_off;
  return object;
}

json::object route_object(const Route& route) {
  json::object object{{"type", route.type}};
  if (!route.interface.empty()) object["interface"] = route.interface;
  put(object, "gateway", route.gateway);
  put(object, "source", route.source);
  put(object, "mtu", route.mtu);
  if (!route.refusal.empty()) object["refusal"] = route.refusal;
  return object;
}

json::object neighbour_object(const Neighbour& neighbour) {
  return {{"address", neighbour.address.to_string()}, {"interface", neighbour.interface}, {"state", neighbour.state}};
}

json::array precedence_array(const std::vector<PrecedenceRule>& rules) {
  json::array array;
  for (const PrecedenceRule& rule : rules)
    array.push_back({{"prefix", rule.prefix}, {"precedence", rule.precedence}, {"line", rule.line}});
  return array;
}

}  // namespace ecr6
