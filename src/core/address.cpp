#include "ecr6/core/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace ecr6 {

namespace {

constexpr std::size_t width(Family family) { return family == Family::ipv6 ? 16 : 4; }

bool shares_bits(std::span<const std::uint8_t> left, std::span<const std::uint8_t> right, int bits) {
  const auto whole = static_cast<std::size_t>(bits / 8);
  if (!std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(whole), right.begin())) return false;
  const int rest = bits % 8;
  return rest == 0 || ((left[whole] ^ right[whole]) >> (8 - rest)) == 0;
}

bool in(const Address& address, std::string_view prefix) { return Prefix::parse(prefix)->contains(address); }

}  // namespace

Address Address::from_bytes(std::span<const std::uint8_t, 4> bytes) {
  Address address;
  address.family_ = Family::ipv4;
  std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
  return address;
}

Address Address::from_bytes(std::span<const std::uint8_t, 16> bytes) {
  Address address;
  std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
  return address;
}

std::optional<Address> Address::parse(std::string_view text) {
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN || text.find('\0') != text.npos) return std::nullopt;
  const std::string terminated{text};
  Address address;
  address.family_ = text.find(':') == text.npos ? Family::ipv4 : Family::ipv6;
  const int family = address.is_v6() ? AF_INET6 : AF_INET;
  if (inet_pton(family, terminated.c_str(), address.bytes_.data()) != 1) return std::nullopt;
  return address;
}

std::span<const std::uint8_t> Address::bytes() const { return std::span{bytes_}.first(width(family_)); }

std::string Address::to_string() const {
  char text[INET6_ADDRSTRLEN];
  inet_ntop(is_v6() ? AF_INET6 : AF_INET, bytes_.data(), text, sizeof text);
  return text;
}

bool Address::is_loopback() const { return is_v6() ? in(*this, "::1/128") : bytes_[0] == 127; }
bool Address::is_unspecified() const { return bytes_ == std::array<std::uint8_t, 16>{}; }
bool Address::is_link_local() const { return in(*this, is_v6() ? "fe80::/10" : "169.254.0.0/16"); }
bool Address::is_unique_local() const { return is_v6() && (bytes_[0] & 0xfe) == 0xfc; }
bool Address::is_v4_mapped() const { return is_v6() && in(*this, "::ffff:0:0/96"); }

bool Address::is_private_v4() const {
  if (is_v6()) return false;
  return in(*this, "10.0.0.0/8") || in(*this, "172.16.0.0/12") || in(*this, "192.168.0.0/16") ||
         in(*this, "100.64.0.0/10");
}

std::optional<Prefix> Prefix::parse(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == text.npos) return std::nullopt;
  const auto address = Address::parse(text.substr(0, slash));
  const std::string_view digits = text.substr(slash + 1);
  // std::from_chars would take a sign; a prefix length is one to three digits.
  if (!address || digits.empty() || digits.size() > 3 || digits.find_first_not_of("0123456789") != digits.npos)
    return std::nullopt;
  int length{};
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (length > static_cast<int>(width(address->family())) * 8) return std::nullopt;
  return Prefix{*address, length};
}

bool Prefix::contains(const Address& candidate) const {
  return candidate.family() == address.family() && shares_bits(address.bytes(), candidate.bytes(), length);
}

bool Prefix::contains(const Prefix& inner) const { return inner.length >= length && contains(inner.address); }

bool Prefix::has_host_bits() const { return masked().address != address; }

Prefix Prefix::masked() const {
  std::array<std::uint8_t, 16> bytes{};
  const auto source = address.bytes();
  std::copy(source.begin(), source.end(), bytes.begin());
  for (std::size_t i = 0; i < source.size(); ++i) {
    const int keep = std::clamp(length - static_cast<int>(i) * 8, 0, 8);
    bytes[i] = static_cast<std::uint8_t>(bytes[i] & (0xff00 >> keep));
  }
  if (address.is_v6()) return {Address::from_bytes(std::span<const std::uint8_t, 16>{bytes}), length};
  return {Address::from_bytes(std::span{bytes}.first<4>()), length};
}

std::string Prefix::to_string() const { return address.to_string() + "/" + std::to_string(length); }

}  // namespace ecr6
