#pragma once

#include <string>
#include <vector>

#include "ecr6/core/address.hpp"

namespace ecr6::report {

/// An address as names hold it: its reverse zone (RFC 1035 §3.5, RFC 3596 §2.5), and with dashes in both directions.
/// Lower case; for all addresses of a family the same forms in the same order.
[[nodiscard]] std::vector<std::string> spellings_of(const Address& address);

}  // namespace ecr6::report
