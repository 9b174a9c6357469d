#pragma once

#include "rules.hpp"

/// Names that an interface endpoint (PrivateLink) answers for, and names that have no IPv6 by design. Pure.
namespace ecr6 {

/// A dual-stack name to which a nameserver gives private IPv4 addresses and no AAAA record, and no other nameserver
/// gives one: the private DNS of an interface endpoint without IPv6 stands before the public name.
[[nodiscard]] bool is_shadowed_by_private_link(const Scene& scene);

/// public.ecr.aws and today's layer hosts: their findings say more than that there is no AAAA record.
[[nodiscard]] bool lacks_ipv6_by_design(const Scene& scene);

/// The addresses of a name that an interface endpoint has: private IPv4; IPv6 with evidence for it alone, which is a
/// unique local address beside private IPv4 ones, an alias of PrivateLink, or the prefix of this machine's VPC.
[[nodiscard]] std::vector<Address> addresses_of_private_link(const Scene& scene);

}  // namespace ecr6
