#pragma once

#include <string_view>

#include "ecr6/core/address.hpp"

namespace ecr6 {

/// What an address is reserved for: "loopback", "link-local", "documentation", "IPv4-mapped", "unique local", … .
/// Empty for ordinary addresses, and for private IPv4 (RFC 1918, RFC 6598), which is_private_v4() tells.
/// Source: IANA's special-purpose address registries (RFC 6890, RFC 9637).
[[nodiscard]] std::string_view special_use(const Address& address);

/// Private IPv4 or a unique local address: what an interface endpoint has, and no public service.
[[nodiscard]] bool is_private(const Address& address);

}  // namespace ecr6
