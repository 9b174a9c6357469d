#include "ecr6/policy/report.hpp"

#include <algorithm>

namespace ecr6::policy {

namespace {

/// The file's documents again, after the insertions, with the types they had before.
std::vector<Finding> audit_again(const std::string& file, const std::string& text,
                                 const std::vector<const Document*>& before) {
  std::vector<Finding> all;
  const Contents contents = read_policies(file, Text::of_file(text));
  for (std::size_t i = 0; i < contents.documents.size(); ++i) {
    Document document = contents.documents[i];
    if (i < before.size()) document.type = before[i]->type;
    for (Finding& finding : audit(document))
      if (finding.severity != Severity::info) all.push_back(std::move(finding));
  }
  return all;
}

}  // namespace

void audit_all(Report& report) {
  std::size_t kept = 0;
  for (const Document& document : report.documents) {
    auto found = audit(document);
    for (const Finding& finding : found) ++report.counts[static_cast<std::size_t>(finding.severity)];
    if (found.size() > max_findings - kept) found.resize(max_findings - kept);
    kept += found.size();
    report.findings.push_back(std::move(found));
  }
}

int exit_code(const Report& report) {
  const auto damaged = [](const Document& document) { return !document.problems.empty(); };
  if (!report.problems.empty() || std::any_of(report.documents.begin(), report.documents.end(), damaged)) return 3;
  const auto counted = [&](Severity severity) { return report.counts[static_cast<std::size_t>(severity)]; };
  if (counted(Severity::error) > 0) return 2;
  return counted(Severity::warning) > 0 ? 1 : 0;
}

SuggestedFile suggest_for(const std::string& file, std::string_view bytes,
                          const std::vector<const Document*>& documents, const std::vector<Prefix>& prefixes) {
  SuggestedFile suggested;
  suggested.file = file;
  std::vector<Edit> insertions;
  for (const Document* document : documents)
    for (Edit& insertion : suggest(*document, prefixes)) insertions.push_back(std::move(insertion));
  std::stable_sort(insertions.begin(), insertions.end(),
                   [](const Edit& left, const Edit& right) { return left.begin < right.begin; });
  suggested.text = applied(bytes, insertions);
  suggested.diff = unified_diff(file, bytes, insertions);
  const auto original = Text::of_file(std::string{bytes});
  for (Edit& insertion : insertions)
    suggested.insertions.emplace_back(original->place(insertion.begin), std::move(insertion.text));
  suggested.remaining = audit_again(file, suggested.text, documents);
  return suggested;
}

}  // namespace ecr6::policy
