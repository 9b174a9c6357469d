#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/policy/condition.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

enum class Outcome { allow, deny, depends, indeterminate };

[[nodiscard]] std::string_view to_string(Outcome word);

/// One statement of one document, by index.
struct StatementRef {
  std::size_t document{};
  std::size_t statement{};
};

/// What comes out for one action.
struct Decision {
  std::string_view action;
  std::string_view group;
  Outcome outcome{};
  bool explicit_deny{};
  /// The statement that decides; for an implicit deny the one that would allow but does not hold for this caller;
  /// empty when there is none.
  std::optional<StatementRef> decided_by;
  std::vector<std::string> reasons;  ///< what it depends on, or why it cannot be told
};

/// What comes out for one caller, for every action of scope.hpp, across all documents. An explicit deny wins; identity
/// and resource policies grant; service control and endpoint policies only cap. The documents are taken to belong to
/// one account. Source: IAM User Guide, "Policy evaluation logic".
[[nodiscard]] std::vector<Decision> decide(const std::vector<Document>& documents, const Caller& caller);

/// What a reader should know about the caller and the documents beside the outcomes.
[[nodiscard]] std::vector<std::string> caveats(const std::vector<Document>& documents, const Caller& caller);

}  // namespace ecr6::policy
