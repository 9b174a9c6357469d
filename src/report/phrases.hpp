#pragma once

#include <string>
#include <string_view>

#include "ecr6/core/endpoint.hpp"
#include "ecr6/core/words.hpp"
#include "ecr6/observation/observation.hpp"

/// The vocabularies in words for people.
namespace ecr6::report {

[[nodiscard]] std::string_view phrase(Reachability word);  ///< "no address"
[[nodiscard]] std::string_view phrase(Readiness word);     ///< "not ready"
[[nodiscard]] std::string_view phrase(Role role);          ///< "public registry"
[[nodiscard]] std::string_view phrase(Severity word);      ///< "ERROR", "WARNING", "NOTE"
[[nodiscard]] std::string_view phrase(Require word);       ///< what it asks for: "IPv6", "both families"

/// "registry, dual-stack", "API, IPv4 only", "other host".
[[nodiscard]] std::string kind_of(const Endpoint& endpoint);
/// The name, escaped, with its port unless that is 443; an IPv6 literal in brackets then.
[[nodiscard]] std::string label_of(const Endpoint& endpoint);
/// "1 error", "2 errors".
[[nodiscard]] std::string counted(std::size_t count, std::string_view singular, std::string_view plural);

}  // namespace ecr6::report
