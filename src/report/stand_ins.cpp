#include "stand_ins.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ecr6/core/text.hpp"
#include "spellings.hpp"

namespace ecr6::report {

namespace {

// IANA's special-purpose registries, narrower blocks first; the last two stand for everything else.
constexpr std::array classes{
    "10.0.0.0/8",    "100.64.0.0/10",   "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "192.0.0.0/24",
    "192.0.2.0/24",  "198.51.100.0/24", "203.0.113.0/24", "198.18.0.0/15", "192.88.99.0/24", "0.0.0.0/8",
    "224.0.0.0/4",   "240.0.0.0/4",     "::ffff:0:0/96",  "64:ff9b::/96",  "64:ff9b:1::/48", "fe80::/10",
    "fec0::/10",     "fd00:ec2::/32",   "fd00::/8",       "fc00::/8",      "2002::/16",      "2001::/32",
    "2001:db8::/32", "3fff::/20",       "3ffe::/16",      "100::/64",      "ff00::/8",       "::/96",
};
constexpr std::string_view global_v4 = "25.255.0.0/16", global_v6 = "2e00:ec6::/32";

bool same_everywhere(const Address& address) {
  const std::string text = address.to_string();
  return address.is_loopback() || address.is_unspecified() || text == "169.254.169.253" || text == "fd00:ec2::253";
}

Prefix class_of(const Address& address) {
  for (const char* const text : classes)
    if (const auto prefix = Prefix::parse(text); prefix && prefix->contains(address)) return *prefix;
  return *Prefix::parse(address.is_v6() ? global_v6 : global_v4);
}

template <std::size_t N>
Address numbered_bytes(const Address& base, std::uint32_t number) {
  std::array<std::uint8_t, N> bytes{};
  std::copy(base.bytes().begin(), base.bytes().end(), bytes.begin());
  // Never more than the 20 host bits that the narrowest large class has; /24 classes wrap into it only past 255.
  for (std::size_t i = 0; i < 3; ++i) bytes[N - 1 - i] |= static_cast<std::uint8_t>(number >> (8 * i));
  return Address::from_bytes(std::span<const std::uint8_t, N>{bytes});
}

Address numbered(const Address& base, std::uint32_t number) {
  return base.is_v6() ? numbered_bytes<16>(base, number) : numbered_bytes<4>(base, number);
}

}  // namespace

void StandIns::replace(const Address& address) {
  if (same_everywhere(address) || addresses_.contains(address)) return;
  const Prefix block = class_of(address).masked();
  std::uint32_t number = 1;
  while (taken_.contains(numbered(block.address, number))) ++number;
  const Address stand_in = numbered(block.address, number);
  taken_.insert(stand_in);
  addresses_.emplace(address, stand_in);
  const std::vector<std::string> from = spellings_of(address), to = spellings_of(stand_in);
  for (std::size_t i = 0; i < from.size(); ++i) spellings_.emplace_back(from[i], to[i]);
}

std::optional<Address> StandIns::of(const Address& address) const {
  const auto found = addresses_.find(address);
  return found == addresses_.end() ? std::nullopt : std::optional{found->second};
}

std::string StandIns::account(std::string_view digits) {
  if (const auto found = accounts_.find(digits); found != accounts_.end()) return found->second;
  std::string stand_in;
  do stand_in = fmt::format("{:012}", ++last_account_);
  while (taken_accounts_.contains(stand_in));
  return accounts_.emplace(digits, stand_in).first->second;
}

void StandIns::replace_name(std::string_view name, std::string stand_in) {
  names_.emplace(to_lower(name), std::move(stand_in));
}

std::optional<std::string> StandIns::of_name(std::string_view name) const {
  const auto found = names_.find(to_lower(name));
  return found == names_.end() ? std::nullopt : std::optional{found->second};
}

}  // namespace ecr6::report
