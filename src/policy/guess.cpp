#include "guess.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::policy {

namespace {

struct Hint {
  std::string_view key;      ///< the policy stands under this key …
  std::string_view sibling;  ///< … beside this one; empty: any
  PolicyType type;
};

/// What the AWS CLI answers look like. The first match wins.
constexpr Hint hints[] = {
    {"policyText", "repositoryName", PolicyType::resource},  // ecr get-repository-policy
    {"policyText", "registryId", PolicyType::registry},      // ecr get-registry-policy
    {"PolicyDocument", "VpcEndpointId", PolicyType::endpoint},
    {"Content", "PolicySummary", PolicyType::scp},  // organizations describe-policy
    {"AssumeRolePolicyDocument", "", PolicyType::resource},
    {"PolicyDocument", "", PolicyType::identity},  // iam get-role-policy, get-user-policy
    {"Document", "", PolicyType::identity},        // iam get-policy-version
};

bool registry_action(const Value& action) {
  constexpr std::string_view names[] = {"ecr:replicateimage", "ecr:batchimportupstreamimage"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view name) { return equal_ignoring_case(action.text, name); });
}

void set(Document& document, PolicyType type, std::string reason) {
  document.type = type;
  document.type_reason = std::move(reason);
}

bool guess_by_wrapper(Document& document, const Wrapper& wrapper) {
  if (!wrapper.object) return false;
  for (const Hint& hint : hints) {
    if (wrapper.key != hint.key) continue;
    if (!hint.sibling.empty() && !wrapper.source->member(*wrapper.object, hint.sibling)) continue;
    const std::string beside = hint.sibling.empty() ? "" : fmt::format(" beside \"{}\"", hint.sibling);
    set(document, hint.type, fmt::format("it stands under \"{}\"{}", hint.key, beside));
    return true;
  }
  return false;
}

}  // namespace

void guess_type(Document& document, const Wrapper& wrapper) {
  if (guess_by_wrapper(document, wrapper)) return;
  const auto& all = document.statements;
  const auto registry = [](const Statement& s) {
    return s.principal.present && std::any_of(s.action.values.begin(), s.action.values.end(), registry_action);
  };
  const auto principal = [](const Statement& s) { return s.principal.present; };
  const auto no_resource = [](const Statement& s) { return !s.resource.present; };
  if (std::any_of(all.begin(), all.end(), registry))
    return set(document, PolicyType::registry, "it has principals and an action that only a registry policy grants");
  if (std::any_of(all.begin(), all.end(), principal)) return set(document, PolicyType::resource, "it has principals");
  if (!all.empty() && std::all_of(all.begin(), all.end(), no_resource))
    return set(document, PolicyType::resource, "it names no resource");
  set(document, PolicyType::identity, "it has no principal");
}

}  // namespace ecr6::policy
