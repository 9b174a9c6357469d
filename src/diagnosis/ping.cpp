#include <fmt/format.h>

#include <algorithm>

#include "evidence.hpp"

namespace ecr6 {

namespace {

bool is_silent(const Attempt& attempt) {
  return attempt.reached == Reached::connect && attempt.cause == Cause::connect_timeout;
}

const Ping* answered_ping(const EndpointObservation& seen, const Address& address) {
  const auto found = std::find_if(seen.pings.begin(), seen.pings.end(), [&](const Ping& ping) {
    return ping.address == address && ping.outcome == PingOutcome::answered;
  });
  return found == seen.pings.end() ? nullptr : &*found;
}

std::string line_for(const Attempt& attempt, const Ping& ping) {
  return fmt::format("{}: the echo is answered{}, TCP port {} is silent", attempt.address.to_string(),
                     ping.rtt ? " after " + to_text(*ping.rtt) : "", attempt.port);
}

}  // namespace

void only_ping_works(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    Finding finding = finding_about(scene, "net.ping-only", family);
    for (const Attempt& attempt : scene.seen.attempts)
      if (attempt.family == family && is_silent(attempt))
        if (const Ping* ping = answered_ping(scene.seen, attempt.address))
          finding.evidence.push_back(line_for(attempt, *ping));
    if (finding.evidence.empty()) continue;
    finding.severity = severity_of_failure(scene, family);
    if (scene.words.of(family) == Reachability::degraded) finding.severity = Severity::warning;
    finding.summary = fmt::format("{}: echo is answered where TCP connects are not", title(family));
    finding.advice =
        "The route to the address works, there and back: what is dropped is TCP. Look for a filter on the port, on the "
        "way out or on the answer's way back; on EC2 the security group's outbound rules and the network ACL in both "
        "directions (ephemeral ports back in). A far end that drops TCP itself looks the same.";
    findings.push_back(std::move(finding));
  }
}

}  // namespace ecr6
