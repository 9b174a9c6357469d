#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/core/words.hpp"

namespace ecr6 {

/// One nameserver that was asked.
struct Nameserver {
  Address address;
  std::uint16_t port{53};
  std::string zone;            ///< interface name of a link-local nameserver, "eth0"; empty otherwise
  std::string source;          ///< where it was named: "/etc/resolv.conf" or "--resolver"
  bool used_by_system{false};  ///< glibc reads the first three of resolv.conf (MAXNS); the others are asked here alone

  friend bool operator==(const Nameserver&, const Nameserver&) = default;
};

struct AddressRecord {
  Address address;
  std::uint32_t ttl{};  ///< seconds

  friend bool operator==(const AddressRecord&, const AddressRecord&) = default;
};

/// What one nameserver said about one name and family.
struct ServerAnswer {
  std::size_t nameserver{};  ///< index into Observation::nameservers
  DnsOutcome outcome{DnsOutcome::timeout};
  std::vector<AddressRecord> records;  ///< at most 512; `records_left_out` counts the rest
  std::size_t records_left_out{};
  std::vector<std::string> aliases;  ///< the CNAME chain in order, without the name asked for
  Duration duration{};
  int tries{1};                       ///< 2 when the question was sent again
  bool over_tcp{};                    ///< the answer was truncated and the question went on over TCP
  std::optional<bool> tcp_connected;  ///< whether that connection came to stand; empty when there was none
  std::optional<Duration> latency;    ///< from the sending of the question that was answered; empty without an answer
  std::string detail;                 ///< the origin's own words when the outcome is a failure

  friend bool operator==(const ServerAnswer&, const ServerAnswer&) = default;
};

/// One name and family over all nameservers: see merge().
struct Lookup {
  DnsOutcome outcome{DnsOutcome::timeout};
  std::vector<AddressRecord> records;  ///< the union, in the order in which nameservers gave them
  std::vector<std::string> aliases;    ///< of the nameserver that decided the outcome
  Duration duration{};                 ///< until the answer that decided the outcome
  std::vector<ServerAnswer> by_nameserver;

  friend bool operator==(const Lookup&, const Lookup&) = default;
};

/// answered, then no_data, then name_not_found, then the first failure in the nameservers' order.
[[nodiscard]] Lookup merge(std::vector<ServerAnswer> answers);

/// The name whose AAAA records show the translation prefixes of a network (RFC 7050).
inline constexpr std::string_view nat64_name = "ipv4only.arpa";

/// The prefixes that the AAAA records of nat64_name show: translation_prefixes() of them.
[[nodiscard]] std::vector<Prefix> nat64_prefixes(const Lookup& lookup);

/// answered, no_data or name_not_found: a nameserver really said something about the name.
[[nodiscard]] bool is_usable(DnsOutcome outcome);

}  // namespace ecr6
