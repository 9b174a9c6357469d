#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/words.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

/// What is known about a kind of trap, whichever statement it is in.
struct TrapText {
  std::string_view id;
  Severity severity;
  std::string_view summary;
  std::string_view advice;
  bool undocumented;
};

/// A trap and the pieces of the document that it rests on.
struct Trap {
  const TrapText* text{};
  std::vector<Span> evidence;
};

/// The traps in one statement's conditions and in what its document is, whatever its actions.
[[nodiscard]] std::vector<Trap> traps(const Document& document, const Statement& statement);

}  // namespace ecr6::policy
