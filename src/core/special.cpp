#include "ecr6/core/special.hpp"

#include <array>

namespace ecr6 {

namespace {

struct Block {
  Prefix prefix;
  std::string_view use;
};

Block block(std::string_view prefix, std::string_view use) { return {Prefix::parse(prefix).value(), use}; }

/// The more specific ones first.
const auto& blocks() {
  static const std::array all{
      block("::/128", "unspecified"),
      block("::1/128", "loopback"),
      block("::ffff:0:0/96", "IPv4-mapped"),
      block("::/96", "IPv4-compatible, deprecated"),
      block("100::/64", "discard-only"),
      block("2001:2::/48", "benchmarking"),
      block("2001:db8::/32", "documentation"),
      block("3fff::/20", "documentation"),
      block("fc00::/7", "unique local"),
      block("fe80::/10", "link-local"),
      block("fec0::/10", "site-local, deprecated"),
      block("ff00::/8", "multicast"),
      block("0.0.0.0/8", "unspecified"),
      block("127.0.0.0/8", "loopback"),
      block("169.254.0.0/16", "link-local"),
      block("192.0.0.0/24", "protocol assignments"),
      block("192.0.2.0/24", "documentation"),
      block("198.51.100.0/24", "documentation"),
      block("203.0.113.0/24", "documentation"),
      block("198.18.0.0/15", "benchmarking"),
      block("224.0.0.0/4", "multicast"),
      block("240.0.0.0/4", "reserved"),
  };
  return all;
}

}  // namespace

std::string_view special_use(const Address& address) {
  for (const Block& each : blocks())
    if (each.prefix.contains(address)) return each.use;
  return {};
}

bool is_private(const Address& address) { return address.is_private_v4() || address.is_unique_local(); }

}  // namespace ecr6
