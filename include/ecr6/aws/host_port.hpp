#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "ecr6/core/problem.hpp"

namespace ecr6::aws {

/// A host, and the port beside it.
struct HostPort {
  std::string host;                   ///< lower case, no final dot; or an address literal without brackets
  std::optional<std::uint16_t> port;  ///< empty when the text names none
};

/// Reads `host`, `host:port`, `address`, `[v6]`, `[v6]:port`. A host has labels of letters, digits, `-` and `_`, at
/// most 63 octets each and 253 in all (RFC 1035 §2.3.4); a last label of digits alone makes it an IPv4 address.
[[nodiscard]] Expected<HostPort> parse_host_port(std::string_view text);

/// 1 to 65535, digits alone; empty for anything else.
[[nodiscard]] std::optional<std::uint16_t> parse_port(std::string_view text);

}  // namespace ecr6::aws
