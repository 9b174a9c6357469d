#include "ecr6/core/translation.hpp"

#include <algorithm>

#include "ecr6/core/special.hpp"

namespace ecr6 {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

/// Bits 64 to 71 stay out of the address (RFC 6052 §2.2): the byte at 8 is stepped over.
constexpr std::size_t reserved_byte = 8;

Bytes bytes_of(const Address& address) {
  Bytes bytes{};
  std::copy(address.bytes().begin(), address.bytes().end(), bytes.begin());
  return bytes;
}

bool is_ipv4only(const Address& address) {
  static const std::array known{Address::parse("192.0.0.170").value(), Address::parse("192.0.0.171").value()};
  return std::find(known.begin(), known.end(), address) != known.end();
}

/// A prefix that a DNS64 could have: not one with a meaning of its own.
bool can_translate(const Address& address) {
  const auto use = special_use(address);
  return use.empty() || use == "unique local" || use == "documentation" || use == "benchmarking";
}

std::vector<Prefix> readings_of(const Address& answer) {
  std::vector<Prefix> readings;
  if (!answer.is_v6() || !can_translate(answer)) return readings;
  for (const int length : translation_lengths)
    if (const auto inside = embedded_ipv4(answer, length); inside && is_ipv4only(*inside))
      readings.push_back(Prefix{answer, length}.masked());
  return readings;
}

bool has(const std::vector<Prefix>& prefixes, const Prefix& wanted) {
  return std::find(prefixes.begin(), prefixes.end(), wanted) != prefixes.end();
}

}  // namespace

const Prefix& well_known_translation_prefix() {
  static const Prefix prefix = Prefix::parse("64:ff9b::/96").value();
  return prefix;
}

std::optional<Address> embedded_ipv4(const Address& address, int length) {
  const auto& lengths = translation_lengths;
  if (!address.is_v6() || std::find(lengths.begin(), lengths.end(), length) == lengths.end()) return std::nullopt;
  const Bytes bytes = bytes_of(address);
  if (length < 96 && bytes[reserved_byte] != 0) return std::nullopt;
  std::array<std::uint8_t, 4> inside{};
  std::size_t at = static_cast<std::size_t>(length) / 8;
  for (std::uint8_t& byte : inside) {
    if (at == reserved_byte) ++at;
    byte = bytes[at++];
  }
  const auto rest = std::next(bytes.begin(), static_cast<std::ptrdiff_t>(at));
  if (std::any_of(rest, bytes.end(), [](std::uint8_t byte) { return byte != 0; })) return std::nullopt;
  return Address::from_bytes(std::span<const std::uint8_t, 4>{inside});
}

std::optional<Address> translated_ipv4(const Address& address, std::span<const Prefix> prefixes) {
  if (well_known_translation_prefix().contains(address)) return embedded_ipv4(address, 96);
  for (const Prefix& prefix : prefixes)
    if (prefix.contains(address))
      if (auto inside = embedded_ipv4(address, prefix.length)) return inside;
  return std::nullopt;
}

std::vector<Prefix> translation_prefixes(const std::vector<Address>& answers) {
  std::vector<Prefix> prefixes;
  const auto add = [&prefixes](const Prefix& prefix) {
    if (!has(prefixes, prefix) && prefixes.size() < max_translation_prefixes) prefixes.push_back(prefix);
  };
  std::vector<std::vector<Prefix>> ambiguous;
  for (const Address& answer : answers) {
    auto readings = readings_of(answer);
    if (readings.size() == 1) add(readings.front());
    if (readings.size() > 1) ambiguous.push_back(std::move(readings));
  }
  for (auto left = ambiguous.begin(); left != ambiguous.end(); ++left)
    for (auto right = left + 1; right != ambiguous.end(); ++right)
      for (const Prefix& reading : *left)
        if (has(*right, reading)) add(reading);
  return prefixes;
}

}  // namespace ecr6
