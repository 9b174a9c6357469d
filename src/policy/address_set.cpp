#include "ecr6/policy/address_set.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>

namespace ecr6::policy {

namespace {

using Bytes = std::array<std::uint8_t, 16>;

Address from(const Bytes& bytes, Family family) {
  if (family == Family::ipv6) return Address::from_bytes(std::span<const std::uint8_t, 16>{bytes});
  return Address::from_bytes(std::span{bytes}.first<4>());
}

Bytes bytes_of(const Address& address) {
  Bytes bytes{};
  std::copy(address.bytes().begin(), address.bytes().end(), bytes.begin());
  return bytes;
}

Address lowest(Family family) { return from(Bytes{}, family); }

Address highest(Family family) {
  Bytes bytes;
  bytes.fill(0xff);
  return from(bytes, family);
}

Address last_of(const Prefix& prefix) {
  Bytes bytes = bytes_of(prefix.address);
  for (std::size_t i = 0; i < prefix.address.bytes().size(); ++i) {
    const int keep = std::clamp(prefix.length - static_cast<int>(i) * 8, 0, 8);
    bytes[i] = static_cast<std::uint8_t>(bytes[i] | (0xff >> keep));
  }
  return from(bytes, prefix.address.family());
}

/// The address after; empty after the last one of the family.
std::optional<Address> next(const Address& address) {
  Bytes bytes = bytes_of(address);
  for (std::size_t i = address.bytes().size(); i-- > 0;)
    if (++bytes[i] != 0) return from(bytes, address.family());
  return std::nullopt;
}

std::optional<Address> previous(const Address& address) {
  Bytes bytes = bytes_of(address);
  for (std::size_t i = address.bytes().size(); i-- > 0;)
    if (bytes[i]-- != 0) return from(bytes, address.family());
  return std::nullopt;
}

}  // namespace

AddressSet::AddressSet(const std::vector<Prefix>& prefixes) {
  for (const Prefix& prefix : prefixes) ranges_.emplace_back(prefix.masked().address, last_of(prefix));
  std::sort(ranges_.begin(), ranges_.end());
  normalise();
}

AddressSet AddressSet::everything() { return AddressSet{}.complement(); }

void AddressSet::normalise() {
  std::vector<Range> merged;
  merged.reserve(ranges_.size());
  for (const Range& range : ranges_) {
    const auto after = merged.empty() ? std::nullopt : next(merged.back().second);
    const bool same_family = !merged.empty() && merged.back().second.family() == range.first.family();
    if (same_family && (!after || range.first <= *after))
      merged.back().second = std::max(merged.back().second, range.second);
    else
      merged.push_back(range);
  }
  ranges_ = std::move(merged);
}

bool AddressSet::contains(const Address& address) const {
  const auto after = std::upper_bound(ranges_.begin(), ranges_.end(), address,
                                      [](const Address& wanted, const Range& range) { return wanted < range.first; });
  if (after == ranges_.begin()) return false;
  const Range& range = *std::prev(after);
  return range.first.family() == address.family() && address <= range.second;
}

AddressSet AddressSet::complement() const {
  AddressSet out;
  for (const Family family : both_families) {
    std::optional<Address> open = lowest(family);
    for (const Range& range : ranges_) {
      if (range.first.family() != family) continue;
      const auto before = previous(range.first);
      if (open && before && *open <= *before) out.ranges_.emplace_back(*open, *before);
      open = next(range.second);
    }
    if (open) out.ranges_.emplace_back(*open, highest(family));
  }
  return out;
}

AddressSet AddressSet::united(const AddressSet& other) const {
  AddressSet out;
  std::merge(ranges_.begin(), ranges_.end(), other.ranges_.begin(), other.ranges_.end(),
             std::back_inserter(out.ranges_));
  out.normalise();
  return out;
}

AddressSet AddressSet::intersected(const AddressSet& other) const {
  AddressSet out;
  auto left = ranges_.begin();
  auto right = other.ranges_.begin();
  while (left != ranges_.end() && right != other.ranges_.end()) {
    // Ranges of two families never meet: every IPv6 address sorts before every IPv4 address.
    const Address first = std::max(left->first, right->first);
    const Address last = std::min(left->second, right->second);
    if (first <= last) out.ranges_.emplace_back(first, last);
    if (left->second < right->second)
      ++left;
    else
      ++right;
  }
  return out;
}

Region Region::intersected(const Region& other) const {
  return {certain.intersected(other.certain), possible.intersected(other.possible)};
}

Region Region::united(const Region& other) const {
  return {certain.united(other.certain), possible.united(other.possible)};
}

}  // namespace ecr6::policy
