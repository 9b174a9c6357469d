#include "scenario.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::lab {

namespace {

constexpr Scenario all[] = {
    {.name = "healthy", .summary = "both families work on every address", .exit_code = 0},
    {.name = "no-aaaa", .summary = "the names have no IPv6 addresses", .exit_code = 2, .aaaa = AaaaFault::no_data},
    {.name = "aaaa-servfail",
     .summary = "the nameserver fails on AAAA questions alone",
     .exit_code = 2,
     .aaaa = AaaaFault::server_failure},
    {.name = "aaaa-timeout",
     .summary = "the nameserver ignores AAAA questions",
     .exit_code = 2,
     .aaaa = AaaaFault::silent},
    {.name = "ipv6-refused", .summary = "IPv6 connects are refused", .exit_code = 2, .ipv6 = ServerFault::refused},
    {.name = "ipv6-silent", .summary = "IPv6 connects get no answer", .exit_code = 2, .ipv6 = ServerFault::silent},
    {.name = "ipv6-tls-silent",
     .summary = "over IPv6 the TLS handshake stalls",
     .exit_code = 2,
     .ipv6 = ServerFault::tls_silent},
    {.name = "ipv6-tls-reset",
     .summary = "over IPv6 the ClientHello is answered by a reset",
     .exit_code = 2,
     .ipv6 = ServerFault::tls_reset},
    {.name = "ipv6-not-tls",
     .summary = "over IPv6 something answers that does not speak TLS",
     .exit_code = 2,
     .ipv6 = ServerFault::not_tls},
    {.name = "wrong-certificate",
     .summary = "the certificate is for another name",
     .exit_code = 2,
     .certificate = CertificateFault::wrong_name},
    {.name = "expired-certificate",
     .summary = "the certificate expired yesterday",
     .exit_code = 2,
     .certificate = CertificateFault::expired},
    {.name = "untrusted-certificate",
     .summary = "the certificate is signed by an unknown authority",
     .exit_code = 2,
     .certificate = CertificateFault::untrusted},
    {.name = "ipv6-http-garbage",
     .summary = "over IPv6 the answer is not HTTP",
     .exit_code = 2,
     .ipv6 = ServerFault::http_garbage},
    {.name = "ipv6-slow",
     .summary = "IPv6 connects succeed only on the second SYN, after a second",
     .exit_code = 1,
     .ipv6 = ServerFault::slow},
    {.name = "ipv4-broken",
     .summary = "IPv4 connects are refused, IPv6 works",
     .exit_code = 0,
     .ipv4 = ServerFault::refused},
    {.name = "all-dead",
     .summary = "names resolve, no server answers",
     .exit_code = 2,
     .ipv6 = ServerFault::silent,
     .ipv4 = ServerFault::silent},
    {.name = "resolver-dead", .summary = "nobody listens at the nameserver", .exit_code = 3, .resolver_dead = true},
};

}  // namespace

std::span<const Scenario> scenarios() { return all; }

const Scenario* find_scenario(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(all), std::end(all), [&](const Scenario& s) { return s.name == name; });
  return found == std::end(all) ? nullptr : found;
}

std::string_view nearest_scenario(std::string_view name) {
  const auto closer = [&](const Scenario& left, const Scenario& right) {
    return edit_distance(name, left.name) < edit_distance(name, right.name);
  };
  return std::min_element(std::begin(all), std::end(all), closer)->name;
}

}  // namespace ecr6::lab
