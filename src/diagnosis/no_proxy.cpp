#include "no_proxy.hpp"

#include <charconv>
#include <optional>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

struct Entry {
  std::string name;  ///< lower case, without port and brackets
  std::optional<int> port;
};

std::optional<int> number(std::string_view text) {
  int value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional{value} : std::nullopt;
}

/// "host:443", "[2001:db8::1]:443"; more than one colon without brackets is an address.
Entry entry_of(std::string_view text) {
  Entry entry{to_lower(text), {}};
  std::string& name = entry.name;
  const auto bracket = name.starts_with('[') ? name.find(']') : std::string::npos;
  const auto colon = bracket != std::string::npos ? bracket + 1 : name.find(':');
  const bool has_port = colon < name.size() && name[colon] == ':' && name.find(':', colon + 1) == std::string::npos;
  if (has_port) entry.port = number(std::string_view{name}.substr(colon + 1));
  if (has_port && entry.port) name.resize(colon);
  if (bracket != std::string::npos) name = name.substr(1, bracket - 1);
  return entry;
}

/// curl also splits at blanks.
std::vector<std::string_view> entries_of(ProxyDialect dialect, std::string_view list) {
  std::vector<std::string_view> entries;
  for (const std::string_view piece : split(list, ',')) {
    std::string_view rest = trimmed(piece);
    while (dialect == ProxyDialect::curl && rest.find_first_of(" \t") != rest.npos) {
      const auto end = rest.find_first_of(" \t");
      entries.push_back(rest.substr(0, end));
      rest = trimmed(rest.substr(end));
    }
    if (!rest.empty()) entries.push_back(rest);
  }
  return entries;
}

/// Python compares literals as text, and knows no prefixes.
bool covers_address(ProxyDialect dialect, const std::string& name, const Address& address) {
  if (dialect == ProxyDialect::python) return name == address.to_string();
  const auto prefix = Prefix::parse(name);
  return Address::parse(name) == address || (prefix && prefix->contains(address));
}

/// Go: ".x" and "*.x" are subdomains alone. curl and Python drop leading dots, and know no "*.".
bool covers_name(ProxyDialect dialect, std::string name, std::string_view host) {
  if (dialect == ProxyDialect::go) {
    if (name.starts_with("*.")) name.erase(0, 1);
    if (name.starts_with('.')) return name.size() > 1 && host.ends_with(name);
  } else {
    name.erase(0, name.find_first_not_of('.'));
  }
  return !name.empty() && (host == name || host.ends_with("." + name));
}

}  // namespace

std::string_view users_of(ProxyDialect dialect) {
  if (dialect == ProxyDialect::go) return "Docker and containerd";
  return dialect == ProxyDialect::curl ? "curl" : "the AWS CLI";
}

bool exempts(ProxyDialect dialect, std::string_view list, std::string_view host, std::uint16_t port) {
  if (trimmed(list) == "*") return true;
  const std::string wanted = to_lower(host);
  const auto address = Address::parse(wanted);
  for (const std::string_view text : entries_of(dialect, list)) {
    if (text == "*" && dialect == ProxyDialect::go) return true;
    const Entry entry = entry_of(text);
    const bool other_port = entry.port && (dialect == ProxyDialect::curl || *entry.port != port);
    if (other_port) continue;
    if (address ? covers_address(dialect, entry.name, *address) : covers_name(dialect, entry.name, wanted)) return true;
  }
  return false;
}

}  // namespace ecr6
