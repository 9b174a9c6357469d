#pragma once

#include <string>
#include <vector>

#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/observation.hpp"

/// What EC2's metadata (--ec2) means for this machine's IPv6. Pure.
namespace ecr6 {

/// Each interface in a line, as evidence. Empty without --ec2, and when the service did not answer.
[[nodiscard]] std::vector<std::string> ec2_lines(const Observation& run);

/// An interface has an IPv6 address and its subnet an IPv6 range: what is left when packets vanish is the security
/// group, the network ACL, the route table and the egress-only gateway. False also when that is not known.
[[nodiscard]] bool ec2_has_ipv6(const Observation& run);

/// Adds to a finding about silence over IPv6 what the metadata says of this instance, and narrows its advice down when
/// interface and subnet do have IPv6. Leaves every other finding alone.
void sharpen_on_ec2(const Observation& run, Finding& finding);

}  // namespace ecr6
