#include "http_status.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

bool has_header(const HttpFacts& http, std::string_view name) {
  return std::any_of(http.headers.begin(), http.headers.end(),
                     [&](const auto& header) { return equal_ignoring_case(header.first, name); });
}

bool is_answer_of_s3(const HttpFacts& http) {
  return has_header(http, "x-amz-request-id") || has_header(http, "x-amz-id-2") || http.server == "AmazonS3";
}

bool is_answer_of_cloudfront(const HttpFacts& http) {
  return has_header(http, "x-amz-cf-id") || has_header(http, "x-amz-cf-pop") || http.server == "CloudFront";
}

/// Any status is an answer, but an API does not send its callers elsewhere, nor to a proxy's login.
bool is_foreign_to_api(int status) { return status >= 500 || status == 407 || (status >= 300 && status < 400); }

bool challenges_for_token(const HttpFacts& http) {
  return std::any_of(http.headers.begin(), http.headers.end(), [](const auto& header) {
    return equal_ignoring_case(header.first, "www-authenticate") && to_lower(header.second).starts_with("bearer");
  });
}

int badness(const EndpointObservation& seen, const Attempt& attempt) {
  const int status = attempt.http->status;
  if (status >= 500) return 2;
  const bool denied = status == 403 || status == 407 || status == 451;
  return denied || is_unexpected(seen, attempt) ? 1 : 0;
}

int worst(const EndpointObservation& seen, Family family) {
  int found = 0;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && attempt.went_through() && attempt.http)
      found = std::max(found, badness(seen, attempt));
  return found;
}

}  // namespace

bool is_unexpected(const EndpointObservation& seen, const Attempt& attempt) {
  const Role role = seen.endpoint.role;
  const bool is_registry = role == Role::registry || role == Role::public_registry;
  if (!is_registry || seen.placeholder_account || !attempt.http || !attempt.went_through()) return false;
  if (attempt.http->status != 401) return true;
  return !has_header(*attempt.http, "docker-distribution-api-version") &&
         !(role == Role::public_registry && challenges_for_token(*attempt.http));
}

bool is_foreign(const EndpointObservation& seen, const Attempt& attempt) {
  if (!attempt.http || !attempt.went_through()) return false;
  const HttpFacts& http = *attempt.http;
  switch (seen.endpoint.role) {
    case Role::api:
    case Role::public_api:
      return is_foreign_to_api(http.status);
    case Role::layers:
      return !is_answer_of_s3(http);
    case Role::public_layers:
      return !is_answer_of_s3(http) && !is_answer_of_cloudfront(http);
    default:
      return false;
  }
}

std::string_view header_of(const HttpFacts& http, std::string_view name) {
  for (const auto& [key, value] : http.headers)
    if (equal_ignoring_case(key, name)) return value;
  return {};
}

std::set<int> statuses(const EndpointObservation& seen, Family family) {
  std::set<int> found;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && attempt.went_through() && attempt.http) found.insert(attempt.http->status);
  return found;
}

bool status_depends_on_family(const EndpointObservation& seen) {
  const auto ipv6 = statuses(seen, Family::ipv6);
  const auto ipv4 = statuses(seen, Family::ipv4);
  if (ipv6.empty() || ipv4.empty()) return false;
  return std::none_of(ipv6.begin(), ipv6.end(), [&](int status) { return ipv4.contains(status); });
}

bool has_worse_status(const EndpointObservation& seen, Family family) {
  return status_depends_on_family(seen) && worst(seen, family) >= worst(seen, other(family));
}

bool status_degrades(const EndpointObservation& seen, Family family) {
  const bool unexpected = std::any_of(seen.attempts.begin(), seen.attempts.end(), [&](const Attempt& attempt) {
    return attempt.family == family && is_unexpected(seen, attempt);
  });
  return unexpected || has_worse_status(seen, family);
}

}  // namespace ecr6
