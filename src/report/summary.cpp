#include <fmt/format.h>

#include <algorithm>

#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "wrap.hpp"

namespace ecr6::report {

namespace {

/// Monitoring Plugins: the first line should stay below 80 characters.
constexpr std::size_t longest = 79;

std::string_view status_word(int exit_code) {
  constexpr std::array<std::string_view, 4> words{"OK", "WARNING", "CRITICAL", "UNKNOWN"};
  return exit_code >= 0 && exit_code < 3 ? words[static_cast<std::size_t>(exit_code)] : words[3];
}

/// How bad a word is; the enumeration is not in this order.
int badness(Reachability word) {
  constexpr std::array ranks{2, 4, 3, 1, 0};
  return ranks[static_cast<std::size_t>(word)];
}

/// The word that `require` looks at; a family that was switched off has none to give.
Reachability deciding_word(const RunSettings& settings, const EndpointVerdict& words, Require require) {
  if (require == Require::ipv6) return words.ipv6;
  if (!settings.ipv6 || !settings.ipv4) return settings.ipv6 ? words.ipv6 : words.ipv4;
  const bool ipv6_is_worse = badness(words.ipv6) >= badness(words.ipv4);
  return ipv6_is_worse == (require == Require::dual) ? words.ipv6 : words.ipv4;
}

struct Group {
  std::string who;  ///< a role, or the name of an other host
  Reachability word{};
  std::size_t count{};
};

std::vector<Group> required_groups(const Observation& observation, const Diagnosis& diagnosis) {
  std::vector<Group> groups;
  const std::size_t known = std::min(observation.endpoints.size(), diagnosis.endpoints.size());
  for (std::size_t i = 0; i < known; ++i) {
    const auto& [endpoint, words] = std::tie(observation.endpoints[i], diagnosis.endpoints[i]);
    if (!endpoint.required) continue;
    const Role role = endpoint.endpoint.role;
    const std::string who = role == Role::other ? label_of(endpoint.endpoint) : std::string{phrase(role)};
    const Reachability word = deciding_word(observation.settings, words, diagnosis.verdict.require);
    const auto same = [&](const Group& group) { return group.who == who && group.word == word; };
    if (const auto found = std::find_if(groups.begin(), groups.end(), same); found != groups.end())
      ++found->count;
    else
      groups.push_back({who, word, 1});
  }
  const auto worse = [](const Group& left, const Group& right) { return badness(left.word) > badness(right.word); };
  std::stable_sort(groups.begin(), groups.end(), worse);
  return groups;
}

/// As a predicate: "registry without address".
std::string_view predicate(Reachability word) {
  return word == Reachability::no_address ? "without address" : phrase(word);
}

std::string list_of(const std::vector<Group>& groups) {
  std::vector<std::string> parts;
  for (const Group& group : groups)
    parts.push_back(group.count == 1 ? fmt::format("{} {}", group.who, predicate(group.word))
                                     : fmt::format("{} x {} {}", group.count, group.who, predicate(group.word)));
  return join(parts, ", ");
}

/// Of the endpoints that decide, a problem of a family that `require` looks at comes first, then one that is about
/// none.
int relevance(const Finding& finding, Require require) {
  if (!finding.family) return 1;
  return require == Require::ipv6 && *finding.family == Family::ipv4 ? 2 : 0;
}

std::string first_problem(const Diagnosis& diagnosis) {
  const Finding* best = nullptr;
  const auto rank = [&](const Finding& finding) { return relevance(finding, diagnosis.verdict.require); };
  for (const Finding& finding : diagnosis.findings)
    if (finding.severity != Severity::info && (best == nullptr || rank(finding) < rank(*best))) best = &finding;
  return best ? printable(best->summary) : "see the report";
}

std::string reason(const Observation& observation, const Diagnosis& diagnosis) {
  const Verdict& verdict = diagnosis.verdict;
  const auto groups = required_groups(observation, diagnosis);
  if (groups.empty()) return "no endpoint that could decide was tested";
  const bool cut_short = observation.interrupted || observation.deadline_exceeded;
  if (verdict.decided == Readiness::unknown && !cut_short && !diagnosis.findings.empty())
    return first_problem(diagnosis);
  if (verdict.require == Require::migrate && verdict.decided != Readiness::ready) return first_problem(diagnosis);
  return list_of(groups);
}

std::string circumstances(const Observation& observation) {
  std::string text;
  if (!observation.settings.lab.empty()) text += fmt::format("[lab {}] ", printable(observation.settings.lab));
  if (observation.interrupted) text += "interrupted; ";
  if (observation.deadline_exceeded) text += "cut off by the deadline; ";
  return text;
}

std::string after_status(const Observation& observation, const Diagnosis& diagnosis) {
  const Verdict& verdict = diagnosis.verdict;
  return fmt::format(" - {}{} {}: {}", circumstances(observation), phrase(verdict.require), phrase(verdict.decided),
                     reason(observation, diagnosis));
}

/// A bar would start performance data there.
std::string one_line(std::string_view text, std::size_t width) {
  std::string line = shortened(text, width);
  std::replace(line.begin(), line.end(), '|', '/');
  return line;
}

}  // namespace

std::string painted_summary(const Observation& observation, const Diagnosis& diagnosis, const Style& style) {
  const std::string status = fmt::format("ECR6 {}", status_word(diagnosis.verdict.exit_code));
  const Tone tone = tone_of(diagnosis.verdict.exit_code == 2   ? Readiness::not_ready
                            : diagnosis.verdict.exit_code == 1 ? Readiness::degraded
                            : diagnosis.verdict.exit_code == 0 ? Readiness::ready
                                                               : Readiness::unknown);
  return paint(status, tone, style.colour) + one_line(after_status(observation, diagnosis), longest - status.size()) +
         "\n";
}

std::string render_summary(const Observation& observation, const Diagnosis& diagnosis) {
  return painted_summary(observation, diagnosis, Style{});
}

}  // namespace ecr6::report
