#pragma once

#include "ecr6/observation/observation.hpp"

/// What the lookups say beyond their outcome. Pure.
namespace ecr6 {

/// The prefixes of this network's translators (RFC 7050), without the well-known one (RFC 6052).
[[nodiscard]] std::vector<Prefix> prefixes_of_translators(const Observation& run);

/// Behind the address is a translator of this network: it lies in one of those prefixes or the well-known one.
[[nodiscard]] bool is_nat64(const Observation& run, const Address& address);

/// At least one IPv6 attempt went through, and each that did left as IPv4: through a translator (NAT64), or to an
/// IPv4-mapped address.
[[nodiscard]] bool only_disguised_ipv4_works(const Observation& run, const EndpointObservation& seen);

/// One nameserver gives addresses while another says that there are none (no data, or no such name). Addresses of a
/// translator do not count: one DNS64 of two nameservers filters nothing.
[[nodiscard]] bool is_filtered(const Observation& run, const Lookup& lookup);

/// What counts in is_filtered: addresses that are not a translator's; an answer without any.
[[nodiscard]] bool gives_own_addresses(const Observation& run, const ServerAnswer& answer);
[[nodiscard]] bool denies_addresses(const ServerAnswer& answer);

/// Two nameservers give addresses and not one in common. Load balancers rotate through theirs, so two answers that
/// only overlap are no disagreement. Of a translator's address the IPv4 one inside counts.
[[nodiscard]] bool gives_disjoint_addresses(const Observation& run, const Lookup& lookup);

/// Either of the two.
[[nodiscard]] bool disagrees(const Observation& run, const std::optional<Lookup>& lookup);

/// The answer was truncated, and over TCP the nameserver did not give it.
[[nodiscard]] bool is_lost_over_tcp(const ServerAnswer& answer);

}  // namespace ecr6
