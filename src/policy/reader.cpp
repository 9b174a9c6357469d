#include "reader.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "ecr6/core/text.hpp"

namespace ecr6::policy {

namespace {

constexpr std::size_t max_problems = 100;  // per document

std::string_view title(Kind kind) {
  switch (kind) {
    case Kind::object:
      return "an object";
    case Kind::array:
      return "an array";
    case Kind::key:
      return "a key";
    case Kind::string:
      return "a string";
    case Kind::number:
      return "a number";
    case Kind::boolean:
      return "true or false";
    case Kind::null:
      return "null";
  }
  return "";
}

bool is_function(const Source& source, std::uint32_t node) {
  if (source.at(node).kind != Kind::object || source.at(node).next == node + 1) return false;
  const std::string key = source.words(node + 1);
  return source.at(node + 2).next == source.at(node).next && (key == "Ref" || key.starts_with("Fn::"));
}

void read_value(const Source& source, std::uint32_t node, ValueList& list, Reporter& reporter) {
  const Kind kind = source.at(node).kind;
  if (is_function(source, node))
    list.values.push_back({"", source.span(node), true});
  else if (kind == Kind::string || kind == Kind::number || kind == Kind::boolean)
    list.values.push_back({source.words(node), source.span(node), false});
  else
    reporter.add(node, fmt::format("expected a string, found {}", title(kind)));
}

void read_keys(const Source& source, std::uint32_t op_key, Reporter& reporter, std::vector<ConditionEntry>& entries) {
  const auto op = operator_from(source.words(op_key));
  if (!op) return reporter.add(op_key, fmt::format("\"{}\" is no condition operator", source.words(op_key)));
  if (source.at(op_key + 1).kind != Kind::object)
    return reporter.add(op_key + 1, fmt::format("expected an object of condition keys under \"{}\", found {}",
                                                source.words(op_key), title(source.at(op_key + 1).kind)));
  reporter.check_keys(op_key + 1, true);
  const Span block{source.at(op_key).begin, source.at(op_key + 1).end};
  for_each_member(source.tree, op_key + 1, [&](std::uint32_t key, std::uint32_t value) {
    entries.push_back({*op, source.words(op_key), source.span(op_key), block, source.words(key), source.span(key),
                       read_values(source, value, reporter)});
  });
}

}  // namespace

std::string Source::words(std::uint32_t node) const {
  const Span whole = span(node);
  if (at(node).kind != Kind::string && at(node).kind != Kind::key) return std::string{text->slice(whole)};
  const Span inside{whole.begin + 1, whole.end - 1};
  const std::string_view raw = text->slice(inside);
  if (raw.find('\\') == raw.npos) return std::string{raw};
  return std::string{Text::unpacked(text, inside, Packing::json_string)->view()};
}

std::optional<std::uint32_t> Source::member(std::uint32_t object, std::string_view key) const {
  std::optional<std::uint32_t> found;
  if (at(object).kind != Kind::object) return found;
  for_each_member(tree, object, [&](std::uint32_t name, std::uint32_t value) {
    const std::string_view raw = text->slice({at(name).begin + 1, at(name).end - 1});
    const bool escaped = raw.find('\\') != raw.npos;  // rare; only then is it worth a copy
    if (!found && (escaped ? words(name) == key : raw == key)) found = value;
  });
  return found;
}

void Reporter::add(std::uint32_t node, std::string message) {
  ++count_;
  if (problems_.size() > max_problems) return;
  if (problems_.size() == max_problems) message = "more problems follow; these are enough to start with";
  problems_.push_back({source_.text->place(source_.at(node).begin), std::move(message)});
}

void Reporter::check_keys(std::uint32_t object, bool any_case) {
  std::unordered_map<std::string, std::uint32_t> seen;
  for_each_member(source_.tree, object, [&](std::uint32_t key, std::uint32_t) {
    const std::string name = source_.words(key);
    const auto [first, fresh] = seen.try_emplace(any_case ? to_lower(name) : name, key);
    if (fresh) return;
    const bool same = source_.words(first->second) == name;
    add(key, fmt::format(
                 "{} \"{}\": it already stands at line {}; JSON readers keep one of the two, and which is not defined",
                 same ? "duplicate key" : "duplicate key with different case", name,
                 to_text(source_.text->place(source_.at(first->second).begin))));
  });
}

ValueList read_values(const Source& source, std::uint32_t node, Reporter& reporter) {
  ValueList list;
  list.span = source.span(node);
  list.is_array = source.at(node).kind == Kind::array;
  if (!list.is_array)
    read_value(source, node, list, reporter);
  else
    for_each_item(source.tree, node, [&](std::uint32_t item) { read_value(source, item, list, reporter); });
  return list;
}

std::vector<ConditionEntry> read_condition(const Source& source, std::uint32_t node, Reporter& reporter) {
  std::vector<ConditionEntry> entries;
  if (source.at(node).kind != Kind::object) {
    reporter.add(node, fmt::format("expected an object under \"Condition\", found {}", title(source.at(node).kind)));
    return entries;
  }
  reporter.check_keys(node, false);
  for_each_member(source.tree, node,
                  [&](std::uint32_t key, std::uint32_t) { read_keys(source, key, reporter, entries); });
  return entries;
}

Principals read_principals(const Source& source, std::uint32_t key, Reporter& reporter) {
  const std::uint32_t node = key + 1;
  Principals principals;
  principals.present = true;
  principals.negated = source.words(key) == "NotPrincipal";
  principals.span = {source.at(key).begin, source.at(node).end};
  if (source.at(node).kind == Kind::object && !is_function(source, node)) {
    reporter.check_keys(node, false);
    principals.services_only = source.at(node).next > node + 1;
    for_each_member(source.tree, node, [&](std::uint32_t name, std::uint32_t value) {
      const std::string kind = source.words(name);
      principals.services_only = principals.services_only && kind == "Service";
      for (const Value& v : read_values(source, value, reporter).values)
        principals.everyone = principals.everyone || (kind == "AWS" && v.text == "*");
    });
    return principals;
  }
  for (const Value& value : read_values(source, node, reporter).values) {
    principals.everyone = principals.everyone || value.text == "*";
    if (!value.unresolved && value.text != "*")
      reporter.add(node, R"(expected "*" or an object such as {"AWS": …} as principal)");
  }
  return principals;
}

}  // namespace ecr6::policy
