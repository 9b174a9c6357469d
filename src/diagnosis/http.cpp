#include <fmt/format.h>

#include "evidence.hpp"
#include "http_status.hpp"

namespace ecr6 {

namespace {

std::string line_of_answer(const Attempt& attempt) {
  const HttpFacts& http = *attempt.http;
  std::string line =
      fmt::format("{}: GET {} gives {}", where(attempt.address, attempt.port, 443), http.target, http.status);
  if (!http.reason.empty()) line += " " + http.reason;
  return http.server.empty() ? line : fmt::format("{}, server {}", line, http.server);
}

std::vector<std::string> answers(const EndpointObservation& seen, Family family) {
  std::vector<std::string> lines;
  for (const Attempt& attempt : seen.attempts)
    if (attempt.family == family && attempt.went_through() && attempt.http) lines.push_back(line_of_answer(attempt));
  return lines;
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
    for (const Attempt& attempt : scene.seen.attempts)
      if (attempt.family == family && is_unexpected(scene.seen, attempt))
        finding.evidence.push_back(line_of_answer(attempt));
    if (finding.evidence.empty()) continue;
    finding.severity = Severity::warning;
    finding.summary =
        fmt::format("{}: the answer is not what ECR says to a request without credentials", title(family));
    finding.advice =
        "A registry answers 401 with the header Docker-Distribution-Api-Version. A proxy, an interface endpoint's "
        "policy or "
        "another service may answer in its place; 5xx may be ECR's own trouble: try again, and see the AWS Health "
        "Dashboard.";
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
  finding.advice =
      denied ? "Look for a policy that lists IPv4 addresses alone (aws:SourceIp), or a proxy that filters one family."
             : "The families end at different servers, or a proxy treats them differently. Compare the headers ('-v').";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
