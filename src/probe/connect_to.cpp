#include "connect_to.hpp"

#include <fmt/format.h>

#include <charconv>

#include "ecr6/core/text.hpp"

namespace ecr6::probe {

namespace {

/// Takes a host off the front, up to its colon; IPv6 stands in brackets. Empty when the brackets are not closed.
std::optional<std::string> take_host(std::string_view& text) {
  if (!text.starts_with('[')) {
    const auto colon = std::min(text.find(':'), text.size());
    const std::string host = to_lower(text.substr(0, colon));
    text.remove_prefix(colon);
    return host;
  }
  const auto end = text.find(']');
  if (end == text.npos || !Address::parse(text.substr(1, end - 1))) return std::nullopt;
  const std::string host = to_lower(text.substr(1, end - 1));
  text.remove_prefix(end + 1);
  return host;
}

bool take_colon(std::string_view& text) {
  if (!text.starts_with(':')) return false;
  text.remove_prefix(1);
  return true;
}

/// False when there is something up to the next colon that is no port.
bool take_port(std::string_view& text, std::optional<std::uint16_t>& port) {
  const std::string_view digits = text.substr(0, text.find(':'));
  text.remove_prefix(digits.size());
  if (digits.empty()) return true;
  std::uint16_t value{};
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size() || value == 0) return false;
  port = value;
  return true;
}

/// An address compares as an address: "2001:db8:0::1" is "2001:db8::1".
bool same_host(std::string_view left, std::string_view right) {
  const auto address = Address::parse(left);
  return address ? address == Address::parse(right) : left == right;
}

bool matches(const ConnectTo& rule, std::string_view host, const Peer& wanted) {
  if (rule.port && *rule.port != wanted.port) return false;
  return rule.host.empty() || same_host(rule.host, host) || Address::parse(rule.host) == wanted.address;
}

}  // namespace

std::string to_text(const Peer& peer) {
  return fmt::format(fmt::runtime(peer.address.is_v6() ? "[{}]:{}" : "{}:{}"), peer.address.to_string(), peer.port);
}

std::variant<ConnectTo, std::string> parse_connect_to(std::string_view text) {
  ConnectTo rule;
  std::string_view rest = text;
  const auto host = take_host(rest);
  const bool first = host && take_colon(rest) && take_port(rest, rule.port) && take_colon(rest);
  const auto to_host = first ? take_host(rest) : std::nullopt;
  if (!to_host || !take_colon(rest) || !take_port(rest, rule.to_port) || !rest.empty())
    return fmt::format(
        "--connect-to: '{}' is not HOST1:PORT1:HOST2:PORT2 (each may be empty, IPv6 stands in brackets); for example "
        "ecr.us-west-2.api.aws:443:[2001:db8::1]:8443",
        text);
  rule.host = *host;
  rule.to_host = *to_host;
  return rule;
}

Peer divert(const std::vector<ConnectTo>& rules, std::string_view host, Peer wanted) {
  for (const ConnectTo& rule : rules) {
    if (!matches(rule, host, wanted)) continue;
    const auto address = rule.to_address();
    if (address && address->family() != wanted.address.family()) continue;
    return {address.value_or(wanted.address), rule.to_port.value_or(wanted.port)};
  }
  return wanted;
}

std::string name_to_look_up(const std::vector<ConnectTo>& rules, const std::string& host, std::uint16_t port) {
  for (const ConnectTo& rule : rules) {
    const bool matching = (!rule.port || *rule.port == port) && (rule.host.empty() || rule.host == host);
    if (matching && !rule.to_host.empty() && !rule.to_address()) return rule.to_host;
  }
  return host;
}

}  // namespace ecr6::probe
