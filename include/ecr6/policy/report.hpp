#pragma once

#include <array>
#include <string>
#include <vector>

#include "ecr6/policy/audit.hpp"
#include "ecr6/policy/decide.hpp"
#include "ecr6/policy/document.hpp"
#include "ecr6/policy/suggest.hpp"

namespace ecr6::policy {

struct FileProblem {
  std::string file;
  std::optional<Place> place;  ///< empty when the file could not be opened at all
  std::string message;
};

/// What comes out for one caller across all documents.
struct CallerReport {
  Caller caller;
  std::vector<Decision> decisions;
  std::vector<std::string> caveats;
};

/// One file with the suggested insertions, and what an audit still finds in it: warnings and errors.
struct SuggestedFile {
  std::string file;
  std::string diff;
  std::string text;
  std::vector<std::pair<Place, std::string>> insertions;
  std::vector<Finding> remaining;
};

/// Everything that one run of `ecr6 policy` has to say.
struct Report {
  std::vector<Document> documents;
  std::vector<std::vector<Finding>> findings;  ///< one list per document; see max_findings
  std::array<std::size_t, 3> counts{};         ///< all findings by severity, those not kept included
  std::vector<FileProblem> problems;
  std::vector<CallerReport> callers;
  std::vector<SuggestedFile> suggestions;
  bool suggesting{};
  std::size_t files_read{};
  std::size_t files_skipped{};  ///< in directories: binary, or no JSON
  std::size_t files_without{};  ///< in directories: JSON without a policy
};

/// So many findings are kept; of the rest only the counts, and the report says so.
inline constexpr std::size_t max_findings = 50'000;

/// Audits every document of the report.
void audit_all(Report& report);

/// 3 with a problem in a file or document, else the worst of the findings: 2 error, 1 warning, 0.
[[nodiscard]] int exit_code(const Report& report);

/// The suggestion for one file: `documents` are those read from it, `bytes` what it holds.
[[nodiscard]] SuggestedFile suggest_for(const std::string& file, std::string_view bytes,
                                        const std::vector<const Document*>& documents,
                                        const std::vector<Prefix>& prefixes);

/// The object "ecr6.policy/1" (docs/schema/ecr6.policy-1.json), with a final newline.
[[nodiscard]] std::string render_json(const Report& report);
/// For people; everything from outside is made safe for a terminal.
[[nodiscard]] std::string render_text(const Report& report);
/// The diffs alone, byte for byte as `patch` wants them.
[[nodiscard]] std::string render_diff(const Report& report);
/// What a suggestion could not mend, one line each; empty when an audit of it comes out clean.
[[nodiscard]] std::string render_remaining(const Report& report);

}  // namespace ecr6::policy
