#include <fmt/format.h>

#include <algorithm>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "transcript.hpp"

namespace ecr6::report {

namespace {

std::string opening(const Observation& observation) {
  std::string out = star(fmt::format("ecr6/{}, {}, took {}", printable(observation.tool_version),
                                     to_rfc3339(observation.started_at), to_text(observation.duration)));
  const HostFacts& host = observation.host;
  if (!host.name.empty())
    out += star(fmt::format("on {} ({})", printable(host.name), printable(host.operating_system)));
  for (const ProxySetting& proxy : host.proxies)
    out += star(fmt::format("{}={} is set: other clients use it, ecr6 connects directly", printable(proxy.variable),
                            printable(proxy.value)));
  return out;
}

std::string heading(const EndpointObservation& endpoint, const Style& style) {
  std::string text = fmt::format("== {}: {}", label_of(endpoint.endpoint), kind_of(endpoint.endpoint));
  if (!endpoint.why.empty()) text += "; " + printable(endpoint.why);
  if (endpoint.right_name)
    text += "; the right name is " + printable(*endpoint.right_name);
  else if (!endpoint.endpoint.confirmed)
    text += "; nobody has confirmed this name";
  return "*\n* " + paint(text, Tone::strong, style.colour) + "\n";
}

std::string race_line(const Race& race) {
  if (race.winner && race.address)
    return star(fmt::format("Race (RFC 8305): {} wins with {} after {}", title(*race.winner), race.address->to_string(),
                            to_text(race.duration)));
  return star(fmt::format("Race (RFC 8305): nobody connected within {}", to_text(race.duration)));
}

/// Addresses that were found but never tried, because the run ended first or a bound was hit.
std::string untried_lines(const EndpointObservation& endpoint) {
  std::string out;
  for (const Family family : both_families) {
    const std::size_t left_out = family == Family::ipv6 ? endpoint.ipv6_left_out : endpoint.ipv4_left_out;
    if (left_out > 0)
      out += star(fmt::format("{} not tried: bound by --max-addresses",
                              counted(left_out, fmt::format("more {} address was", title(family)),
                                      fmt::format("more {} addresses were", title(family)))));
  }
  return out;
}

/// What AWS's file says of this endpoint's addresses.
std::string range_lines(const Observation& observation, const EndpointObservation& endpoint) {
  std::string out;
  if (!observation.ip_ranges) return out;
  for (const IpRangeMatch& match : observation.ip_ranges->matches)
    if (std::any_of(endpoint.attempts.begin(), endpoint.attempts.end(),
                    [&](const Attempt& attempt) { return attempt.address == match.address; }))
      out += range_line(match);
  return out;
}

std::string endpoint_lines(const Observation& observation, const EndpointObservation& endpoint, const Style& style) {
  std::string out = heading(endpoint, style) + resolve_lines(observation, endpoint);
  const Peer peer{endpoint.endpoint, observation.tool_version};
  for (const Attempt& attempt : endpoint.attempts) out += attempt_lines(attempt, peer);
  for (const Confirmation& confirmation : endpoint.confirmations) out += confirmation_line(confirmation);
  for (const HopSearch& search : endpoint.hop_searches) out += hop_search_lines(search);
  for (const Ping& ping : endpoint.pings) out += ping_line(ping);
  out += range_lines(observation, endpoint);
  out += untried_lines(endpoint);
  return endpoint.attempts.empty() ? out : out + race_line(endpoint.race);
}

}  // namespace

std::string render_verbose(const Observation& observation, const Diagnosis& diagnosis, const Style& style) {
  std::string out = banners(observation, style) + opening(observation);
  for (const EndpointObservation& endpoint : observation.endpoints) out += endpoint_lines(observation, endpoint, style);
  out += "\n" + ec2_block(observation, style) + findings_block(diagnosis, style) + "\n";
  if (const std::string notes = notes_block(observation, style); !notes.empty()) out += notes + "\n";
  out += verdicts_block(diagnosis, style) + "\n";
  return out + painted_summary(observation, diagnosis, style);
}

}  // namespace ecr6::report
