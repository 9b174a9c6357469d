#include <algorithm>
#include <optional>

#include "ecr6/logs/samples.hpp"

namespace ecr6::logs {

namespace {

constexpr std::size_t unexpected_limit = 20;

bool is_address_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == ':' || c == '.';
}

bool is_word_byte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

Address unmapped(const Address& address) {
  return address.is_v4_mapped() ? Address::from_bytes(address.bytes().last<4>()) : address;
}

/// The address that a run of hexadecimal digits, colons and dots is, give or take punctuation around it or a port.
std::optional<Address> address_of(std::string_view run) {
  if (const auto address = Address::parse(run)) return address;
  std::string_view inner = run;
  while (!inner.empty() && (inner.back() == ':' || inner.back() == '.')) {
    inner.remove_suffix(1);
    if (const auto address = Address::parse(inner)) return address;
  }
  while (!inner.empty() && (inner.front() == ':' || inner.front() == '.')) {
    inner.remove_prefix(1);
    if (const auto address = Address::parse(inner)) return address;
  }
  const auto colon = inner.rfind(':');
  return colon != inner.npos && inner.find('.') < colon ? Address::parse(inner.substr(0, colon)) : std::nullopt;
}

}  // namespace

std::string_view to_string(Fit fit) {
  switch (fit) {
    case Fit::complete:
      return "complete";
    case Fit::loses_ipv6:
      return "loses_ipv6";
    case Fit::not_read:
      return "not_read";
  }
  return {};
}

std::set<Address> addresses_in(std::string_view output) {
  std::set<Address> found;
  for (std::size_t at = 0; at < output.size();) {
    const auto* const end = std::find_if_not(output.begin() + at, output.end(), is_address_byte);
    const auto length = static_cast<std::size_t>(end - output.begin()) - at;
    const std::size_t next = at + length;
    const bool part_of_word =
        (at > 0 && is_word_byte(output[at - 1])) || (next < output.size() && is_word_byte(output[next]));
    if (length > 0 && !part_of_word)
      if (const auto address = address_of(output.substr(at, length))) found.insert(unmapped(*address));
    at = std::max(next, at + 1);
  }
  found.erase(Address{});  // "::" is more often punctuation than the unspecified address
  return found;
}

Judgement judge(const std::vector<Sample>& given, std::string_view output) {
  std::set<Address> out = addresses_in(output);
  const std::set<Address> came = out;
  Judgement judgement;
  bool control_came = false;
  for (const Sample& sample : given) {
    const bool there = came.contains(unmapped(sample.address));
    out.erase(unmapped(sample.address));
    if (sample.spelling == "ipv4") control_came = there;
    if (!there) judgement.missing.push_back(sample);
  }
  for (const Address& address : out)
    if (judgement.unexpected.size() < unexpected_limit) judgement.unexpected.push_back(address);
  if (control_came) judgement.fit = judgement.missing.empty() ? Fit::complete : Fit::loses_ipv6;
  return judgement;
}

}  // namespace ecr6::logs
