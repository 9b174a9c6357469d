#pragma once

#include <array>
#include <optional>
#include <span>
#include <vector>

#include "ecr6/core/address.hpp"

/// IPv4 addresses inside IPv6 ones, as NAT64 and DNS64 write them (RFC 6052), and how their prefix is found (RFC 7050).
namespace ecr6 {

/// The lengths that a translation prefix may have.
inline constexpr std::array<int, 6> translation_lengths{32, 40, 48, 56, 64, 96};

/// 64:ff9b::/96, the well-known prefix.
[[nodiscard]] const Prefix& well_known_translation_prefix();

/// The IPv4 address that follows a prefix of `length` bits (RFC 6052 §2.2). Empty for IPv4, for a length that is none
/// of translation_lengths, and when the bits that have to be zero are not: bits 64 to 71, and what follows the address.
[[nodiscard]] std::optional<Address> embedded_ipv4(const Address& address, int length);

/// The IPv4 address inside `address` behind the first of `prefixes` that fits, or behind the well-known one.
[[nodiscard]] std::optional<Address> translated_ipv4(const Address& address, std::span<const Prefix> prefixes);

/// The most prefixes that are taken from the answers for ipv4only.arpa.
inline constexpr std::size_t max_translation_prefixes = 16;

/// The prefixes behind the AAAA records of ipv4only.arpa: those that are followed by 192.0.0.170 or 192.0.0.171
/// (RFC 7050 §3). An address that could be read in two ways counts for a prefix that another one names too. IPv4-mapped
/// and other special addresses are no answer of a DNS64. Each prefix once; at most max_translation_prefixes.
[[nodiscard]] std::vector<Prefix> translation_prefixes(const std::vector<Address>& answers);

}  // namespace ecr6
