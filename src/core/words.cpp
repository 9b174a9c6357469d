#include "ecr6/core/words.hpp"

#include <span>

#include "ecr6/core/family.hpp"

namespace ecr6 {

namespace {

// Each list is in the order of its enumeration: the enumerator is the index.
constexpr std::string_view stages[] = {"resolve", "connect", "tls", "http"};
constexpr std::string_view reached[] = {"connect", "tls", "http", "done"};
constexpr std::string_view causes[] = {"network_unreachable",
                                       "host_unreachable",
                                       "invalid_route",
                                       "address_not_available",
                                       "family_not_supported",
                                       "connection_refused",
                                       "connection_reset",
                                       "admin_prohibited",
                                       "permission_denied",
                                       "protocol_error",
                                       "connect_timeout",
                                       "tls_timeout",
                                       "tls_alert",
                                       "tls_handshake_failed",
                                       "tls_too_old",
                                       "not_tls",
                                       "closed_early",
                                       "certificate_expired",
                                       "certificate_not_yet_valid",
                                       "certificate_name_mismatch",
                                       "certificate_untrusted",
                                       "http_timeout",
                                       "http_malformed",
                                       "http_headers_too_large",
                                       "too_many_files",
                                       "deadline_exceeded",
                                       "interrupted",
                                       "other"};
constexpr std::string_view outcomes[] = {"answered", "no_data",      "name_not_found",  "server_failure",
                                         "refused",  "format_error", "not_implemented", "malformed",
                                         "timeout",  "unreachable"};
constexpr std::string_view reachabilities[] = {"not_tested", "unreachable", "no_address", "degraded", "reachable"};
constexpr std::string_view readinesses[] = {"ready", "degraded", "not_ready", "unknown"};
constexpr std::string_view severities[] = {"info", "warning", "error"};
constexpr std::string_view roles[] = {"api",           "registry", "layers", "public_api", "public_registry",
                                      "public_layers", "other"};
constexpr std::string_view addressings[] = {"dual_stack", "ipv4_only"};

template <class Enum>
std::optional<Enum> find(std::span<const std::string_view> words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

static_assert(std::size(causes) == static_cast<std::size_t>(Cause::other) + 1);
static_assert(std::size(outcomes) == static_cast<std::size_t>(DnsOutcome::unreachable) + 1);
static_assert(std::size(roles) == static_cast<std::size_t>(Role::other) + 1);

}  // namespace

std::string_view to_string(Family family) { return family == Family::ipv6 ? "ipv6" : "ipv4"; }
std::string_view title(Family family) { return family == Family::ipv6 ? "IPv6" : "IPv4"; }

std::optional<Family> family_from(std::string_view word) {
  if (word == "ipv6") return Family::ipv6;
  if (word == "ipv4") return Family::ipv4;
  return std::nullopt;
}

std::string_view to_string(Stage word) { return stages[static_cast<std::size_t>(word)]; }
std::string_view to_string(Reached word) { return reached[static_cast<std::size_t>(word)]; }
std::string_view to_string(Cause word) { return causes[static_cast<std::size_t>(word)]; }
std::string_view to_string(DnsOutcome word) { return outcomes[static_cast<std::size_t>(word)]; }
std::string_view to_string(Reachability word) { return reachabilities[static_cast<std::size_t>(word)]; }
std::string_view to_string(Readiness word) { return readinesses[static_cast<std::size_t>(word)]; }
std::string_view to_string(Severity word) { return severities[static_cast<std::size_t>(word)]; }
std::string_view to_string(Role word) { return roles[static_cast<std::size_t>(word)]; }
std::string_view to_string(Addressing word) { return addressings[static_cast<std::size_t>(word)]; }

template <>
std::optional<Stage> word_from<Stage>(std::string_view word) {
  return find<Stage>(stages, word);
}
template <>
std::optional<Reached> word_from<Reached>(std::string_view word) {
  return find<Reached>(reached, word);
}
template <>
std::optional<Cause> word_from<Cause>(std::string_view word) {
  return find<Cause>(causes, word);
}
template <>
std::optional<DnsOutcome> word_from<DnsOutcome>(std::string_view word) {
  return find<DnsOutcome>(outcomes, word);
}
template <>
std::optional<Reachability> word_from<Reachability>(std::string_view word) {
  return find<Reachability>(reachabilities, word);
}
template <>
std::optional<Readiness> word_from<Readiness>(std::string_view word) {
  return find<Readiness>(readinesses, word);
}
template <>
std::optional<Severity> word_from<Severity>(std::string_view word) {
  return find<Severity>(severities, word);
}
template <>
std::optional<Role> word_from<Role>(std::string_view word) {
  return find<Role>(roles, word);
}
template <>
std::optional<Addressing> word_from<Addressing>(std::string_view word) {
  return find<Addressing>(addressings, word);
}

}  // namespace ecr6
