#include "node.hpp"

#include <boost/json.hpp>
#include <limits>

#include "ecr6/core/text.hpp"

namespace ecr6::reading {

namespace json = boost::json;

namespace {

constexpr std::size_t longest_quote = 60;

std::string quoted(std::string_view text) {
  const bool whole = text.size() <= longest_quote;
  return fmt::format("\"{}\"{}", printable(text.substr(0, longest_quote)), whole ? "" : "…");
}

template <class Whole>
void load_whole(const Node& node, Whole& target, Whole lowest) {
  boost::system::error_code error;
  const Whole number = node.value()->to_number<Whole>(error);
  if (!error && number >= lowest)
    target = number;
  else
    node.complain(fmt::format("a whole number from {} to {}", lowest, std::numeric_limits<Whole>::max()));
}

}  // namespace

Node Node::field(std::string_view key) const {
  Node child = *this;
  child.parent_ = this;
  child.key_ = key;
  child.value_ = nullptr;
  if (absent()) return child;
  if (const auto* object = value_->if_object())
    child.value_ = object->if_contains(key);
  else
    complain("an object");
  return child;
}

bool Node::absent() const { return value_ == nullptr || value_->is_null(); }

std::size_t Node::size() const {
  const auto* array = absent() ? nullptr : value_->if_array();
  if (array != nullptr && array->size() <= max_items) return array->size();
  complain(array == nullptr ? "an array" : fmt::format("an array of at most {} items", max_items));
  return 0;
}

Node Node::item(std::size_t index) const {
  Node child = *this;
  child.parent_ = this;
  child.key_ = {};
  child.index_ = index;
  child.value_ = &value_->get_array()[index];
  return child;
}

std::string Node::pointer() const {
  if (parent_ == nullptr) return {};
  return parent_->pointer() + "/" + (key_.empty() ? std::to_string(index_) : std::string{key_});
}

std::string Node::found() const {
  if (value_ == nullptr) return "nothing";
  if (const auto* text = value_->if_string()) return quoted(*text);
  if (value_->is_object()) return "an object";
  if (value_->is_array()) return fmt::format("an array of {}", value_->get_array().size());
  return json::serialize(*value_);
}

void Node::complain(std::string_view expected) const {
  if (problem_->found()) return;
  const std::string place = pointer();
  problem_->sentence = fmt::format("{}: expected {}, found {}", place.empty() ? "/" : place, expected, found());
}

void load(const Node& node, bool& target) {
  if (const bool* truth = node.value()->if_bool())
    target = *truth;
  else
    node.complain("true or false");
}

void load(const Node& node, std::string& target) {
  if (const auto* text = node.value()->if_string())
    target.assign(text->data(), text->size());
  else
    node.complain("a string");
}

void load(const Node& node, int& target) { load_whole(node, target, std::numeric_limits<int>::min()); }
void load(const Node& node, std::uint16_t& target) { load_whole(node, target, std::uint16_t{0}); }
void load(const Node& node, std::uint32_t& target) { load_whole(node, target, std::uint32_t{0}); }
void load(const Node& node, std::uint64_t& target) { load_whole(node, target, std::uint64_t{0}); }

void load(const Node& node, Duration& target) {
  boost::system::error_code error;
  const double milliseconds = node.value()->to_number<double>(error);
  if (error || !(milliseconds >= 0)) return node.complain("a number of milliseconds, 0 or more");
  target = from_ms(milliseconds);
}

void load(const Node& node, Moment& target) {
  const auto* text = node.value()->if_string();
  if (const auto moment = text == nullptr ? std::nullopt : from_rfc3339(*text))
    target = *moment;
  else
    node.complain("a time such as \"2026-08-22T15:17:05Z\"");
}

void load(const Node& node, Address& target) {
  const auto* text = node.value()->if_string();
  if (const auto address = text == nullptr ? std::nullopt : Address::parse(*text))
    target = *address;
  else
    node.complain("an IPv6 or IPv4 address without zone");
}

void load(const Node& node, Family& target) {
  const auto* text = node.value()->if_string();
  if (const auto family = text == nullptr ? std::nullopt : family_from(*text))
    target = *family;
  else
    node.complain("\"ipv6\" or \"ipv4\"");
}

}  // namespace ecr6::reading
