#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ecr6/core/family.hpp"

namespace ecr6 {

/// An IPv4 or IPv6 address without zone. A plain value of 16 bytes; IPv4 uses the first four.
class Address {
 public:
  /// The IPv6 unspecified address, `::`.
  constexpr Address() = default;
  /// From 4 (IPv4) or 16 (IPv6) bytes in network order.
  [[nodiscard]] static Address from_bytes(std::span<const std::uint8_t, 4> bytes);
  [[nodiscard]] static Address from_bytes(std::span<const std::uint8_t, 16> bytes);
  /// Reads dotted-quad or RFC 4291 text; no brackets, no zone, no prefix length. Empty for anything else.
  [[nodiscard]] static std::optional<Address> parse(std::string_view text);

  [[nodiscard]] constexpr Family family() const { return family_; }
  [[nodiscard]] constexpr bool is_v6() const { return family_ == Family::ipv6; }
  /// 16 or 4 bytes in network order.
  [[nodiscard]] std::span<const std::uint8_t> bytes() const;
  /// RFC 5952 text, or dotted quad.
  [[nodiscard]] std::string to_string() const;

  [[nodiscard]] bool is_loopback() const;
  [[nodiscard]] bool is_unspecified() const;
  /// fe80::/10 or 169.254.0.0/16.
  [[nodiscard]] bool is_link_local() const;
  /// RFC 4193, fc00::/7. Always false for IPv4.
  [[nodiscard]] bool is_unique_local() const;
  /// ::ffff:0:0/96 (RFC 4291 §2.5.5.2). Always false for IPv4.
  [[nodiscard]] bool is_v4_mapped() const;
  /// RFC 1918, and 100.64.0.0/10 (RFC 6598). Always false for IPv6.
  [[nodiscard]] bool is_private_v4() const;

  friend constexpr auto operator<=>(const Address&, const Address&) = default;

 private:
  Family family_{Family::ipv6};
  std::array<std::uint8_t, 16> bytes_{};
};

/// A CIDR block. Host bits are kept as given in `address`; `contains` ignores them.
struct Prefix {
  Address address;
  int length{};  ///< 0..32 or 0..128

  /// Reads `ADDRESS/LENGTH`; both parts are needed. Empty for anything else.
  [[nodiscard]] static std::optional<Prefix> parse(std::string_view text);
  /// False across families.
  [[nodiscard]] bool contains(const Address& candidate) const;
  /// True when every address of `inner` is in this block.
  [[nodiscard]] bool contains(const Prefix& inner) const;
  [[nodiscard]] bool has_host_bits() const;
  /// The same block with its host bits cleared.
  [[nodiscard]] Prefix masked() const;
  [[nodiscard]] std::string to_string() const;

  friend constexpr auto operator<=>(const Prefix&, const Prefix&) = default;
};

}  // namespace ecr6
