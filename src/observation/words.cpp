#include <array>
#include <span>

#include "ecr6/observation/observation.hpp"

namespace ecr6 {

namespace {

// Each list is in the order of its enumeration: the enumerator is the index.
constexpr std::array<std::string_view, 4> requires_words{"ipv6", "migrate", "dual", "any"};
constexpr std::array<std::string_view, 5> trusts{"unknown", "system", "environment", "option", "lab"};
constexpr std::array<std::string_view, 6> pings{"answered",      "no_answer", "unreachable",
                                                "not_permitted", "failed",    "not_finished"};
constexpr std::array<std::string_view, 2> ping_sockets{"datagram", "raw"};
constexpr std::array<std::string_view, 6> metadata{"answered", "denied",      "not_metadata",
                                                   "timeout",  "unreachable", "not_finished"};

template <class Enum>
std::optional<Enum> find(std::span<const std::string_view> words, std::string_view word) {
  for (std::size_t i = 0; i < words.size(); ++i)
    if (words[i] == word) return static_cast<Enum>(i);
  return std::nullopt;
}

}  // namespace

std::string_view to_string(Require word) { return requires_words[static_cast<std::size_t>(word)]; }
std::string_view to_string(Trust word) { return trusts[static_cast<std::size_t>(word)]; }
std::string_view to_string(PingOutcome word) { return pings[static_cast<std::size_t>(word)]; }
std::string_view to_string(PingSocket word) { return ping_sockets[static_cast<std::size_t>(word)]; }
std::string_view to_string(MetadataOutcome word) { return metadata[static_cast<std::size_t>(word)]; }

template <>
std::optional<Require> word_from<Require>(std::string_view word) {
  return find<Require>(requires_words, word);
}
template <>
std::optional<Trust> word_from<Trust>(std::string_view word) {
  return find<Trust>(trusts, word);
}
template <>
std::optional<PingOutcome> word_from<PingOutcome>(std::string_view word) {
  return find<PingOutcome>(pings, word);
}
template <>
std::optional<PingSocket> word_from<PingSocket>(std::string_view word) {
  return find<PingSocket>(ping_sockets, word);
}
template <>
std::optional<MetadataOutcome> word_from<MetadataOutcome>(std::string_view word) {
  return find<MetadataOutcome>(metadata, word);
}

}  // namespace ecr6
