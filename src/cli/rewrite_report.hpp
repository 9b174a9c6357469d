#pragma once

#include <string>
#include <vector>

#include "ecr6/aws/rewrite.hpp"
#include "ecr6/aws/rewrite_hints.hpp"
#include "rewrite_files.hpp"

namespace ecr6::cli {

struct FoundName {
  std::string file;
  aws::Sighting name;
};
struct FileWarning {
  std::string file;
  aws::RewriteHint hint;
};
struct FileError {
  std::string file, message;
};

/// What a run of `ecr6 rewrite` saw. Lists are cut off at their bounds, and the numbers beside them go on counting.
struct RewriteReport {
  static constexpr std::size_t most_names = 100'000;
  static constexpr std::size_t most_warnings = 1000;

  std::vector<FoundName> names;  ///< kept for JSON alone
  std::size_t rewritten{}, left_alone{};
  std::vector<FileWarning> warnings;
  std::size_t warnings_left_out{};
  std::vector<FileError> errors;
  FileCounts files;
  std::string diff;  ///< with --diff
  std::string mode;  ///< "filter", "diff", "in_place", "check", "list"
  int exit_code{};
};

/// `FILE:LINE:COLUMN: NAME -> NEW NAME`, or why it is left alone. Escaped for a terminal, with its line feed.
[[nodiscard]] std::string render_name(const std::string& file, const aws::Sighting& name);
[[nodiscard]] std::string render_warning(const FileWarning& warning);
/// "3 names in 2 files; skipped: 1 binary file".
[[nodiscard]] std::string render_counts(const RewriteReport& report);
/// The ecr6.rewrite/1 object.
[[nodiscard]] std::string render_json(const RewriteReport& report);

}  // namespace ecr6::cli
