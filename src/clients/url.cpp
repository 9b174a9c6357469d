#include "ecr6/clients/url.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::clients {

namespace {

/// The authority's end: the first `/`, `?`, `#` or backslash.
std::string_view authority_of(std::string_view rest) { return rest.substr(0, rest.find_first_of("/?#\\")); }

std::string_view without_userinfo(std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  return at == std::string_view::npos ? authority : authority.substr(at + 1);
}

}  // namespace

std::optional<Url> parse_url(std::string_view text) {
  Url url;
  text = trimmed(text);
  if (const std::size_t colon = text.find("://"); colon != std::string_view::npos) {
    url.scheme = to_lower(text.substr(0, colon));
    text.remove_prefix(colon + 3);
  }
  const std::string_view authority = authority_of(text);
  // Behind an unescaped `/`, `?` or `#` the rest of a password: neither the host nor the path is what it seems.
  if (text.find('@', authority.size()) != std::string_view::npos) return std::nullopt;
  url.path = text.substr(authority.size(), text.find_first_of("?#", authority.size()) - authority.size());
  std::string_view host = without_userinfo(authority);
  if (host.starts_with('[') && host.find(']') != std::string_view::npos) {
    const std::size_t end = host.find(']');
    if (host.substr(end + 1).starts_with(':')) url.port = host.substr(end + 2);
    host = host.substr(1, end - 1);
  } else if (const std::size_t colon = host.rfind(':'); colon != std::string_view::npos) {
    url.port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  if (url.port.find_first_not_of("0123456789") != std::string::npos) return std::nullopt;
  if (host.ends_with('.')) host.remove_suffix(1);
  url.host = to_lower(host);
  if (url.host.empty()) return std::nullopt;
  return url;
}

std::string without_secrets(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return "(not a URL)";
  const bool literal = url->host.find(':') != std::string::npos;
  return fmt::format("{}{}{}{}{}{}{}", url->scheme, url->scheme.empty() ? "" : "://", literal ? "[" : "", url->host,
                     literal ? "]" : "", url->port.empty() ? "" : ":" + url->port, url->path == "/" ? "" : url->path);
}

}  // namespace ecr6::clients
