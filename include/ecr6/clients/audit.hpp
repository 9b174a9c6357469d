#pragma once

#include <string>
#include <vector>

#include "ecr6/clients/survey.hpp"
#include "ecr6/core/words.hpp"

namespace ecr6::clients {

/// One thing worth knowing about the configuration.
struct Finding {
  std::string id;  ///< "config.SLUG", stable
  Severity severity{Severity::info};
  std::string summary;                ///< one sentence, no final dot
  std::vector<std::string> evidence;  ///< with "PATH:LINE" where there is one; no secrets
  std::string advice;
  std::vector<std::string> fixes;  ///< commands, or edits in words; nothing carries them out
};

/// Errors first, then warnings, then notes; stable within. An error is something that fails, today or as soon as the
/// dual-stack names are used; a warning something that does not do what it seems to.
[[nodiscard]] std::vector<Finding> audit(const Survey& survey);

/// 3 when a file could not be used, else 2 for errors, 1 for warnings, 0.
[[nodiscard]] int exit_code(const std::vector<Finding>& findings);

/// The id of the finding about a file that could not be used.
inline constexpr std::string_view unreadable_id = "config.unreadable";

}  // namespace ecr6::clients
