#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/policy/operators.hpp"
#include "ecr6/policy/text.hpp"

namespace ecr6::policy {

/// What a policy is attached to; it decides what the policy can do.
enum class PolicyType {
  identity,  ///< to a user, group or role: grants and denies
  resource,  ///< to a repository: grants and denies, has principals
  registry,  ///< to the whole ECR registry
  scp,       ///< a service control policy; stands for everything that only caps: boundaries, session policies, RCPs
  endpoint,  ///< to a VPC endpoint: caps what comes through it
};

[[nodiscard]] std::string_view to_string(PolicyType word);

enum class Effect { allow, deny };

[[nodiscard]] std::string_view to_string(Effect word);

/// A string, number or boolean as text, and where it stands, quotes included.
struct Value {
  std::string text;
  Span span;
  bool unresolved{};  ///< a CloudFormation function ({"Ref": …}, {"Fn::Sub": …}); then `text` is empty
};

/// A scalar or an array.
struct ValueList {
  std::vector<Value> values;
  Span span;
  bool is_array{};
};

/// `Action` or `NotAction`, `Resource` or `NotResource`.
struct Selection {
  bool present{};
  bool negated{};
  Span span;  ///< key and value
  std::vector<Value> values;
};

/// `Principal` or `NotPrincipal`.
struct Principals {
  bool present{};
  bool negated{};
  bool everyone{};       ///< "*" or {"AWS": "*"}
  bool services_only{};  ///< nothing but {"Service": …}
  Span span;             ///< key and value
};

/// One key under one operator. All entries of a statement are ANDed.
struct ConditionEntry {
  Operator op;
  std::string operator_text;  ///< as written
  Span operator_span;
  Span block_span;  ///< the operator with everything under it
  std::string key;  ///< as written; compared without regard to case
  Span key_span;
  ValueList values;
};

struct Statement {
  std::size_t index{};  ///< 1-based
  Span span;
  std::optional<std::string> sid;
  Effect effect{};
  Selection action;
  Selection resource;
  Principals principal;
  std::vector<ConditionEntry> condition;
  bool damaged{};  ///< has a problem: what it does cannot be told
};

/// What is wrong, and where.
struct Problem {
  Place place;
  std::string message;
};

struct Document {
  std::string file;
  std::shared_ptr<const Text> text;  ///< every span of this document refers to it
  Span span;
  PolicyType type{};
  bool type_given{};
  std::string type_reason;  ///< what the type was guessed from
  bool variables{};         ///< Version 2012-10-17: `${aws:…}` is a variable and not just text
  Span statements_span;
  bool statement_array{};
  std::vector<Statement> statements;
  std::vector<Problem> problems;  ///< in the order of the text
};

/// Everything that one text holds.
struct Contents {
  std::vector<Document> documents;
  std::vector<Problem> problems;  ///< what could not be read at all
};

/// Every policy in a text: bare, several in a row, JSON Lines, and inside AWS CLI answers (as object, as escaped
/// string, percent-encoded). After a problem, reading goes on at the next line that starts a document. Never throws
/// over its input. Source: IAM User Guide, "Grammar of the IAM JSON policy language".
[[nodiscard]] Contents read_policies(const std::string& file, std::shared_ptr<const Text> text,
                                     std::optional<PolicyType> type = std::nullopt);

}  // namespace ecr6::policy
