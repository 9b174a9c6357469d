#include "ecr6/policy/truth.hpp"

#include <algorithm>

namespace ecr6::policy {

namespace {

/// `decisive` wins; of the others the larger in the order of the enumeration, with everybody's reasons.
Truth combined(Truth left, const Truth& right, Verdict decisive) {
  if (left.verdict == decisive || right.verdict == decisive) return {decisive, {}};
  const bool open = std::max(left.verdict, right.verdict) >= Verdict::depends;
  for (const std::string& reason : right.reasons)
    if (std::find(left.reasons.begin(), left.reasons.end(), reason) == left.reasons.end())
      left.reasons.push_back(reason);
  const Verdict settled = decisive == Verdict::no ? Verdict::yes : Verdict::no;
  left.verdict = open ? std::max({left.verdict, right.verdict}) : settled;
  return left;
}

}  // namespace

std::string_view to_string(Verdict word) {
  constexpr std::string_view words[] = {"no", "yes", "depends", "indeterminate"};
  return words[static_cast<std::size_t>(word)];
}

Truth both(Truth left, const Truth& right) { return combined(std::move(left), right, Verdict::no); }
Truth either(Truth left, const Truth& right) { return combined(std::move(left), right, Verdict::yes); }

Truth opposite(Truth truth) {
  if (truth.verdict == Verdict::no)
    truth.verdict = Verdict::yes;
  else if (truth.verdict == Verdict::yes)
    truth.verdict = Verdict::no;
  return truth;
}

}  // namespace ecr6::policy
