#pragma once

#include "causes.hpp"

namespace ecr6 {

/// What an attempt that failed while it connected points to; never null.
[[nodiscard]] const CauseCard* card_of_connect(const Attempt& attempt, const HostFacts& host);

}  // namespace ecr6
