#include "ecr6/policy/operators.hpp"

#include "ecr6/core/text.hpp"

namespace ecr6::policy {

namespace {

struct Base {
  std::string_view name;
  Comparison comparison;
  bool negated;
};

constexpr Base bases[] = {
    {"IpAddress", Comparison::ip, false},
    {"NotIpAddress", Comparison::ip, true},
    {"StringEquals", Comparison::string, false},
    {"StringNotEquals", Comparison::string, true},
    {"StringEqualsIgnoreCase", Comparison::string, false},
    {"StringNotEqualsIgnoreCase", Comparison::string, true},
    {"StringLike", Comparison::string, false},
    {"StringNotLike", Comparison::string, true},
    {"NumericEquals", Comparison::numeric, false},
    {"NumericNotEquals", Comparison::numeric, true},
    {"NumericLessThan", Comparison::numeric, false},
    {"NumericLessThanEquals", Comparison::numeric, false},
    {"NumericGreaterThan", Comparison::numeric, false},
    {"NumericGreaterThanEquals", Comparison::numeric, false},
    {"DateEquals", Comparison::date, false},
    {"DateNotEquals", Comparison::date, true},
    {"DateLessThan", Comparison::date, false},
    {"DateLessThanEquals", Comparison::date, false},
    {"DateGreaterThan", Comparison::date, false},
    {"DateGreaterThanEquals", Comparison::date, false},
    {"Bool", Comparison::boolean, false},
    {"BinaryEquals", Comparison::binary, false},
    {"ArnEquals", Comparison::arn, false},
    {"ArnNotEquals", Comparison::arn, true},
    {"ArnLike", Comparison::arn, false},
    {"ArnNotLike", Comparison::arn, true},
    {"Null", Comparison::null, false},
};

/// Takes `affix` off; notes when only the case differs.
bool take_prefix(std::string_view& name, std::string_view affix, bool& exact) {
  if (!equal_ignoring_case(name.substr(0, affix.size()), affix)) return false;
  exact = exact && name.starts_with(affix);
  name.remove_prefix(affix.size());
  return true;
}

bool take_suffix(std::string_view& name, std::string_view affix, bool& exact) {
  if (name.size() < affix.size() || !equal_ignoring_case(name.substr(name.size() - affix.size()), affix)) return false;
  exact = exact && name.ends_with(affix);
  name.remove_suffix(affix.size());
  return true;
}

}  // namespace

std::optional<Operator> operator_from(std::string_view name) {
  Operator found;
  if (take_prefix(name, "ForAnyValue:", found.exact_case))
    found.quantifier = Quantifier::for_any_value;
  else if (take_prefix(name, "ForAllValues:", found.exact_case))
    found.quantifier = Quantifier::for_all_values;
  found.if_exists = take_suffix(name, "IfExists", found.exact_case);
  for (const Base& base : bases) {
    if (!equal_ignoring_case(name, base.name)) continue;
    if (base.comparison == Comparison::null && found.if_exists) return std::nullopt;
    found.comparison = base.comparison;
    found.base = base.name;
    found.negated = base.negated;
    found.exact_case = found.exact_case && name == base.name;
    return found;
  }
  return std::nullopt;
}

}  // namespace ecr6::policy
