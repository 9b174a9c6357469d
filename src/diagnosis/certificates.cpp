#include "certificates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

/// Up to the next comma or plus that does not stand in quotes; takes it off `rest`.
std::string_view take_attribute(std::string_view& rest) {
  bool quoted = false;
  std::size_t end = 0;
  for (; end < rest.size(); ++end) {
    if (rest[end] == '\\')
      ++end;
    else if (rest[end] == '"')
      quoted = !quoted;
    else if (!quoted && (rest[end] == ',' || rest[end] == '+'))
      break;
  }
  end = std::min(end, rest.size());
  const std::string_view taken = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return taken;
}

std::string without_quotes(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\' && i + 1 < value.size()) ++i;
    text += value[i];
  }
  return text;
}

bool covers(std::string_view pattern, std::string_view host) {
  if (equal_ignoring_case(pattern, host)) return true;
  const auto dot = host.find('.');
  return pattern.starts_with("*.") && dot != host.npos && dot > 0 &&
         equal_ignoring_case(pattern.substr(1), host.substr(dot));
}

bool same_organisation(std::string_view left, std::string_view right) {
  const std::string organisation = attribute(left, "O");
  return !organisation.empty() && organisation == attribute(right, "O");
}

bool is_above_leaf(const TlsFacts& tls, std::string_view subject) {
  const auto begin = tls.chain.begin() + (tls.chain.empty() ? 0 : 1);
  return tls.root == subject || tls.issuer == subject || std::find(begin, tls.chain.end(), subject) != tls.chain.end();
}

bool is_aws(const TlsFacts& tls) { return is_aws_authority(tls.root.empty() ? tls.issuer : tls.root); }

}  // namespace

std::string attribute(std::string_view name, std::string_view type) {
  while (!name.empty()) {
    const std::string_view part = take_attribute(name);
    const auto equals = part.find('=');
    if (equals != part.npos && trimmed(part.substr(0, equals)) == type)
      return without_quotes(trimmed(part.substr(equals + 1)));
  }
  return {};
}

bool is_aws_authority(std::string_view name) {
  constexpr std::array organisations{
      "Amazon",        "Amazon.com Inc.", "Amazon Web Services", "Amazon Trust Services",
      "DigiCert Inc.", "DigiCert Inc",    "DigiCert, Inc.",      "Starfield Technologies, Inc."};
  const std::string organisation = attribute(name, "O");
  return std::find(organisations.begin(), organisations.end(), organisation) != organisations.end();
}

bool is_signed_by_public_aws(const Endpoint& endpoint) {
  return endpoint.partition && endpoint.role != Role::other && !endpoint.partition->starts_with("aws-iso");
}

bool covers(const TlsFacts& tls, std::string_view host) {
  if (tls.names.empty()) return covers(attribute(tls.subject, "CN"), host);
  return std::any_of(tls.names.begin(), tls.names.end(), [&](const auto& name) { return covers(name, host); }) ||
         (tls.names_left_out > 0 && tls.verified);
}

bool is_self_signed(const TlsFacts& tls) { return !tls.issuer.empty() && tls.subject == tls.issuer; }

bool same_authority(const TlsFacts& left, const TlsFacts& right) {
  if (is_aws(left) || is_aws(right)) return is_aws(left) == is_aws(right);
  if (left.issuer == right.issuer || same_organisation(left.issuer, right.issuer)) return true;
  if (!left.root.empty() && (left.root == right.root || same_organisation(left.root, right.root))) return true;
  if (is_above_leaf(left, right.issuer) || is_above_leaf(right, left.issuer)) return true;
  return left.chain.size() > 1 && std::any_of(left.chain.begin() + 1, left.chain.end(),
                                              [&](const auto& subject) { return is_above_leaf(right, subject); });
}

std::string weakness_of(const TlsFacts& tls) {
  const std::string signature = to_lower(tls.signature);
  if (signature.find("sha1") != signature.npos || signature.find("md5") != signature.npos)
    return fmt::format("it is signed with {}", tls.signature);
  int bits = 0;
  if (tls.key.starts_with("RSA ")) std::from_chars(tls.key.data() + 4, tls.key.data() + tls.key.size(), bits);
  return bits > 0 && bits < 2048 ? fmt::format("its key is {} bits", tls.key) : std::string{};
}

std::string line_of(const TlsFacts& tls) {
  std::string line = fmt::format("subject {}; issuer {}; valid {} to {}; names {}{}; verify: {}", tls.subject,
                                 tls.issuer, to_rfc3339(tls.not_before), to_rfc3339(tls.not_after),
                                 fmt::join(tls.names, " "), tls.names_left_out > 0 ? " …" : "", tls.verify);
  if (!tls.root.empty()) line += "; root " + tls.root;
  if (tls.chain.size() > 1) line += fmt::format("; chain of {}", tls.chain.size() + tls.chain_left_out);
  if (!tls.key.empty()) line += fmt::format("; key {}, signed with {}", tls.key, tls.signature);
  if (!tls.fingerprint.empty()) line += "; SHA-256 " + tls.fingerprint;
  return line;
}

}  // namespace ecr6
