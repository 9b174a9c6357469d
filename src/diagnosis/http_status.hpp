#pragma once

#include <set>

#include "ecr6/observation/observation.hpp"

/// What the answers' status codes say. Pure.
namespace ecr6 {

/// Not what a registry says to a request without credentials: 401 with Docker-Distribution-Api-Version (on ECR Public
/// also with a Bearer challenge). Any status is fine on the other roles, and under the placeholder account.
[[nodiscard]] bool is_unexpected(const EndpointObservation& seen, const Attempt& attempt);

/// What tells on the other roles, and never changes a word: from an API 5xx, 407 or a redirect; from the host of the
/// layers an answer without a mark of S3 (public layers: of CloudFront).
[[nodiscard]] bool is_foreign(const EndpointObservation& seen, const Attempt& attempt);

/// The first header of that name; empty without one.
[[nodiscard]] std::string_view header_of(const HttpFacts& http, std::string_view name);

/// The status codes of the attempts that went through.
[[nodiscard]] std::set<int> statuses(const EndpointObservation& seen, Family family);

/// Both families were answered, and they have no status in common.
[[nodiscard]] bool status_depends_on_family(const EndpointObservation& seen);

/// The statuses depend on the family and this family's are no better than the other's: 5xx is worse than a denial
/// (403, 407, 451), which is worse than any other; a status that a registry does not give counts as a denial.
[[nodiscard]] bool has_worse_status(const EndpointObservation& seen, Family family);

/// Either of these is reason enough for `degraded`.
[[nodiscard]] bool status_degrades(const EndpointObservation& seen, Family family);

}  // namespace ecr6
