#pragma once

#include <string>
#include <vector>

#include "ecr6/policy/audit.hpp"
#include "ecr6/policy/document.hpp"

/// Documents for the tests, written as short as they can be.
namespace ecr6::policy::samples {

inline Contents read(std::string text, std::optional<PolicyType> type = std::nullopt) {
  return read_policies("test.json", Text::of_file(std::move(text)), type);
}

/// The one document of a text.
inline Document document(std::string text, std::optional<PolicyType> type = std::nullopt) {
  Contents contents = read(std::move(text), type);
  return contents.documents.empty() ? Document{} : std::move(contents.documents.front());
}

/// An identity policy of one statement on every ECR action; `condition` is the inside of its Condition object.
inline std::string statement(const std::string& effect, const std::string& condition) {
  return R"({"Effect":")" + effect + R"(","Action":"ecr:*","Resource":"*","Condition":{)" + condition + "}}";
}
inline std::string policy(const std::string& effect, const std::string& condition) {
  return R"({"Version":"2012-10-17","Statement":)" + statement(effect, condition) + "}";
}

inline bool has(const std::vector<Finding>& findings, std::string_view id) {
  for (const Finding& finding : findings)
    if (finding.id == id) return true;
  return false;
}

}  // namespace ecr6::policy::samples
