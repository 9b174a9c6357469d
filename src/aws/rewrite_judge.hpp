#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/aws/rewrite.hpp"
#include "ecr6/core/diff.hpp"
#include "rewrite_token.hpp"

namespace ecr6::aws {

/// What a token is, with the edits that make it dual-stack; they lie inside it, in order.
struct Verdict {
  Fate fate{};
  std::optional<Role> role;
  std::size_t begin{}, end{};  ///< of the name in the text
  std::vector<Edit> edits;
};

/// Empty for what is not ECR's, dual-stack already, an interface endpoint's name, or not a host where it stands.
[[nodiscard]] std::optional<Verdict> judge(std::string_view text, const Token& token);

/// The parts of `judge`: names without templates, names with them, what programs put together from pieces, patterns.
[[nodiscard]] std::optional<Verdict> judge_plain(std::string_view text, const Token& token);
[[nodiscard]] std::optional<Verdict> judge_template(std::string_view text, const Token& token);
[[nodiscard]] std::optional<Verdict> judge_fragment(std::string_view text, const Token& token);
/// A name in a regular expression: `dkr\.ecr`.
[[nodiscard]] std::optional<Verdict> judge_expression(std::string_view text, const Token& token);

}  // namespace ecr6::aws
