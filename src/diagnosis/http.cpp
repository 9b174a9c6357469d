#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"
#include "http_status.hpp"
#include "tls_evidence.hpp"

namespace ecr6 {

namespace {

std::string line_of_answer(const Attempt& attempt) {
  const HttpFacts& http = *attempt.http;
  std::string line =
      fmt::format("{}: GET {} gives {}", where(attempt.address, attempt.port, 443), http.target, http.status);
  if (!http.reason.empty()) line += " " + http.reason;
  if (!http.server.empty()) line += ", server " + http.server;
  const auto location = header_of(http, "location");
  return location.empty() ? line : fmt::format("{}, sent on to {}", line, location);
}

std::vector<std::string> answers(const EndpointObservation& seen, Family family) {
  std::vector<std::string> lines;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && attempt.went_through() && attempt.http) lines.push_back(line_of_answer(attempt));
  return lines;
}

bool tells(const EndpointObservation& seen, const Attempt& attempt) {
  return is_unexpected(seen, attempt) || is_foreign(seen, attempt);
}

bool is_layers(const Scene& scene) {
  return scene.seen.endpoint.role == Role::layers || scene.seen.endpoint.role == Role::public_layers;
}

/// Whether the other family gets the same is what the address family is to be blamed by.
void add_other_answers(const EndpointObservation& seen, Family family, const std::set<int>& odd, Finding& finding) {
  const std::set<int> others = statuses(seen, other(family));
  if (others.empty()) return;
  const bool same = std::any_of(seen.attempts.begin(), seen.attempts.end(), [&](const Attempt& attempt) {
    return attempt.family != family && tells(seen, attempt) && odd.contains(attempt.http->status);
  });
  const auto name = title(other(family));
  finding.evidence.push_back(same ? fmt::format("{} gets the same: the address family is not to blame", name)
                                  : fmt::format("{} gets {}", name, fmt::join(others, ", ")));
}

/// What the statuses of answers that are not ECR's point to.
std::string advice_for(const Scene& scene, const std::set<int>& odd) {
  std::string advice;
  const auto has = [&](int from, int to) { return odd.lower_bound(from) != odd.upper_bound(to); };
  if (has(505, 505))
    advice += "505 comes from firewalls that inspect TLS and drop ALPN: the certificate shows whether it is AWS's. ";
  if (has(300, 399)) advice += "ECR does not redirect here: a captive portal or a proxy's login page does. ";
  if (has(407, 407) || has(511, 511)) advice += "A proxy or the network itself wants a login. ";
  if (has(500, 504)) advice += "5xx may be ECR's own trouble: try again, and see the AWS Health Dashboard. ";
  if (is_layers(scene))
    return advice + "S3 and CloudFront mark their answers (Server, x-amz-…); this one comes from elsewhere.";
  if (scene.seen.endpoint.role == Role::registry || scene.seen.endpoint.role == Role::public_registry)
    advice += "A registry answers 401 with the header Docker-Distribution-Api-Version. ";
  return advice + "A proxy, an interface endpoint's policy or another service may answer in ECR's place.";
}

const Attempt* first_answered(const EndpointObservation& seen, Family family) {
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && attempt.went_through() && attempt.http) return &attempt;
  return nullptr;
}

bool is_denial(int status) { return status == 401 || status == 403 || status == 407 || status == 451; }

bool any_denial(const EndpointObservation& seen, Family family) {
  for (const int status : statuses(seen, family))
    if (is_denial(status)) return true;
  return false;
}

}  // namespace

void unexpected_answer(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    Finding finding = finding_about(scene, "http.unexpected-answer", family);
    std::set<int> seen;
    for (const Attempt& attempt : scene.seen.attempts) {
      if (attempt.family != family || !tells(scene.seen, attempt)) continue;
      finding.evidence.push_back(line_of_answer(attempt));
      seen.insert(attempt.http->status);
    }
    if (finding.evidence.empty()) continue;
    add_other_answers(scene.seen, family, seen, finding);
    finding.severity = is_layers(scene) ? Severity::info : Severity::warning;
    finding.summary = fmt::format("{}: the answer is not what {} to a request without credentials", title(family),
                                  is_layers(scene) ? "the store of ECR's layers says" : "ECR says");
    finding.advice = advice_for(scene, seen);
    findings.push_back(std::move(finding));
  }
}

void status_differs(const Scene& scene, Findings& findings) {
  if (!status_depends_on_family(scene.seen)) return;
  const bool denied = has_worse_status(scene.seen, Family::ipv6) && any_denial(scene.seen, Family::ipv6);
  Finding finding = finding_about(scene, denied ? "http.denied-over-ipv6" : "http.status-differs", std::nullopt);
  if (denied) finding.family = Family::ipv6;
  finding.severity = Severity::warning;
  finding.summary = denied ? "the answer over IPv6 is a denial that IPv4 does not get"
                           : "the status of the answer depends on the address family";
  for (const Family family : both_families)
    for (auto& line : answers(scene.seen, family)) finding.evidence.push_back(std::move(line));
  if (const Attempt* shown = first_answered(scene.seen, Family::ipv6))
    if (std::string line = compared_certificates(scene.seen, *shown); !line.empty())
      finding.evidence.push_back(std::move(line));
  finding.advice =
      denied ? "Look for a policy that lists IPv4 addresses alone (aws:SourceIp), or a proxy or firewall that filters "
               "this family: where the families show different certificates or servers, it is the latter."
             : "The families end at different servers, or a proxy treats them differently. Compare the headers ('-v').";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
