#include "ecr6/policy/document.hpp"

#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "reader.hpp"

namespace ecr6::policy {

namespace {

constexpr std::string_view elements[] = {"Sid",         "Effect",    "Action",       "NotAction", "Resource",
                                         "NotResource", "Principal", "NotPrincipal", "Condition"};

/// Reads one statement, member by member.
class StatementReader {
 public:
  StatementReader(const Source& source, Reporter& reporter) : source_{source}, reporter_{reporter} {}

  Statement read(std::uint32_t node, std::size_t index) {
    const std::size_t before = reporter_.count();
    statement_.index = index;
    statement_.span = source_.span(node);
    if (source_.at(node).kind != Kind::object) {
      reporter_.add(node, "expected a statement, an object");
    } else {
      reporter_.check_keys(node, false);
      for_each_member(source_.tree, node, [&](std::uint32_t key, std::uint32_t) { read_member(key); });
      check(node);
    }
    statement_.damaged = reporter_.count() != before;
    return std::move(statement_);
  }

 private:
  void read_member(std::uint32_t key) {
    const std::string name = source_.words(key);
    if (name == "Sid")
      statement_.sid = source_.words(key + 1);
    else if (name == "Effect")
      read_effect(key + 1);
    else if (name == "Action" || name == "NotAction")
      select(statement_.action, key, name == "NotAction");
    else if (name == "Resource" || name == "NotResource")
      select(statement_.resource, key, name == "NotResource");
    else if (name == "Principal" || name == "NotPrincipal")
      read_principal(key);
    else if (name == "Condition")
      statement_.condition = read_condition(source_, key + 1, reporter_);
    else
      reporter_.add(key, unknown_element(name));
  }

  static std::string unknown_element(std::string_view name) {
    for (const std::string_view element : elements)
      if (edit_distance(to_lower(name), to_lower(element)) <= 1)
        return fmt::format("unknown element \"{}\" in a statement; is \"{}\" meant?", name, element);
    return fmt::format("unknown element \"{}\" in a statement", name);
  }

  void read_effect(std::uint32_t node) {
    const std::string word = source_.words(node);
    has_effect_ = true;
    statement_.effect = word == "Deny" ? Effect::deny : Effect::allow;
    if (source_.at(node).kind != Kind::string || (word != "Allow" && word != "Deny"))
      reporter_.add(node, fmt::format(R"(expected "Allow" or "Deny" as effect, found {}; case counts)", quoted(node)));
  }

  std::string quoted(std::uint32_t node) const {
    const std::string_view raw = source_.text->slice(source_.span(node));
    return std::string{raw.substr(0, 40)} + (raw.size() > 40 ? "…" : "");
  }

  void select(Selection& selection, std::uint32_t key, bool negated) {
    if (selection.present && selection.negated != negated)
      reporter_.add(
          key, fmt::format("\"{}\" stands beside its opposite; a statement takes one of the two", source_.words(key)));
    selection.present = true;
    selection.negated = negated;
    selection.span = {source_.at(key).begin, source_.at(key + 1).end};
    selection.values = read_values(source_, key + 1, reporter_).values;
  }

  void read_principal(std::uint32_t key) {
    const bool negated = source_.words(key) == "NotPrincipal";
    if (statement_.principal.present && statement_.principal.negated != negated)
      reporter_.add(key, "\"Principal\" and \"NotPrincipal\" in one statement; it takes one of the two");
    statement_.principal = read_principals(source_, key, reporter_);
  }

  void check(std::uint32_t node) {
    if (!has_effect_) reporter_.add(node, "a statement without \"Effect\"");
    if (!statement_.action.present) reporter_.add(node, "a statement without \"Action\" or \"NotAction\"");
  }

  const Source& source_;
  Reporter& reporter_;
  Statement statement_;
  bool has_effect_{};
};

void read_version(const Source& source, std::uint32_t node, Document& document, Reporter& reporter) {
  const std::string version = source.words(node);
  document.variables = version == "2012-10-17";
  if (version != "2012-10-17" && version != "2008-10-17")
    reporter.add(node, "expected \"2012-10-17\" or \"2008-10-17\" as version");
}

void read_statements(const Source& source, std::uint32_t node, Document& document, Reporter& reporter) {
  document.statements_span = source.span(node);
  document.statement_array = source.at(node).kind == Kind::array;
  const auto add = [&](std::uint32_t item) {
    document.statements.push_back(StatementReader{source, reporter}.read(item, document.statements.size() + 1));
  };
  if (document.statement_array)
    for_each_item(source.tree, node, add);
  else
    add(node);
}

}  // namespace

Document read_document(const Source& source, std::uint32_t node) {
  Document document;
  document.text = source.text;
  document.span = source.span(node);
  Reporter reporter{source, document.problems};
  reporter.check_keys(node, false);
  for_each_member(source.tree, node, [&](std::uint32_t key, std::uint32_t value) {
    const std::string name = source.words(key);
    if (name == "Version")
      read_version(source, value, document, reporter);
    else if (name == "Statement")
      read_statements(source, value, document, reporter);
    else if (name != "Id")
      reporter.add(key, fmt::format("unknown element \"{}\" in a policy", name));
  });
  return document;
}

std::string_view to_string(PolicyType word) {
  constexpr std::string_view words[] = {"identity", "resource", "registry", "scp", "endpoint"};
  return words[static_cast<std::size_t>(word)];
}

std::string_view to_string(Effect word) { return word == Effect::allow ? "Allow" : "Deny"; }

}  // namespace ecr6::policy
