#include "ecr6/aws/host_port.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ecr6/core/address.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::aws {

namespace {

constexpr std::size_t longest_host = 253;
constexpr std::size_t longest_label = 63;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_host_character(char c) { return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-' || c == '_'; }

bool is_label(std::string_view text) {
  return !text.empty() && text.size() <= longest_label && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), is_host_character);
}

Expected<std::string> checked_host(std::string_view text) {
  if (const auto address = Address::parse(text)) return address->to_string();
  std::string host = to_lower(text);
  if (host.ends_with('.')) host.pop_back();
  const auto labels = split(host, '.');
  if (host.size() > longest_host || !std::all_of(labels.begin(), labels.end(), is_label))
    return problem(fmt::format(
        "'{}' is not a host name: labels of letters, digits and '-', at most 63 octets each, are expected", text));
  if (std::all_of(labels.back().begin(), labels.back().end(), is_digit))
    return problem(fmt::format("'{}' is neither a host name nor an IPv4 address", text));
  return host;
}

Expected<HostPort> with_port(std::string host, std::string_view port_text) {
  const auto port = parse_port(port_text);
  if (!port) return problem(fmt::format("'{}' is not a port: a number from 1 to 65535 is expected", port_text));
  return HostPort{std::move(host), port};
}

Expected<HostPort> parse_bracketed(std::string_view text) {
  const auto end = text.find(']');
  const auto address = end == text.npos ? std::nullopt : Address::parse(text.substr(1, end - 1));
  if (!address || !address->is_v6())
    return problem(fmt::format("'{}' is not an IPv6 address in brackets, such as [2001:db8::1]", text));
  const std::string_view rest = text.substr(end + 1);
  if (rest.empty()) return HostPort{address->to_string(), std::nullopt};
  if (rest.front() != ':')
    return problem(fmt::format("'{}' after the bracketed address is not a port, such as :443", rest));
  return with_port(address->to_string(), rest.substr(1));
}

}  // namespace

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

Expected<HostPort> parse_host_port(std::string_view text) {
  if (text.starts_with('[')) return parse_bracketed(text);
  const auto colon = text.find(':');
  if (colon != text.npos && text.find(':', colon + 1) != text.npos) {
    if (const auto address = Address::parse(text)) return HostPort{address->to_string(), std::nullopt};
    return problem(
        fmt::format("'{}' has more than one colon but is not an IPv6 address; with a port, "
                    "write [ADDRESS]:PORT",
                    text));
  }
  auto host = checked_host(text.substr(0, colon));
  if (!host) return host.error();
  if (colon == text.npos) return HostPort{std::move(*host), std::nullopt};
  return with_port(std::move(*host), text.substr(colon + 1));
}

}  // namespace ecr6::aws
