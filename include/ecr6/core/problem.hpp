#pragma once

#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace ecr6 {

/// Why an input was not accepted: one sentence for a human, without final full stop. It names what was given, what
/// was expected and what to do; it may quote the input, so printable() comes before a terminal.
struct Problem {
  std::string sentence;

  // Not an aggregate: C++20 would let any string become a Problem, and Expected<std::string> ambiguous.
  Problem() = default;
  friend bool operator==(const Problem&, const Problem&) = default;
};

[[nodiscard]] inline Problem problem(std::string sentence) {
  Problem made;
  made.sentence = std::move(sentence);
  return made;
}

/// A value, or the problem that stands in its way. Test it as a bool, then use `*x`, `x->` or `x.error()`.
template <class T>
using Expected = boost::system::result<T, Problem>;

}  // namespace ecr6
