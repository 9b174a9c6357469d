#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/words.hpp"
#include "ecr6/policy/change.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

/// One thing to know about a statement. `error`: one of the four classes; `warning`: a trap; `info`: a note.
struct Finding {
  std::string id;  ///< "policy.loses-access"; each has a page
  Severity severity{};
  std::optional<Change> change;
  std::size_t statement{};  ///< index into the document's statements
  Place place;
  std::string summary;
  std::vector<std::string> evidence;  ///< quoted from the document, each with its line
  std::string advice;
  bool about_ecr{true};
  bool undocumented{};  ///< rests on something that AWS does not document
};

/// What each statement does to an IPv6 caller, in the order of the statements, errors first. Statements that cannot
/// touch ECR give notes only.
[[nodiscard]] std::vector<Finding> audit(const Document& document);

/// 2 with an error, 1 with a warning, else 0.
[[nodiscard]] int exit_code(const std::vector<Finding>& findings);

/// A piece of a document on one line, shortened where it is long: `line 7: "aws:SourceIp": "203.0.113.0/24"`.
[[nodiscard]] std::string quoted(const Document& document, Span span);

}  // namespace ecr6::policy
