#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "ecr6/core/words.hpp"

namespace ecr6 {

/// Which endpoint: the identifying fields of the JSON contract. The same in a plan, an observation and a report.
struct Endpoint {
  std::string name;  ///< host name, lower case, no final dot; or an address literal without brackets
  std::uint16_t port{443};
  Role role{Role::other};
  std::optional<Addressing> addressing;  ///< empty for `other`
  std::optional<std::string> partition;  ///< "aws", "aws-cn", …; empty for `other`
  std::optional<std::string> region;     ///< empty for `other`
  std::optional<std::string> account;    ///< 12 digits; empty where there is none, and for the placeholder account
  bool fips{};
  bool confirmed{true};  ///< false for a name that AWS's rule set generates but nobody has confirmed

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

}  // namespace ecr6
