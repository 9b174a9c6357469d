#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "ecr6/policy/document.hpp"
#include "ecr6/policy/truth.hpp"

namespace ecr6::policy {

/// An action that logging in, pulling or pushing needs.
struct Action {
  std::string_view name;   ///< "ecr:BatchGetImage"
  std::string_view group;  ///< "login", "pull", "push", "public_login", "public_push"
  bool account_level{};    ///< has no resource of its own: only a statement on every resource (`*`) reaches it
};

[[nodiscard]] std::span<const Action> actions();

/// Whether a policy of this type has a say in an action at all: a repository policy has none in the login.
[[nodiscard]] bool governs(PolicyType type, const Action& action);

/// Whether a statement applies to an action on some repository; `depends` when it names certain repositories.
[[nodiscard]] Truth applies_to(const Statement& statement, const Action& action);
/// Whether it applies to a caller; `depends` when it names principals. Statements without principal always do.
[[nodiscard]] Truth applies_to_caller(const Statement& statement);

/// What a statement can touch: groups of actions in their order, and "other" for the rest of `ecr:*` and
/// `ecr-public:*`. Empty: nothing to do with ECR.
[[nodiscard]] std::vector<std::string_view> reach(const Statement& statement, PolicyType type);

/// Whether everything that `narrow` applies to (actions, resources, principals, conditions on other keys than the
/// source address) is also something that `wide` of the same document applies to. Errs on the side of no.
[[nodiscard]] bool covers(const Document& document, const Statement& wide, const Statement& narrow);

}  // namespace ecr6::policy
