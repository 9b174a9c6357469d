#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ecr6/core/address.hpp"

namespace ecr6::host {

/// An address with the interface of a link-local one.
struct ZonedAddress {
  Address address;
  std::string zone;  ///< empty when there is none
};

/// Reads ADDRESS or ADDRESS%ZONE. A zone stands on link-local IPv6 alone and is spelled like an interface: 1 to 15
/// bytes without '/' and white space. Empty for anything else.
[[nodiscard]] std::optional<ZonedAddress> parse_zoned(std::string_view text);

/// True for an address that only means something on a link which is not named.
[[nodiscard]] bool lacks_zone(const ZonedAddress& zoned);

}  // namespace ecr6::host
