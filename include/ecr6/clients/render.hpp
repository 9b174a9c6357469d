#pragma once

#include <string>
#include <vector>

#include "ecr6/clients/audit.hpp"
#include "ecr6/clients/snapshot.hpp"
#include "ecr6/clients/survey.hpp"

namespace ecr6::clients {

/// What the three outputs are made from. Nothing in it is a secret.
struct Report {
  std::string root;  ///< "/", or the directory that stands for it
  const Snapshot& snapshot;
  const Survey& survey;
  const std::vector<Finding>& findings;
};

/// Endpoints per profile, what the other programs have, findings, one summary line. Text from outside is escaped.
[[nodiscard]] std::string render_text(const Report& report);
/// The `ecr6.config/1` object and a final newline.
[[nodiscard]] std::string render_json(const Report& report);
/// The commands and edits that would help, as a shell script whose edits are comments; nothing carries it out.
[[nodiscard]] std::string render_fixes(const Report& report);

}  // namespace ecr6::clients
