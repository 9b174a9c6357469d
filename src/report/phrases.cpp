#include "phrases.hpp"

#include <fmt/format.h>

#include <array>

#include "ecr6/core/text.hpp"

namespace ecr6::report {

namespace {

// Each list is in the order of its enumeration.
constexpr std::array<std::string_view, 5> reachabilities{"not tested", "unreachable", "no address", "degraded",
                                                         "reachable"};
constexpr std::array<std::string_view, 4> readinesses{"ready", "degraded", "not ready", "unknown"};
constexpr std::array<std::string_view, 7> roles{"API",           "registry",  "layers", "public API", "public registry",
                                                "public layers", "other host"};
constexpr std::array<std::string_view, 3> severities{"NOTE", "WARNING", "ERROR"};
constexpr std::array<std::string_view, 4> requirements{"IPv6", "switching to dual-stack names", "both families",
                                                       "either family"};

}  // namespace

std::string_view phrase(Reachability word) { return reachabilities[static_cast<std::size_t>(word)]; }
std::string_view phrase(Readiness word) { return readinesses[static_cast<std::size_t>(word)]; }
std::string_view phrase(Role role) { return roles[static_cast<std::size_t>(role)]; }
std::string_view phrase(Severity word) { return severities[static_cast<std::size_t>(word)]; }
std::string_view phrase(Require word) { return requirements[static_cast<std::size_t>(word)]; }

std::string kind_of(const Endpoint& endpoint) {
  std::string kind{phrase(endpoint.role)};
  if (endpoint.fips) kind += ", FIPS";
  if (endpoint.addressing) kind += *endpoint.addressing == Addressing::dual_stack ? ", dual-stack" : ", IPv4 only";
  return kind;
}

std::string label_of(const Endpoint& endpoint) {
  const std::string name = printable(endpoint.name);
  if (endpoint.port == 443) return name;
  return fmt::format(fmt::runtime(name.find(':') == name.npos ? "{}:{}" : "[{}]:{}"), name, endpoint.port);
}

std::string counted(std::size_t count, std::string_view singular, std::string_view plural) {
  return fmt::format("{} {}", count, count == 1 ? singular : plural);
}

}  // namespace ecr6::report
