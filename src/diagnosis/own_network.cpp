#include "own_network.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

constexpr int least_mtu = 1280;  // RFC 8200 §5
constexpr std::size_t most_lines = 4;
constexpr std::size_t most_in_a_line = 6;

bool has_address(const Interface& interface, const Address& address) {
  return std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [&](const InterfaceAddress& own) { return own.address == address; });
}

bool is_given(const Interface& interface, const std::string& given) {
  const auto address = Address::parse(given);
  return interface.name == given || (address && has_address(interface, *address));
}

bool has_a_default_route(const Interface& interface, const NetworkFacts& network) {
  return std::any_of(network.default_routes.begin(), network.default_routes.end(), [&](const DefaultRoute& route) {
    return route.type == "unicast" && route.interface == interface.name;
  });
}

template <class Predicate>
std::vector<const Interface*> chosen(const NetworkFacts& network, const Predicate& predicate) {
  std::vector<const Interface*> found;
  for (const Interface& interface : network.interfaces)
    if (!interface.loopback && predicate(interface)) found.push_back(&interface);
  return found;
}

Reach reach_of(const Address& address) {
  if (!reaches_beyond_the_link(address)) return address.is_link_local() ? Reach::link_local : Reach::none;
  return address.is_unique_local() ? Reach::unique_local : Reach::global;
}

std::string text_of(const InterfaceAddress& own) {
  std::vector<std::string> marks;
  if (own.dad_failed) marks.emplace_back("duplicate");
  if (own.tentative && !own.dad_failed) marks.emplace_back("tentative");
  if (own.deprecated) marks.emplace_back("deprecated");
  if (own.temporary) marks.emplace_back("temporary");
  const std::string text = fmt::format("{}/{}", own.address.to_string(), own.prefix_length);
  return marks.empty() ? text : fmt::format("{} ({})", text, join(marks, ", "));
}

std::string bounded(std::vector<std::string> parts, std::size_t left_out) {
  if (parts.size() > most_in_a_line) {
    left_out += parts.size() - most_in_a_line;
    parts.resize(most_in_a_line);
  }
  return join(parts, ", ") + (left_out > 0 ? fmt::format(" and {} more", left_out) : "");
}

std::vector<std::string> bounded_lines(std::vector<std::string> lines, std::string_view what) {
  if (lines.size() <= most_lines) return lines;
  const std::size_t rest = lines.size() - most_lines;
  lines.resize(most_lines);
  lines.push_back(fmt::format("and {} more {}", rest, what));
  return lines;
}

}  // namespace

std::vector<const Interface*> ways_out(const Observation& run) {
  if (!run.host.network) return {};
  const NetworkFacts& network = *run.host.network;
  if (!run.settings.interface.empty())
    return chosen(network, [&](const Interface& each) { return is_given(each, run.settings.interface); });
  auto ways = chosen(network, [&](const Interface& each) { return has_a_default_route(each, network); });
  return ways.empty() ? chosen(network, [](const Interface& each) { return each.up; }) : ways;
}

bool is_too_small_for_ipv6(const Interface& interface) {
  return !interface.ipv6_disabled && interface.mtu > 0 && interface.mtu < least_mtu;
}

bool ipv6_is_off(const Interface& interface) {
  return interface.ipv6_disabled.value_or(false) || is_too_small_for_ipv6(interface);
}

bool ignores_advertisements(const Interface& interface) {
  const bool forwards = interface.ipv6_forwarding.value_or(false);
  return interface.accept_ra == 0 || (interface.accept_ra == 1 && forwards) || interface.accept_ra_defrtr == false;
}

bool hears_advertisements(const Interface& interface) {
  return interface.advertisements_received.value_or(0) > 0 ||
         std::any_of(interface.addresses.begin(), interface.addresses.end(),
                     [](const InterfaceAddress& own) { return own.from_router; });
}

bool is_unusable(const InterfaceAddress& own) { return own.dad_failed || (own.tentative && !own.optimistic); }

bool reaches_beyond_the_link(const Address& address) {
  return !address.is_loopback() && !address.is_link_local() && !address.is_unspecified();
}

bool next_hop_is_silent(const Attempt& attempt) {
  return attempt.neighbour && (attempt.neighbour->state == "incomplete" || attempt.neighbour->state == "failed");
}

Reach reach_of(const NetworkFacts& network) {
  Reach found = Reach::none;
  for (const Interface& interface : network.interfaces)
    for (const InterfaceAddress& own : interface.addresses)
      if (!interface.loopback && own.address.is_v6() && !is_unusable(own))
        found = std::max(found, reach_of(own.address));
  return found;
}

bool has_default_route(const NetworkFacts& network, Family family) {
  return std::any_of(network.default_routes.begin(), network.default_routes.end(),
                     [&](const DefaultRoute& route) { return route.family == family && route.type == "unicast"; });
}

const InterfaceAddress* own_address(const Observation& run, const Address& address) {
  if (!run.host.network) return nullptr;
  for (const Interface& interface : run.host.network->interfaces)
    for (const InterfaceAddress& own : interface.addresses)
      if (own.address == address) return &own;
  return nullptr;
}

std::vector<std::string> address_lines(const NetworkFacts& network, Family family) {
  std::vector<std::string> lines;
  for (const Interface& interface : network.interfaces) {
    std::vector<std::string> texts;
    for (const InterfaceAddress& own : interface.addresses)
      if (own.address.family() == family && !interface.loopback) texts.push_back(text_of(own));
    if (!texts.empty())
      lines.push_back(fmt::format("{}: {}", interface.name, bounded(std::move(texts), interface.addresses_left_out)));
  }
  if (lines.empty()) lines.push_back(fmt::format("no interface but the loopback has an {} address", title(family)));
  return bounded_lines(std::move(lines), "interfaces with addresses");
}

std::vector<std::string> default_route_lines(const NetworkFacts& network, Family family) {
  std::vector<std::string> lines;
  for (const DefaultRoute& route : network.default_routes) {
    if (route.family != family) continue;
    std::string line = fmt::format("default route: {}", route.type);
    if (route.gateway) line += " via " + route.gateway->to_string();
    if (!route.interface.empty()) line += " on " + route.interface;
    lines.push_back(fmt::format("{} ({}{})", line, route.origin,
                                route.table == 254 || route.table == 0 ? "" : fmt::format(", table {}", route.table)));
  }
  if (lines.empty() && !network.routes_cut_off)
    lines.push_back(fmt::format("this host has no {} default route", title(family)));
  return bounded_lines(std::move(lines), "default routes");
}

}  // namespace ecr6
