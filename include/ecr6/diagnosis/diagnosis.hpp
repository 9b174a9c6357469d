#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ecr6/core/family.hpp"
#include "ecr6/core/words.hpp"
#include "ecr6/diagnosis/forecast.hpp"
#include "ecr6/observation/observation.hpp"

namespace ecr6 {

/// One thing worth knowing: evidence first, then the cause that it points to, then what to do.
struct Finding {
  std::string id;  ///< "layer.slug", stable: "dns.no-aaaa"
  Severity severity{Severity::info};
  std::optional<std::string> endpoint;  ///< host name; empty when it is about the host
  std::optional<Family> family;
  std::string summary;  ///< one sentence, no final dot needed
  std::vector<std::string> evidence;
  std::string advice;

  friend bool operator==(const Finding&, const Finding&) = default;
};

/// The words of one endpoint; in the order of Observation::endpoints.
struct EndpointVerdict {
  Reachability ipv6{Reachability::not_tested};
  Reachability ipv4{Reachability::not_tested};
  [[nodiscard]] Reachability of(Family family) const { return family == Family::ipv6 ? ipv6 : ipv4; }
  friend bool operator==(const EndpointVerdict&, const EndpointVerdict&) = default;
};

struct Verdict {
  Readiness ipv6{Readiness::unknown};     ///< would an ECR client work over IPv6 alone?
  Readiness migrate{Readiness::unknown};  ///< is it safe to switch to the dual-stack names now?
  Require require{Require::ipv6};         ///< what decided the exit code
  Readiness decided{Readiness::unknown};  ///< the readiness that `require` names
  int exit_code{3};
  friend bool operator==(const Verdict&, const Verdict&) = default;
};

struct Diagnosis {
  std::vector<EndpointVerdict> endpoints;
  std::vector<Finding> findings;  ///< errors first, then warnings, then notes; stable within
  Verdict verdict;
  std::vector<std::vector<ClientForecast>> forecasts;  ///< of each endpoint, in the order of Observation::endpoints
};

/// Pure: the same observation gives the same diagnosis, now and in a year. `require` and `strict` are the run's own
/// settings unless the caller overrides them.
[[nodiscard]] Diagnosis diagnose(const Observation& observation);

}  // namespace ecr6
