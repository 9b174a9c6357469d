#pragma once

#include <string_view>

#include "ecr6/observation/observation.hpp"

namespace ecr6 {

/// What a cause at a stage points to.
struct CauseCard {
  std::string_view ipv6_id;
  std::string_view ipv4_id;  ///< empty: the same
  std::string_view summary;
  std::string_view advice;
  [[nodiscard]] std::string_view id(Family family) const {
    return family == Family::ipv6 || ipv4_id.empty() ? ipv6_id : ipv4_id;
  }
};

/// The card of an attempt that failed on the way or at the far end (what fails on this host: host_cause.hpp), always
/// the same object for the same kind of failure. Null for an attempt that went through, and for those that the run's
/// own end cut off. `host` tells which addresses are its own.
[[nodiscard]] const CauseCard* card_of(const Attempt& attempt, const HostFacts& host);

}  // namespace ecr6
