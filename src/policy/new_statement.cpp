#include "new_statement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "ecr6/core/text.hpp"

namespace ecr6::policy {

namespace {

std::string in_quotes(std::string_view text) { return boost::json::serialize(text); }

/// The white space that the line of a byte starts with.
std::string indentation(std::string_view text, std::size_t offset) {
  const auto line = offset == 0 ? text.npos : text.rfind('\n', offset - 1);
  const std::size_t begin = line == text.npos ? 0 : line + 1;
  const auto end = std::min(text.find_first_not_of(" \t", begin), offset);
  return std::string{text.substr(begin, end - begin)};
}

/// How a statement is laid out.
struct Layout {
  std::string newline;  ///< empty when it stands on one line
  std::string indent;   ///< of its brackets
  std::string step;     ///< what its members are indented by beyond that

  [[nodiscard]] std::string at(int level) const {
    if (newline.empty()) return "";
    std::string out = newline + indent;
    for (int i = 0; i < level; ++i) out += step;
    return out;
  }
  [[nodiscard]] std::string comma(int level) const { return newline.empty() ? ", " : "," + at(level); }
};

Layout layout_of(const Document& document, const Statement& statement) {
  const std::string_view view = document.text->view();
  const std::string_view own = document.text->slice(statement.span);
  const auto first = own.find_first_not_of(" \t\r\n", 1);
  const auto line = own.substr(0, first).rfind('\n');
  if (line == own.npos) return {};
  Layout layout;
  layout.newline = line > 0 && own[line - 1] == '\r' ? "\r\n" : "\n";
  layout.indent = indentation(view, statement.span.begin);
  const std::string member = indentation(view, statement.span.begin + first);
  layout.step = member.starts_with(layout.indent) ? member.substr(layout.indent.size()) : "  ";
  return layout;
}

/// Operators in order, each with its members as JSON text.
using Operators = std::vector<std::pair<std::string, std::vector<std::string>>>;

void add(Operators& operators, const std::string& name, std::string member) {
  const auto known = std::find_if(operators.begin(), operators.end(), [&](const auto& op) { return op.first == name; });
  if (known != operators.end())
    known->second.push_back(std::move(member));
  else
    operators.push_back({name, {std::move(member)}});
}

std::string prefix_list(const std::vector<Prefix>& prefixes) {
  std::vector<std::string> quoted;
  for (const Prefix& prefix : prefixes) quoted.push_back(in_quotes(prefix.to_string()));
  return quoted.size() == 1 ? quoted.front() : "[" + join(quoted, ", ") + "]";
}

Operators operators_of(const Document& document, const Statement& model, Path path, const std::vector<Prefix>& known) {
  Operators operators;
  for (const ConditionEntry& entry : model.condition) {
    if (carries_address(entry.key, path)) continue;
    const Span member{entry.key_span.begin, entry.values.span.end};
    add(operators, entry.operator_text, std::string{document.text->slice(member)});
  }
  const std::string key = in_quotes(path == Path::internet ? "aws:SourceIp" : "aws:VpcSourceIp");
  add(operators, "IpAddress", key + ": \"::/0\"");
  add(operators, "NotIpAddress", key + ": " + prefix_list(known));
  return operators;
}

std::string condition(const Operators& operators, const Layout& layout) {
  std::string out = "\"Condition\": {" + layout.at(2);
  for (std::size_t i = 0; i < operators.size(); ++i) {
    const auto& [name, members] = operators[i];
    if (i > 0) out += layout.comma(2);
    out += in_quotes(name) + ": {" + layout.at(3) + join(members, layout.comma(3)) + layout.at(2) + "}";
  }
  return out + layout.at(1) + "}";
}

}  // namespace

std::string deny_unknown_ipv6(const Document& document, const Shift& shift, const std::string& sid,
                              const std::vector<Prefix>& known) {
  const Statement& model = document.statements[shift.statement];
  const Layout layout = layout_of(document, model);
  std::vector<std::string> members;
  if (!sid.empty()) members.push_back("\"Sid\": " + in_quotes(sid));
  members.push_back("\"Effect\": \"Deny\"");
  if (model.principal.present) members.emplace_back(document.text->slice(model.principal.span));
  members.emplace_back(document.text->slice(model.action.span));
  if (model.resource.present) members.emplace_back(document.text->slice(model.resource.span));
  members.push_back(condition(operators_of(document, model, shift.path, known), layout));
  return "{" + layout.at(1) + join(members, layout.comma(1)) + layout.at(0) + "}";
}

std::string fresh_sid(const std::string& base, std::unordered_set<std::string>& taken) {
  std::string sid = base + "IPv6";
  for (int i = 2; !taken.insert(sid).second; ++i) sid = fmt::format("{}IPv6{}", base, i);
  return sid;
}

std::string separator_after(const Document& document, const Statement& model) {
  return layout_of(document, model).comma(0);
}

}  // namespace ecr6::policy
