#include <array>

#include "ecr6/observation/observation.hpp"

namespace ecr6 {

namespace {

// In the order of the enumeration: the enumerator is the index.
constexpr std::array<std::string_view, 4> requires_words{"ipv6", "migrate", "dual", "any"};

}  // namespace

std::string_view to_string(Require word) { return requires_words[static_cast<std::size_t>(word)]; }

template <>
std::optional<Require> word_from<Require>(std::string_view word) {
  for (std::size_t i = 0; i < requires_words.size(); ++i)
    if (requires_words[i] == word) return static_cast<Require>(i);
  return std::nullopt;
}

}  // namespace ecr6
