#include "spellings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::report {

namespace {

using Pieces = std::vector<std::string>;

Pieces reversed(Pieces pieces) {
  std::reverse(pieces.begin(), pieces.end());
  return pieces;
}

std::vector<std::string> v4_spellings(const Address& address) {
  Pieces octets;
  for (const std::uint8_t octet : address.bytes()) octets.push_back(fmt::format("{}", octet));
  return {join(octets, "-"), join(reversed(octets), ".") + ".in-addr.arpa", join(reversed(octets), "-")};
}

std::vector<std::string> v6_spellings(const Address& address) {
  Pieces nibbles, groups, padded_groups;
  const auto bytes = address.bytes();
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const unsigned group = bytes[i] * 256U + bytes[i + 1];
    for (const int shift : {12, 8, 4, 0}) nibbles.push_back(fmt::format("{:x}", (group >> shift) & 15U));
    groups.push_back(fmt::format("{:x}", group));
    padded_groups.push_back(fmt::format("{:04x}", group));
  }
  std::string compressed = address.to_string();
  std::replace(compressed.begin(), compressed.end(), ':', '-');
  return {compressed, join(groups, "-"), join(padded_groups, "-"), join(reversed(nibbles), ".") + ".ip6.arpa"};
}

}  // namespace

std::vector<std::string> spellings_of(const Address& address) {
  return address.is_v6() ? v6_spellings(address) : v4_spellings(address);
}

}  // namespace ecr6::report
