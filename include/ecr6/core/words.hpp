#pragma once

#include <array>
#include <optional>
#include <string_view>

/// The closed vocabularies of the JSON contract. Each enumerator is spelled like its JSON word.
namespace ecr6 {

/// The stages of reaching an endpoint, in order. Resolving belongs to the name, the rest to one address.
enum class Stage { resolve, connect, tls, http };

/// The last stage that an attempt entered; `done` when it went through all of them.
enum class Reached { connect, tls, http, done };

/// Why an attempt failed, as seen at the socket. What lies behind it is for the diagnosis to say.
enum class Cause {
  network_unreachable,        ///< ENETUNREACH: no route here (synchronous) or upstream (ICMPv6 1/0)
  host_unreachable,           ///< EHOSTUNREACH: ICMPv6 1/2, 1/3, type 3, or failed neighbour discovery
  invalid_route,              ///< EINVAL from connect(): a local blackhole route
  address_not_available,      ///< EADDRNOTAVAIL: no usable source address
  family_not_supported,       ///< EAFNOSUPPORT from socket(): booted without IPv6
  connection_refused,         ///< ECONNREFUSED: a reset by the peer, or ICMPv6 1/4
  connection_reset,           ///< ECONNRESET, EPIPE: a reset after the connection stood
  admin_prohibited,           ///< EACCES that came back: ICMPv6 1/1, 1/5, 1/6
  permission_denied,          ///< EACCES or EPERM at once: a local prohibit route, or a local filter
  protocol_error,             ///< EPROTO: ICMPv6 1/7 or type 4
  connect_timeout,            ///< no answer to the SYN within the stage's time
  tls_timeout,                ///< the handshake did not finish within the stage's time
  tls_alert,                  ///< the peer ended the handshake with a fatal alert
  tls_handshake_failed,       ///< the handshake failed on this side for another reason, named in the detail
  tls_too_old,                ///< the peer speaks nothing newer than TLS 1.1
  not_tls,                    ///< the peer's first bytes are not a TLS record
  closed_early,               ///< the peer closed in the middle of a handshake or an answer
  certificate_expired,        ///< X509_V_ERR_CERT_HAS_EXPIRED
  certificate_not_yet_valid,  ///< X509_V_ERR_CERT_NOT_YET_VALID
  certificate_name_mismatch,  ///< X509_V_ERR_HOSTNAME_MISMATCH
  certificate_untrusted,      ///< any other verification failure
  http_timeout,               ///< the header block was not complete within the stage's time
  http_malformed,             ///< what came is not an HTTP/1 answer
  http_headers_too_large,     ///< the header block is larger than 64 KiB
  too_many_files,             ///< EMFILE or ENFILE: this process or machine is out of descriptors
  deadline_exceeded,          ///< the run's deadline came first
  interrupted,                ///< the user stopped the run
  other,                      ///< an error that has no word here; the detail has the system's own
};

/// What one lookup (one name, one family) came to. For one nameserver, or merged over all of them.
enum class DnsOutcome {
  answered,         ///< at least one record
  no_data,          ///< NOERROR without a record of this type
  name_not_found,   ///< NXDOMAIN
  server_failure,   ///< SERVFAIL
  refused,          ///< REFUSED
  format_error,     ///< FORMERR
  not_implemented,  ///< NOTIMP
  malformed,        ///< an answer that cannot be read, or an alias loop
  timeout,          ///< no answer in time
  unreachable,      ///< the nameserver could not be reached at all
};

/// The word for one endpoint and family.
enum class Reachability { not_tested, unreachable, no_address, degraded, reachable };

/// The overall verdicts.
enum class Readiness { ready, degraded, not_ready, unknown };

enum class Severity { info, warning, error };

enum class Role { api, registry, layers, public_api, public_registry, public_layers, other };

enum class Addressing { dual_stack, ipv4_only };

inline constexpr std::array all_roles{
    Role::api, Role::registry, Role::layers, Role::public_api, Role::public_registry, Role::public_layers, Role::other};

[[nodiscard]] std::string_view to_string(Stage word);
[[nodiscard]] std::string_view to_string(Reached word);
[[nodiscard]] std::string_view to_string(Cause word);
[[nodiscard]] std::string_view to_string(DnsOutcome word);
[[nodiscard]] std::string_view to_string(Reachability word);
[[nodiscard]] std::string_view to_string(Readiness word);
[[nodiscard]] std::string_view to_string(Severity word);
[[nodiscard]] std::string_view to_string(Role word);
[[nodiscard]] std::string_view to_string(Addressing word);

/// The enumerator that a JSON word names; empty for a word that is not in the vocabulary.
template <class Enum>
[[nodiscard]] std::optional<Enum> word_from(std::string_view word);

template <>
std::optional<Stage> word_from<Stage>(std::string_view word);
template <>
std::optional<Reached> word_from<Reached>(std::string_view word);
template <>
std::optional<Cause> word_from<Cause>(std::string_view word);
template <>
std::optional<DnsOutcome> word_from<DnsOutcome>(std::string_view word);
template <>
std::optional<Reachability> word_from<Reachability>(std::string_view word);
template <>
std::optional<Readiness> word_from<Readiness>(std::string_view word);
template <>
std::optional<Severity> word_from<Severity>(std::string_view word);
template <>
std::optional<Role> word_from<Role>(std::string_view word);
template <>
std::optional<Addressing> word_from<Addressing>(std::string_view word);

}  // namespace ecr6
