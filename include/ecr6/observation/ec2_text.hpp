#pragma once

#include <string>
#include <vector>

#include "ecr6/observation/ec2_facts.hpp"

namespace ecr6 {

/// "eni-1 (eth0): IPv6 2600:1f13::7; subnet subnet-1 2600:1f13::/64; VPC vpc-1 2600:1f13::/56". What is not known is
/// said to be so. Text from outside is as it came.
[[nodiscard]] std::string to_text(const Ec2Interface& interface);

/// The IPv6 ranges of the subnets, each once, in order: what policies that filter by address have to let in.
[[nodiscard]] std::vector<Prefix> subnet_ranges(const Ec2Facts& facts);

}  // namespace ecr6
