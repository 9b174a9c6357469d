#pragma once

#include "host_cause.hpp"
#include "rules.hpp"

/// Findings about this host: one for each cause and family, whatever number of endpoints it keeps from being reached.
namespace ecr6 {

/// An attempt that failed here, and whose it is.
struct Hit {
  const EndpointObservation* seen{};
  const Attempt* attempt{};
};

struct Trouble {
  const Observation& run;
  Family family{};
  HostCause cause{};
  std::vector<Hit> hits;  ///< empty when the facts speak for themselves and nothing was tried
};

/// Id, summary, advice, and what the kernel says as evidence; the attempts are added by the caller. One function for
/// each part of the host, in the file of that name.
void describe_addresses(const Trouble& trouble, Finding& finding);  // host_addresses.cpp
void describe_routes(const Trouble& trouble, Finding& finding);     // host_routes.cpp
void describe_process(const Trouble& trouble, Finding& finding);    // host_process.cpp

/// "all 4 addresses of ecr.us-west-2.api.aws: 2600::1: network_unreachable at connect …", a line for each endpoint; at
/// most 6, and how many more there are.
[[nodiscard]] std::vector<std::string> hit_lines(const std::vector<Hit>& hits);

[[nodiscard]] Finding finding_about_host(std::string_view id, Severity severity);

}  // namespace ecr6
