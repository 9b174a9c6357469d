#pragma once

#include <initializer_list>
#include <string_view>

#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/observation.hpp"

/// Observations in a few words. The healthy one is the start of each: a test changes the one thing that it is about.
namespace ecr6::build {

/// An attempt that went through: connect 10 ms, TLS 20 ms, HTTP 30 ms, status 401 as a registry gives it.
[[nodiscard]] Attempt healthy(std::string_view address);
/// An attempt that failed at a stage after 10 ms.
[[nodiscard]] Attempt failed(std::string_view address, Reached reached, Cause cause);

/// One nameserver's answer.
[[nodiscard]] ServerAnswer said(DnsOutcome outcome, std::initializer_list<std::string_view> addresses = {},
                                std::size_t nameserver = 0);
[[nodiscard]] Lookup answered(std::initializer_list<std::string_view> addresses);
[[nodiscard]] Lookup nothing(DnsOutcome outcome);

/// ecr.us-west-2.api.aws, required: two addresses of each family, all of them healthy.
[[nodiscard]] EndpointObservation api();
/// 123456789012.dkr-ecr.us-west-2.on.aws, required, likewise.
[[nodiscard]] EndpointObservation registry();
/// api.ecr.us-west-2.amazonaws.com, IPv4-only.
[[nodiscard]] EndpointObservation current_api();
/// A host of the user's own.
[[nodiscard]] EndpointObservation other_host(std::string_view name);

/// A run over one nameserver, or two.
[[nodiscard]] Observation run(std::vector<EndpointObservation> endpoints);

/// The attempts of a family, replaced.
void replace(EndpointObservation& seen, Family family, std::vector<Attempt> attempts);

/// The ids of the findings, in order.
[[nodiscard]] std::vector<std::string> ids(const Observation& run);
[[nodiscard]] std::vector<Finding> findings(const Observation& run, std::string_view id);
[[nodiscard]] bool raises(const Observation& run, std::string_view id);

}  // namespace ecr6::build
