#include "finding_groups.hpp"

#include <algorithm>
#include <tuple>

#include "alike.hpp"

namespace ecr6::report {

namespace {

/// What has to be the same for two findings to be told as one.
struct Sameness {
  std::string id;
  Severity severity{};
  std::optional<Family> family;
  std::string summary, advice;  ///< frames
  friend bool operator==(const Sameness&, const Sameness&) = default;
};

Sameness sameness_of(const Finding& finding) {
  return {finding.id, finding.severity, finding.family, frame_of(finding.summary, Numbers::may_differ),
          frame_of(finding.advice, Numbers::may_differ)};
}

/// The lines of one frame, and where they come from.
struct Alike {
  std::string frame;
  std::vector<std::string_view> lines;
  std::vector<const Finding*> findings;
};

void add(std::vector<Alike>& found, const Finding& finding, std::string_view line) {
  std::string frame = frame_of(line, Numbers::have_to_match);
  auto alike = std::find_if(found.begin(), found.end(), [&](const Alike& each) { return each.frame == frame; });
  if (alike == found.end()) alike = found.insert(found.end(), {std::move(frame), {}, {}});
  alike->lines.push_back(line);
  if (alike->findings.empty() || alike->findings.back() != &finding) alike->findings.push_back(&finding);
}

template <std::string Finding::*text>
std::string merged_text(const FindingGroup& group) {
  std::vector<std::string_view> texts;
  for (const Finding* finding : group) texts.push_back(finding->*text);
  return merged(texts);
}

}  // namespace

std::vector<FindingGroup> groups_of(const std::vector<Finding>& findings) {
  std::vector<FindingGroup> groups;
  std::vector<Sameness> keys;  // of each group
  for (const Finding& finding : findings) {
    Sameness key = sameness_of(finding);
    const auto same = finding.endpoint ? std::find(keys.begin(), keys.end(), key) : keys.end();
    if (same != keys.end() && groups[static_cast<std::size_t>(same - keys.begin())].front()->endpoint) {
      groups[static_cast<std::size_t>(same - keys.begin())].push_back(&finding);
      continue;
    }
    groups.push_back({&finding});
    keys.push_back(std::move(key));
  }
  return groups;
}

std::vector<Evidence> evidence_of(const FindingGroup& group) {
  std::vector<Alike> found;
  for (const Finding* finding : group)
    for (const std::string& line : finding->evidence) add(found, *finding, line);
  std::vector<Evidence> evidence;
  for (const Alike& alike : found) evidence.push_back({merged(alike.lines), alike.lines.size(), alike.findings.size()});
  return evidence;
}

std::string summary_of(const FindingGroup& group) { return merged_text<&Finding::summary>(group); }
std::string advice_of(const FindingGroup& group) { return merged_text<&Finding::advice>(group); }

}  // namespace ecr6::report
