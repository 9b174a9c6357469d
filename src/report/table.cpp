#include <fmt/format.h>

#include <algorithm>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "wrap.hpp"

namespace ecr6::report {

namespace {

constexpr std::size_t word_width = 11;  // "unreachable"
constexpr std::size_t time_width = 7;   // "12.34 s"
constexpr std::size_t cell = word_width + 1 + time_width;
constexpr std::size_t narrow_kind = 17, wide_kind = 30;  // "  public registry", "  public registry, dual-stack"

/// The widths that a report of this width allows; the name has a line of its own, so it never breaks them.
struct Columns {
  std::size_t kind{};
  bool race{};
};

Columns columns_for(const Style& style) {
  const bool wide = static_cast<std::size_t>(style.width) >= wide_kind + 2 * (cell + 2) + 4;
  return {wide ? wide_kind : narrow_kind, wide};
}

Duration time_of(const Attempt& attempt) {
  return attempt.connect_time.value_or(Duration{}) + attempt.tls_time.value_or(Duration{}) +
         attempt.http_time.value_or(Duration{});
}

/// How long a client waits: for its answer where there is one, otherwise until the last address has failed.
std::optional<Duration> family_time(const EndpointObservation& endpoint, Family family) {
  std::optional<Duration> fastest, slowest_failure;
  for (const Attempt& attempt : endpoint.attempts) {
    if (attempt.family != family) continue;
    const Duration time = time_of(attempt);
    if (attempt.went_through())
      fastest = std::min(fastest.value_or(time), time);
    else
      slowest_failure = std::max(slowest_failure.value_or(time), time);
  }
  if (fastest) return fastest;
  if (!slowest_failure && endpoint.lookup(family)) return endpoint.lookup(family)->duration;
  return slowest_failure;
}

std::string family_cell(const EndpointObservation& endpoint, Reachability word, Family family, const Style& style) {
  const bool timed = word != Reachability::not_tested && word != Reachability::no_address;
  const auto time = timed ? family_time(endpoint, family) : std::nullopt;
  return paint(padded(phrase(word), word_width), tone_of(word), style.colour) +
         fmt::format(" {:>{}}", time ? to_text(*time) : "", time_width);
}

std::string race_cell(const EndpointObservation& endpoint) {
  if (endpoint.race.winner) return std::string{title(*endpoint.race.winner)};
  return endpoint.attempts.empty() ? "-" : "none";
}

std::string name_line(const EndpointObservation& endpoint, const Style& style) {
  std::string text = label_of(endpoint.endpoint);
  if (endpoint.required) text += " *";
  if (endpoint.right_name)
    text += " (wrong name)";
  else if (!endpoint.endpoint.confirmed)
    text += " (unconfirmed name)";
  std::string out;
  for (const std::string& line : wrap(text, 0, static_cast<std::size_t>(style.width)))
    out += paint(line, Tone::strong, style.colour) + "\n";
  return out;
}

std::string without_trailing_blanks(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

std::string words_line(const EndpointObservation& endpoint, const EndpointVerdict& words, const Style& style) {
  const auto [kind_width, race] = columns_for(style);
  const std::string kind = race ? kind_of(endpoint.endpoint) : std::string{phrase(endpoint.endpoint.role)};
  std::string line = padded("  " + kind, kind_width);
  for (const Family family : both_families) line += family_cell(endpoint, words.of(family), family, style) + "  ";
  if (race) line += race_cell(endpoint);
  return without_trailing_blanks(std::move(line));
}

std::string header(const Style& style) {
  const auto [kind_width, race] = columns_for(style);
  const std::string line = padded("ENDPOINT", kind_width) + padded("IPv6", cell + 2);
  return paint(line + (race ? padded("IPv4", cell + 2) + "RACE" : "IPv4"), Tone::faint, style.colour) + "\n";
}

std::string legend(const Observation& observation, const Style& style) {
  const auto required = [](const EndpointObservation& endpoint) { return endpoint.required; };
  std::vector<std::string> parts;
  if (std::any_of(observation.endpoints.begin(), observation.endpoints.end(), required))
    parts.emplace_back("* decides the verdicts");
  if (columns_for(style).race) parts.emplace_back("RACE: the family that a client racing both would use");
  return parts.empty() ? "" : paint(join(parts, "; "), Tone::faint, style.colour) + "\n";
}

}  // namespace

std::string table(const Observation& observation, const Diagnosis& diagnosis, const Style& style) {
  if (observation.endpoints.empty()) return "No endpoint was probed.\n";
  std::string out = header(style);
  for (std::size_t i = 0; i < observation.endpoints.size(); ++i) {
    const EndpointVerdict words = i < diagnosis.endpoints.size() ? diagnosis.endpoints[i] : EndpointVerdict{};
    out += name_line(observation.endpoints[i], style) + words_line(observation.endpoints[i], words, style);
  }
  return out + legend(observation, style);
}

}  // namespace ecr6::report
