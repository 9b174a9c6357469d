#pragma once

#include <fmt/format.h>

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/core/words.hpp"

namespace ecr6::reading {

/// The most items that any array of a recorded run may have.
inline constexpr std::size_t max_items = 16'384;

/// The first thing that was wrong; reading goes on with defaults, its result is thrown away.
struct Problem {
  std::string sentence;
  [[nodiscard]] bool found() const { return !sentence.empty(); }
};

/// One value of the recorded run and where it stands. Lives no longer than its parent and the parsed text.
class Node {
 public:
  Node(const boost::json::value& root, Problem& problem) : value_{&root}, problem_{&problem} {}

  /// The member of that name; absent when there is none. Complains when this is not an object.
  [[nodiscard]] Node field(std::string_view key) const;
  /// Missing or null.
  [[nodiscard]] bool absent() const;
  /// How many items this array has. Complains, and gives 0, when it is no array or a too long one.
  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] Node item(std::size_t index) const;

  /// Reads into `target`, which keeps its value when this is absent.
  template <class T>
  void into(T& target) const {
    if (!absent()) load(*this, target);
  }
  /// The same where the value has to be there.
  template <class T>
  void must(T& target, std::string_view expected) const {
    if (absent()) return complain(expected);
    load(*this, target);
  }

  [[nodiscard]] const boost::json::value* value() const { return value_; }
  [[nodiscard]] bool failed() const { return problem_->found(); }
  /// "/endpoints/0/port: expected EXPECTED, found …". Only the first complaint is kept.
  void complain(std::string_view expected) const;

 private:
  [[nodiscard]] std::string pointer() const;
  [[nodiscard]] std::string found() const;

  const boost::json::value* value_;
  Problem* problem_;
  const Node* parent_{};
  std::string_view key_;
  std::size_t index_{};
};

void load(const Node& node, bool& target);
void load(const Node& node, std::string& target);
void load(const Node& node, int& target);
void load(const Node& node, std::uint16_t& target);
void load(const Node& node, std::uint32_t& target);
void load(const Node& node, std::uint64_t& target);
/// Milliseconds.
void load(const Node& node, Duration& target);
/// RFC 3339.
void load(const Node& node, Moment& target);
void load(const Node& node, Address& target);
void load(const Node& node, Family& target);

/// A word of one of the closed vocabularies.
template <class Word>
requires std::is_enum_v<Word>
void load(const Node& node, Word& target) {
  std::string text;
  load(node, text);
  if (const auto word = word_from<Word>(text))
    target = *word;
  else
    node.complain("a word that this version knows");
}

template <class T>
void load(const Node& node, std::optional<T>& target) {
  load(node, target.emplace());
}

template <class T>
void load(const Node& node, std::vector<T>& target) {
  const std::size_t size = node.size();
  for (std::size_t i = 0; i < size && !node.failed(); ++i) {
    const Node item = node.item(i);
    item.must(target.emplace_back(), "a value");
  }
}

}  // namespace ecr6::reading
