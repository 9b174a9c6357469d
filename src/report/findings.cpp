#include <fmt/format.h>

#include <algorithm>

#include "alike.hpp"
#include "blocks.hpp"
#include "ecr6/core/text.hpp"
#include "finding_groups.hpp"
#include "paint.hpp"
#include "phrases.hpp"
#include "wrap.hpp"

namespace ecr6::report {

namespace {

constexpr std::size_t most_names = 6, most_evidence = 8;

std::string subject_of(const FindingGroup& group) {
  const Finding& first = *group.front();
  std::string subject = group.size() > 1 ? fmt::format("{} endpoints", group.size())
                                         : (first.endpoint ? printable(*first.endpoint) : "this host");
  if (first.family) subject += fmt::format(", {}", title(*first.family));
  return subject;
}

std::string headline(const FindingGroup& group, const Style& style) {
  const Finding& first = *group.front();
  const std::string severity{phrase(first.severity)};
  const std::string rest = fmt::format("{}  {}", printable(first.id), subject_of(group));
  std::string out = paint(severity, tone_of(first.severity), style.colour);
  // A long name gets a line of its own rather than a line that is too long.
  if (severity.size() + 2 + columns(rest) <= static_cast<std::size_t>(style.width))
    return out + "  " + paint(rest, Tone::strong, style.colour) + "\n";
  out += "  " + paint(printable(first.id), Tone::strong, style.colour) + "\n";
  for (const std::string& line : wrap(subject_of(group), 2, static_cast<std::size_t>(style.width)))
    out += paint(line, Tone::strong, style.colour) + "\n";
  return out;
}

std::string names_of(const FindingGroup& group, const Style& style) {
  if (group.size() == 1) return {};
  const std::size_t shown = group.size() <= most_names ? group.size() : most_names - 1;
  std::string out;
  for (std::size_t i = 0; i < shown; ++i)
    for (const std::string& line : wrap(printable(*group[i]->endpoint), 2, static_cast<std::size_t>(style.width)))
      out += paint(line, Tone::strong, style.colour) + "\n";
  if (shown < group.size()) out += fmt::format("  and {} more\n", group.size() - shown);
  return out;
}

std::string evidence_lines(const FindingGroup& group, const Style& style) {
  std::string out;
  std::size_t shown{}, hidden{};
  for (const Evidence& seen : evidence_of(group)) {
    if (shown++ >= most_evidence) {
      hidden += seen.lines;
      continue;
    }
    const std::string share =
        seen.endpoints < group.size() ? fmt::format(" ({} of {} endpoints)", seen.endpoints, group.size()) : "";
    out += labelled("seen", seen.text + share, style);
  }
  if (hidden > 0)
    out += labelled("seen", fmt::format("and {} in --json", counted(hidden, "more line", "more lines")), style);
  return out;
}

/// What has been advised so far, so that nobody reads it twice.
class Advice {
 public:
  std::string told(const FindingGroup& group, const Style& style) {
    std::string text = advice_of(group);
    if (text.empty()) return {};
    const std::pair key{group.front()->id, text};
    if (std::find(told_.begin(), told_.end(), key) != told_.end())
      return labelled("do", fmt::format("as for {} above", group.front()->id), style);
    told_.push_back(key);
    return labelled("do", text, style);
  }

 private:
  std::vector<std::pair<std::string, std::string>> told_;  ///< id and text
};

std::string tally(const std::vector<Finding>& findings) {
  std::array<std::size_t, 3> counts{};
  for (const Finding& finding : findings) ++counts[static_cast<std::size_t>(finding.severity)];
  std::vector<std::string> parts;
  if (counts[2] > 0) parts.push_back(counted(counts[2], "error", "errors"));
  if (counts[1] > 0) parts.push_back(counted(counts[1], "warning", "warnings"));
  if (counts[0] > 0) parts.push_back(counted(counts[0], "note", "notes"));
  return join(parts, ", ");
}

}  // namespace

std::string findings_block(const Diagnosis& diagnosis, const Style& style) {
  if (diagnosis.findings.empty()) return paint("Findings: none", Tone::strong, style.colour) + "\n";
  std::string out = paint(fmt::format("Findings: {}", tally(diagnosis.findings)), Tone::strong, style.colour) + "\n";
  Advice advice;
  for (const FindingGroup& group : groups_of(diagnosis.findings)) {
    out += "\n" + headline(group, style) + names_of(group, style) + evidence_lines(group, style);
    out += labelled("means", summary_of(group), style) + advice.told(group, style);
  }
  return out;
}

}  // namespace ecr6::report
