#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ecr6::policy {

/// What an operator compares.
enum class Comparison { ip, string, numeric, date, boolean, binary, arn, null };

enum class Quantifier { none, for_any_value, for_all_values };

/// A condition operator, taken apart: "ForAnyValue:NotIpAddressIfExists" is {ip, negated, for_any_value, if_exists}.
/// Source: IAM User Guide, "IAM JSON policy elements: Condition operators".
struct Operator {
  Comparison comparison{};
  std::string base;  ///< as AWS spells it, without quantifier and IfExists: "StringNotLike"
  bool negated{};
  bool if_exists{};
  Quantifier quantifier{};
  bool exact_case{true};  ///< spelled as AWS does; any other case is undocumented
};

/// Empty for a name that is no operator; `NullIfExists` is none, and neither is "ForAnyValue::StringEquals".
[[nodiscard]] std::optional<Operator> operator_from(std::string_view name);

}  // namespace ecr6::policy
