#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ecr6/core/address.hpp"

namespace ecr6::probe {

/// One `--connect-to HOST1:PORT1:HOST2:PORT2`, as in curl: where a connection to HOST1:PORT1 goes instead. The name
/// stays what it was in SNI, certificate check and Host header. Beside curl: HOST1 may also be one address of a name,
/// and a HOST2 that is an address diverts its own family only.
struct ConnectTo {
  std::string host;                      ///< lower case, without brackets; empty matches every host
  std::optional<std::uint16_t> port;     ///< empty matches every port
  std::string to_host;                   ///< lower case, without brackets; empty keeps the host
  std::optional<std::uint16_t> to_port;  ///< empty keeps the port

  /// HOST2 when it is an address.
  [[nodiscard]] std::optional<Address> to_address() const { return Address::parse(to_host); }
};

/// Where one connection really goes.
struct Peer {
  Address address;
  std::uint16_t port{443};
  friend bool operator==(const Peer&, const Peer&) = default;
};

/// "[::1]:8443", "192.0.2.7:443".
[[nodiscard]] std::string to_text(const Peer& peer);

/// Reads the option's value; the error is one sentence.
[[nodiscard]] std::variant<ConnectTo, std::string> parse_connect_to(std::string_view text);

/// Where a connection to `address` of `host` goes: the first rule that matches and does not divert the other family.
[[nodiscard]] Peer divert(const std::vector<ConnectTo>& rules, std::string_view host, Peer wanted);

/// The name to look up instead of `host`: HOST2 of the first matching rule, when that is a name.
[[nodiscard]] std::string name_to_look_up(const std::vector<ConnectTo>& rules, const std::string& host,
                                          std::uint16_t port);

}  // namespace ecr6::probe
