#include "ecr6/policy/scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ecr6/core/text.hpp"
#include "glob.hpp"

namespace ecr6::policy {

namespace {

constexpr std::array all_actions{
    Action{"ecr:GetAuthorizationToken", "login", true},
    Action{"ecr:BatchCheckLayerAvailability", "pull", false},
    Action{"ecr:GetDownloadUrlForLayer", "pull", false},
    Action{"ecr:BatchGetImage", "pull", false},
    Action{"ecr:InitiateLayerUpload", "push", false},
    Action{"ecr:UploadLayerPart", "push", false},
    Action{"ecr:CompleteLayerUpload", "push", false},
    Action{"ecr:PutImage", "push", false},
    Action{"ecr-public:GetAuthorizationToken", "public_login", true},
    Action{"sts:GetServiceBearerToken", "public_login", true},
    Action{"ecr-public:BatchCheckLayerAvailability", "public_push", false},
    Action{"ecr-public:InitiateLayerUpload", "public_push", false},
    Action{"ecr-public:UploadLayerPart", "public_push", false},
    Action{"ecr-public:CompleteLayerUpload", "public_push", false},
    Action{"ecr-public:PutImage", "public_push", false},
};

constexpr std::string_view partitions[] = {"aws",     "aws-cn",    "aws-us-gov", "aws-eusc",
                                           "aws-iso", "aws-iso-b", "aws-iso-e",  "aws-iso-f"};

std::string_view service_of(std::string_view action) { return action.substr(0, action.find(':')); }

bool any_value(const Selection& selection, const auto& predicate) {
  return std::any_of(selection.values.begin(), selection.values.end(), predicate);
}

/// An unresolved value might be anything, so it is taken to match where that makes a statement apply.
bool selects(const Selection& selection, std::string_view action) {
  const auto named = [&](const Value& v) { return v.unresolved ? !selection.negated : glob_matches(v.text, action); };
  return any_value(selection, named) != selection.negated;
}

/// Whether a resource pattern can name something of a service, in any partition; `*` can.
bool may_name(const Value& resource, std::string_view service) {
  if (resource.unresolved) return true;
  return std::any_of(std::begin(partitions), std::end(partitions), [&](std::string_view partition) {
    return globs_overlap(resource.text, fmt::format("arn:{}:{}:*", partition, service));
  });
}

/// Whether a resource pattern names everything that a service has in some partition. The control characters stand for
/// any region, account and name: only a wildcard can match them.
bool names_all(const Value& resource, std::string_view service) {
  return std::any_of(std::begin(partitions), std::end(partitions), [&](std::string_view partition) {
    return glob_matches(resource.text, fmt::format("arn:{}:{}:\x01:\x01:repository/\x01/\x01", partition, service));
  });
}

bool is_star(const Value& value) { return !value.text.empty() && value.text.find_first_not_of('*') == value.text.npos; }

Truth named_repositories(const Selection& resource) {
  std::string names;
  for (const Value& value : resource.values) {
    if (names.size() > 200) break;
    names += (names.empty() ? "" : ", ") + (value.unresolved ? std::string{"a template function"} : value.text);
  }
  return {Verdict::depends, {fmt::format("{} {}", resource.negated ? "NotResource" : "Resource", names)}};
}

Truth resource_truth(const Selection& resource, std::string_view service, bool account_level) {
  if (!resource.present) return Truth::of(true);
  const auto full = [&](const Value& v) { return is_star(v) || (!account_level && names_all(v, service)); };
  const auto some = [&](const Value& v) {
    return v.unresolved || is_star(v) || (!account_level && may_name(v, service));
  };
  if (any_value(resource, full)) return Truth::of(!resource.negated);
  if (any_value(resource, some)) return named_repositories(resource);
  return Truth::of(resource.negated);
}

/// Whether a statement selects anything of a service beside the actions in the table.
bool touches_service(const Statement& statement, std::string_view service) {
  const std::string everything = fmt::format("{}:*", service);
  const std::string something = fmt::format("{}:\x01", service);
  const auto overlaps = [&](const Value& v) { return v.unresolved || globs_overlap(v.text, everything); };
  const auto all = [&](const Value& v) { return glob_matches(v.text, something); };
  const bool action =
      statement.action.negated ? !any_value(statement.action, all) : any_value(statement.action, overlaps);
  if (!action) return false;
  return resource_truth(statement.resource, service, false).verdict != Verdict::no ||
         resource_truth(statement.resource, service, true).verdict != Verdict::no;
}

using Texts = std::vector<std::string>;

Texts sorted_texts(const std::vector<Value>& values) {
  Texts texts;
  for (const Value& value : values) texts.push_back(value.text);
  std::sort(texts.begin(), texts.end());
  return texts;
}

bool selection_covers(const Selection& wide, const Selection& narrow) {
  if (!wide.present) return true;
  if (!wide.negated && any_value(wide, is_star)) return true;
  if (wide.negated || narrow.negated)
    return wide.negated == narrow.negated && sorted_texts(wide.values) == sorted_texts(narrow.values);
  // A star inside the narrow pattern is just a character here: only a pattern at least as wide matches it.
  const auto named = [&](const Value& n) {
    return any_value(wide,
                     [&](const Value& w) { return !w.unresolved && !n.unresolved && glob_matches(w.text, n.text); });
  };
  return narrow.present && std::all_of(narrow.values.begin(), narrow.values.end(), named);
}

std::string without_space(std::string_view raw) {
  std::string out;
  for (const char c : raw)
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n') out += c;
  return out;
}

bool principals_cover(const Document& document, const Principals& wide, const Principals& narrow) {
  if (!wide.present || (wide.everyone && !wide.negated)) return true;
  return without_space(document.text->slice(wide.span)) == without_space(document.text->slice(narrow.span));
}

bool about_address(const ConditionEntry& entry) {
  return equal_ignoring_case(entry.key, "aws:SourceIp") || equal_ignoring_case(entry.key, "aws:VpcSourceIp");
}

bool same(const ConditionEntry& left, const ConditionEntry& right) {
  return left.operator_text == right.operator_text && equal_ignoring_case(left.key, right.key) &&
         sorted_texts(left.values.values) == sorted_texts(right.values.values);
}

/// Every further condition of `wide` is also one of `narrow`.
bool conditions_cover(const Statement& wide, const Statement& narrow) {
  return std::all_of(wide.condition.begin(), wide.condition.end(), [&](const ConditionEntry& w) {
    return about_address(w) || std::any_of(narrow.condition.begin(), narrow.condition.end(),
                                           [&](const ConditionEntry& n) { return same(w, n); });
  });
}

}  // namespace

std::span<const Action> actions() { return all_actions; }

bool governs(PolicyType type, const Action& action) {
  if (type == PolicyType::resource) return !action.account_level;
  if (type == PolicyType::registry) return service_of(action.name) == "ecr";
  return true;
}

Truth applies_to(const Statement& statement, const Action& action) {
  if (!selects(statement.action, action.name)) return Truth::of(false);
  return resource_truth(statement.resource, service_of(action.name), action.account_level);
}

Truth applies_to_caller(const Statement& statement) {
  const Principals& principal = statement.principal;
  if (!principal.present) return Truth::of(true);
  if (principal.everyone) return Truth::of(!principal.negated);
  if (principal.services_only) return Truth::of(principal.negated);
  return {Verdict::depends, {principal.negated ? "NotPrincipal" : "Principal"}};
}

std::vector<std::string_view> reach(const Statement& statement, PolicyType type) {
  std::vector<std::string_view> groups;
  for (const Action& action : all_actions) {
    if (!groups.empty() && groups.back() == action.group) continue;
    if (governs(type, action) && applies_to(statement, action).verdict != Verdict::no) groups.push_back(action.group);
  }
  if (touches_service(statement, "ecr") || touches_service(statement, "ecr-public")) groups.emplace_back("other");
  return groups;
}

bool covers(const Document& document, const Statement& wide, const Statement& narrow) {
  return !wide.damaged && selection_covers(wide.action, narrow.action) &&
         selection_covers(wide.resource, narrow.resource) &&
         principals_cover(document, wide.principal, narrow.principal) && conditions_cover(wide, narrow);
}

}  // namespace ecr6::policy
