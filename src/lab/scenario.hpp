#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace ecr6::lab {

/// How the nameserver treats questions for AAAA.
enum class AaaaFault { none, no_data, server_failure, silent };

/// How the servers of one family behave.
enum class ServerFault { none, refused, silent, slow, tls_silent, tls_reset, not_tls, http_garbage };

/// What is wrong with the certificate of every server.
enum class CertificateFault { none, wrong_name, expired, untrusted };

/// One way for the embedded ECR to behave, and what `ecr6 check` must make of it.
struct Scenario {
  std::string_view name;
  std::string_view summary;
  int exit_code{};  ///< of `ecr6 check --lab NAME` without further options
  AaaaFault aaaa{AaaaFault::none};
  ServerFault ipv6{ServerFault::none};
  ServerFault ipv4{ServerFault::none};
  CertificateFault certificate{CertificateFault::none};
  bool resolver_dead{};
};

/// Every scenario, in the order of `ecr6 lab`.
[[nodiscard]] std::span<const Scenario> scenarios();

[[nodiscard]] const Scenario* find_scenario(std::string_view name);
/// The scenario whose name is spelled most like it.
[[nodiscard]] std::string_view nearest_scenario(std::string_view name);

}  // namespace ecr6::lab
