#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/policy/document.hpp"
#include "tree.hpp"

namespace ecr6::policy {

/// A tree and the text it was read from: what the tokens say.
struct Source {
  std::shared_ptr<const Text> text;
  Tree tree;

  [[nodiscard]] const Node& at(std::uint32_t node) const { return tree.nodes[node]; }
  [[nodiscard]] Span span(std::uint32_t node) const { return {at(node).begin, at(node).end}; }
  /// A string or key without its quotes and escapes; any other token as it is written.
  [[nodiscard]] std::string words(std::uint32_t node) const;
  /// The value of a key of an object; empty when it has none.
  [[nodiscard]] std::optional<std::uint32_t> member(std::uint32_t object, std::string_view key) const;
};

/// The policy whose object is at `node`; what is wrong with it is among its problems.
[[nodiscard]] Document read_document(const Source& source, std::uint32_t node);

/// Collects problems; knows where things stand.
class Reporter {
 public:
  Reporter(const Source& source, std::vector<Problem>& problems) : source_{source}, problems_{problems} {}

  void add(std::uint32_t node, std::string message);
  /// Names each key of an object that stands there twice. `any_case`: also keys that differ only in case.
  void check_keys(std::uint32_t object, bool any_case);
  /// How many problems there were, those beyond the bound on the list included.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  const Source& source_;
  std::vector<Problem>& problems_;
  std::size_t count_{};
};

[[nodiscard]] ValueList read_values(const Source& source, std::uint32_t node, Reporter& reporter);
[[nodiscard]] std::vector<ConditionEntry> read_condition(const Source& source, std::uint32_t node, Reporter& reporter);
[[nodiscard]] Principals read_principals(const Source& source, std::uint32_t key, Reporter& reporter);

}  // namespace ecr6::policy
