#include <fmt/format.h>

#include <algorithm>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "transcript.hpp"
#include "wrap.hpp"

// What the options --ping and --ip-ranges add to a report.
namespace ecr6::report {

namespace {

std::string_view words(PingOutcome outcome) {
  switch (outcome) {
    case PingOutcome::answered:
      return "answered";
    case PingOutcome::no_answer:
      return "without answer";
    case PingOutcome::unreachable:
      return "unreachable";
    case PingOutcome::not_permitted:
      return "not permitted";
    case PingOutcome::failed:
      return "failed";
    case PingOutcome::not_finished:
      break;
  }
  return "not finished";
}

constexpr std::array outcomes{PingOutcome::answered,      PingOutcome::no_answer, PingOutcome::unreachable,
                              PingOutcome::not_permitted, PingOutcome::failed,    PingOutcome::not_finished};

/// " in 0.4 ms to 12 ms", of the answers.
std::string times_text(const std::vector<const Ping*>& pings) {
  std::vector<Duration> times;
  for (const Ping* ping : pings)
    if (ping->rtt) times.push_back(*ping->rtt);
  if (times.empty()) return {};
  const auto [least, most] = std::minmax_element(times.begin(), times.end());
  if (to_text(*least) == to_text(*most)) return " in " + to_text(*least);
  return fmt::format(" in {} to {}", to_text(*least), to_text(*most));
}

/// The first one's words for what went wrong.
std::string reason_text(const Ping& ping) {
  std::string text = ping.detail.empty() ? "" : fmt::format(" ({})", printable(ping.detail));
  if (ping.icmp) text += fmt::format(", says {}", ping.icmp->offender.to_string());
  return text;
}

/// "IPv6 2 answered in 0.4 ms, 1 without answer"; empty when no address of the family was asked.
std::string family_text(const EndpointObservation& seen, Family family) {
  std::vector<std::string> parts;
  for (const PingOutcome outcome : outcomes) {
    std::vector<const Ping*> same;
    for (const Ping& ping : seen.pings)
      if (ping.family == family && ping.outcome == outcome) same.push_back(&ping);
    if (!same.empty())
      parts.push_back(
          fmt::format("{} {}{}{}", same.size(), words(outcome), times_text(same), reason_text(*same.front())));
  }
  return parts.empty() ? "" : fmt::format("{} {}", title(family), join(parts, ", "));
}

std::string lines(const std::string& text, std::size_t indent, const Style& style) {
  std::string out;
  for (const std::string& line : wrap(text, indent, static_cast<std::size_t>(style.width))) out += line + "\n";
  return out;
}

std::string ping_part(const Observation& observation, const Style& style) {
  if (!observation.settings.ping) return {};
  std::string out = paint("ICMP echo (only an answer says something)", Tone::strong, style.colour) + "\n";
  for (const EndpointObservation& seen : observation.endpoints) {
    if (seen.pings.empty()) continue;
    out += lines(label_of(seen.endpoint), 2, style);
    for (const Family family : both_families)
      if (const std::string text = family_text(seen, family); !text.empty()) out += lines(text, 4, style);
  }
  return out + "\n";
}

/// "2600:1f70:8000::/56 us-west-2: EC2, AMAZON".
std::string range_text(const IpRangeMatch& match) {
  if (!match.prefix) return "in no entry";
  return fmt::format("{} {}: {}", match.prefix->to_string(), printable(match.region),
                     printable(join(match.services, ", ")));
}

std::string ranges_part(const Observation& observation, const Style& style) {
  if (!observation.ip_ranges) return {};
  const IpRanges& ranges = *observation.ip_ranges;
  std::vector<std::pair<std::string, std::size_t>> counts;
  for (const IpRangeMatch& match : ranges.matches) {
    const std::string text = range_text(match);
    const auto same = std::find_if(counts.begin(), counts.end(), [&](const auto& each) { return each.first == text; });
    if (same != counts.end())
      ++same->second;
    else
      counts.emplace_back(text, 1);
  }
  std::string out = paint("AWS's address ranges", Tone::strong, style.colour) + "\n";
  out += lines(
      fmt::format("{}, created {}, {} entries", printable(ranges.file), printable(ranges.created), ranges.entries), 2,
      style);
  for (const auto& [text, count] : counts)
    out += lines(fmt::format("{}: {}", counted(count, "address", "addresses"), text), 2, style);
  return out + "\n";
}

}  // namespace

std::string extras_block(const Observation& observation, const Style& style) {
  return ping_part(observation, style) + ranges_part(observation, style) + ec2_block(observation, style);
}

std::string ping_line(const Ping& ping) {
  std::string text = fmt::format("Echo to {}", ping.address.to_string());
  if (!ping.diverted_to.empty()) text += fmt::format(" (sent to {}, --connect-to)", printable(ping.diverted_to));
  text += fmt::format(": {}", words(ping.outcome));
  if (ping.rtt) text += " after " + to_text(*ping.rtt);
  if (ping.socket) text += fmt::format(", {} socket", to_string(*ping.socket));
  text += reason_text(ping);
  if (ping.icmp) text += fmt::format(", type {} code {}", ping.icmp->type, ping.icmp->code);
  return star(text);
}

std::string range_line(const IpRangeMatch& match) {
  return star(fmt::format("AWS's ranges: {}: {}", match.address.to_string(), range_text(match)));
}

}  // namespace ecr6::report
