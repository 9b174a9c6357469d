#include <algorithm>
#include <vector>

#include "ecr6/core/text.hpp"
#include "ecr6/policy/document.hpp"
#include "guess.hpp"
#include "reader.hpp"

namespace ecr6::policy {

namespace {

constexpr int max_packings = 3;  // a string in a string in a string

bool starts_encoded(std::string_view text) { return equal_ignoring_case(text.substr(0, 3), "%7b"); }

/// Cheap first look at the inside of a JSON string: does it start like a document, and does it name statements?
bool may_hold_policy(std::string_view inside) {
  std::string_view head = inside;
  while (head.starts_with("\\n") || head.starts_with("\\r") || head.starts_with("\\t") || head.starts_with(" "))
    head.remove_prefix(head.front() == ' ' ? 1 : 2);
  const bool opens = head.starts_with("{") || head.starts_with("[") || starts_encoded(head);
  return opens && inside.find("Statement") != inside.npos;
}

class Finder {
 public:
  Finder(const std::string& file, std::optional<PolicyType> type) : file_{file}, type_{type} {}

  void read_text(const std::shared_ptr<const Text>& text, const Wrapper& around) {
    const std::string_view view = text->view();
    const auto blank = [&](std::size_t from) { return std::min(view.find_first_not_of(" \t\r\n", from), view.size()); };
    std::size_t at = blank(text->start());
    if (starts_encoded(view.substr(at))) return unpack(text, {at, view.size()}, Packing::url, around);
    while (at < view.size()) {
      const Source source{text, read_tree(view, at)};
      if (source.tree.error) {
        problem(*text, *source.tree.error);
        at = next_start(view, source.tree.error->offset);
      } else {
        visit(source, 0, around);
        at = blank(source.tree.end);
      }
    }
  }

  Contents contents;

 private:
  void problem(const Text& text, const TreeError& error) {
    contents.problems.push_back({text.place(error.offset), error.message});
  }

  /// After a broken document: the next line that begins one (JSON Lines, several documents).
  static std::size_t next_start(std::string_view view, std::size_t from) {
    for (auto line = view.find('\n', from); line != view.npos; line = view.find('\n', line + 1))
      if (line + 1 < view.size() && (view[line + 1] == '{' || view[line + 1] == '[')) return line + 1;
    return view.size();
  }

  void unpack(const std::shared_ptr<const Text>& text, Span span, Packing packing, const Wrapper& around) {
    if (packings_ == max_packings)
      return problem(*text, {span.begin, "a policy packed into too many layers of strings"});
    ++packings_;
    read_text(Text::unpacked(text, span, packing), around);
    --packings_;
  }

  void visit(const Source& source, std::uint32_t node, const Wrapper& around) {
    const Kind kind = source.at(node).kind;
    if (kind == Kind::string) return visit_string(source, node, around);
    if (kind == Kind::array)
      return for_each_item(source.tree, node, [&](std::uint32_t item) { visit(source, item, around); });
    if (kind != Kind::object) return;
    const auto statement = source.member(node, "Statement");
    if (statement && (node == 0 || is_structured(source.at(*statement).kind))) return add(source, node, around);
    for_each_member(source.tree, node, [&](std::uint32_t key, std::uint32_t value) {
      // A member that holds further objects is known by them, not by its own key.
      const bool list = source.at(value).kind == Kind::array;
      visit(source, value, list ? around : Wrapper{&source, node, source.words(key)});
    });
  }

  static bool is_structured(Kind kind) { return kind == Kind::object || kind == Kind::array; }

  void visit_string(const Source& source, std::uint32_t node, const Wrapper& around) {
    const Span inside{source.span(node).begin + 1, source.span(node).end - 1};
    if (may_hold_policy(source.text->slice(inside))) unpack(source.text, inside, Packing::json_string, around);
  }

  void add(const Source& source, std::uint32_t node, const Wrapper& around) {
    Document document = read_document(source, node);
    document.file = file_;
    document.type_given = type_.has_value();
    if (type_)
      document.type = *type_;
    else
      guess_type(document, around);
    contents.documents.push_back(std::move(document));
  }

  const std::string& file_;
  std::optional<PolicyType> type_;
  int packings_{};
};

}  // namespace

Contents read_policies(const std::string& file, std::shared_ptr<const Text> text, std::optional<PolicyType> type) {
  Finder finder{file, type};
  finder.read_text(text, {});
  return std::move(finder.contents);
}

}  // namespace ecr6::policy
