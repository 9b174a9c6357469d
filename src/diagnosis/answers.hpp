#pragma once

#include "ecr6/observation/observation.hpp"

/// What the lookups say beyond their outcome. Pure.
namespace ecr6 {

/// RFC 6052's well-known prefix, 64:ff9b::/96: behind it is a translator, not ECR's IPv6.
[[nodiscard]] bool is_nat64(const Address& address);

/// At least one IPv6 attempt went through, and each that did went to a translator.
[[nodiscard]] bool only_nat64_works(const EndpointObservation& seen);

/// One nameserver gives addresses while another says that there are none (no data, or no such name).
[[nodiscard]] bool is_filtered(const Lookup& lookup);

/// Two nameservers give addresses and not one in common. Load balancers rotate through theirs, so two answers that
/// only overlap are no disagreement.
[[nodiscard]] bool gives_disjoint_addresses(const Lookup& lookup);

/// Either of the two.
[[nodiscard]] bool disagrees(const std::optional<Lookup>& lookup);

}  // namespace ecr6
