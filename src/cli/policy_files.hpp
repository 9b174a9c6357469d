#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ecr6/policy/report.hpp"

namespace ecr6::cli {

/// One argument of `ecr6 policy`: a file, a directory, or "-".
struct PolicyInput {
  std::string path;
  std::optional<policy::PolicyType> type;  ///< empty: to be guessed
};

/// A file that held policies: where their documents are in the report, and its bytes.
struct PolicyFile {
  std::string name;
  std::shared_ptr<const policy::Text> text;
  std::size_t first{};
  std::size_t count{};
};

/// Reads the inputs into the report's documents and problems. Directories are walked in the order of their names,
/// `.git` and symbolic links to directories left out; of their files only those are taken that are named like JSON or
/// start like it. A file that cannot be read becomes a problem, and reading goes on.
[[nodiscard]] std::vector<PolicyFile> read_policy_files(const std::vector<PolicyInput>& inputs, policy::Report& report);

}  // namespace ecr6::cli
