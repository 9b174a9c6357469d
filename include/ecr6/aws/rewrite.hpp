#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ecr6/core/words.hpp"

namespace ecr6::aws {

/// What became of an ECR name in a text.
enum class Fate {
  rewritten,    ///< its dual-stack name is certain
  unconfirmed,  ///< nobody has confirmed its dual-stack name, or there is none
  uncertain,    ///< a template that leaves open which partition, and so which suffix, it becomes
  pattern,      ///< a wildcard: it wants the dual-stack one beside it, not in its place
  fragment,     ///< a piece of a name that the program puts together
  wrong,        ///< a spelling that exists nowhere, such as `api.ecr.<region>.api.aws`
  layers,       ///< a layer bucket: which one a dual-stack pull is sent to is not documented
};

/// An ECR name that leads to IPv4-only places, where it stands and what became of it. Only `rewritten` ones change.
struct Sighting {
  std::uint64_t offset{};  ///< bytes before it
  std::uint64_t line{1};
  std::uint64_t column{1};  ///< in bytes, as editors and grep count; a byte order mark does not count
  std::string text;         ///< as it stands there
  std::string replacement;  ///< empty unless rewritten
  Fate fate{};
  std::optional<Role> role;  ///< empty for fragments
  bool is_key{};             ///< a key of a JSON object: Docker's credentials, for one
  bool is_login{};           ///< on a line that logs in
};

[[nodiscard]] std::string_view to_string(Fate fate);
/// Why a name was left alone, and what to do about it: a sentence without full stop. Empty for `rewritten`.
[[nodiscard]] std::string_view reason(Fate fate);

/// Longest name with its templates, and how far around it is looked; beyond that nothing is recognised.
inline constexpr std::size_t longest_name = 1024;
inline constexpr std::size_t rewrite_reach = 4096;

/// Replaces today's ECR names in a text by their dual-stack names, and nothing else: every other byte goes through as
/// it came. A name counts only as a host (after a line start, white space, quote, `=`, `,`, `(`, `@`, a scheme), whole.
/// The text may come in pieces of any size; memory stays constant. Running it over its own output changes nothing.
class Rewriter {
 public:
  using Text = std::function<void(std::string_view)>;
  using Seen = std::function<void(const Sighting&)>;

  /// `text` gets the output, in order; it may be empty. `seen` gets each name, in order.
  Rewriter(Text text, Seen seen) : text_{std::move(text)}, seen_{std::move(seen)} {}

  void feed(std::string_view piece);
  /// After the last piece.
  void finish();

 private:
  void scan(bool last);
  void put(const struct Verdict& verdict);
  void count_lines(std::size_t end);
  void emit(std::size_t end);
  void forget(std::size_t end);

  Text text_;
  Seen seen_;
  std::string window_;     ///< input that may still matter
  std::uint64_t base_{};   ///< bytes before the window
  std::size_t scanned_{};  ///< positions are in the window from here on
  std::size_t emitted_{};
  std::size_t counted_{};
  std::uint64_t line_{1};
  std::uint64_t line_start_{};  ///< offset in the whole text
};

}  // namespace ecr6::aws
