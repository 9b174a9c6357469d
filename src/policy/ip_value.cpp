#include "ecr6/policy/ip_value.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::policy {

namespace {

Prefix prefix(std::string_view text) { return *Prefix::parse(text); }

/// "203.0.113.*" and the like: whole numbers, then one final star.
std::optional<Prefix> dotted_wildcard(std::string_view text) {
  if (!text.ends_with(".*")) return std::nullopt;
  const auto numbers = split(text.substr(0, text.size() - 2), '.');
  if (numbers.size() > 3) return std::nullopt;
  std::string padded{text.substr(0, text.size() - 2)};
  for (std::size_t i = numbers.size(); i < 4; ++i) padded += ".0";
  const auto address = Address::parse(padded);
  if (!address) return std::nullopt;
  return Prefix{*address, static_cast<int>(numbers.size()) * 8};
}

/// The text of an IPv6 address has a colon before any dot; so a pattern that starts with dotted text never fits.
bool never_v6(std::string_view pattern) {
  const auto wild = pattern.find_first_of("*?");
  const std::string_view head = pattern.substr(0, wild);
  const bool colon = pattern.find(':') != pattern.npos;
  return !colon && (wild == pattern.npos || head.find('.') != head.npos);
}

const Prefix all_v4 = prefix("0.0.0.0/0");
const Prefix all_v6 = prefix("::/0");

}  // namespace

IpValue ip_value(const Value& value) {
  if (value.unresolved) return {IpForm::unresolved, {}};
  if (const auto cidr = Prefix::parse(value.text)) return {IpForm::cidr, cidr};
  if (const auto address = Address::parse(value.text))
    return {IpForm::bare, Prefix{*address, address->is_v6() ? 128 : 32}};
  if (value.text.find("${") != value.text.npos) return {IpForm::variable, {}};
  if (value.text.find_first_of("*?") != value.text.npos) return {IpForm::wildcard, {}};
  return {IpForm::invalid, {}};
}

void Matches::add_certain(const Prefix& prefix) { certain_.push_back(prefix); }

void Matches::add_unknown() {
  possible_.push_back(all_v4);
  possible_.push_back(all_v6);
}

void Matches::add_ip(const Value& value) {
  const auto [form, prefix] = ip_value(value);
  if (!prefix) return add_unknown();
  if (const auto v4 = unmapped(*prefix)) {
    possible_.push_back(*prefix);
    possible_.push_back(*v4);
    return;
  }
  add_certain(*prefix);
  if (form == IpForm::bare && prefix->address.is_v6()) possible_.push_back({prefix->address, 32});
}

void Matches::add_text(const Value& value, bool wildcards) {
  if (value.unresolved || value.text.find("${") != value.text.npos) return add_unknown();
  if (wildcards && value.text.find_first_of("*?") != value.text.npos) return add_pattern(value.text);
  const auto address = Address::parse(value.text);
  if (!address) return;
  if (address->is_v6())
    possible_.push_back({*address, 128});
  else
    add_certain({*address, 32});
}

void Matches::add_pattern(std::string_view pattern) {
  if (pattern.find_first_not_of('*') == pattern.npos) {
    add_certain(all_v4);
    return add_certain(all_v6);
  }
  if (const auto dotted = dotted_wildcard(pattern)) return add_certain(*dotted);
  possible_.push_back(all_v4);
  if (!never_v6(pattern)) possible_.push_back(all_v6);
  std::string shortest{pattern};
  std::erase(shortest, '*');
  if (const auto address = Address::parse(shortest); address && !address->is_v6()) add_certain({*address, 32});
}

Region Matches::region() const {
  const AddressSet certain{certain_};
  return {certain, possible_.empty() ? certain : certain.united(AddressSet{possible_})};
}

std::optional<Prefix> unmapped(const Prefix& prefix) {
  if (!prefix.address.is_v4_mapped() || prefix.length < 96) return std::nullopt;
  const auto bytes = prefix.address.bytes();
  return Prefix{Address::from_bytes(bytes.last<4>()), prefix.length - 96};
}

const AddressSet& internet_addresses() {
  static const AddressSet set{{all_v4, prefix("2000::/3")}};
  return set;
}

const AddressSet& vpc_addresses() {
  static const AddressSet set{{all_v4, prefix("2000::/3"), prefix("fc00::/7")}};
  return set;
}

AddressSet only(Family family, const AddressSet& set) {
  return set.intersected(AddressSet{{family == Family::ipv6 ? all_v6 : all_v4}});
}

}  // namespace ecr6::policy
