#include "paint.hpp"

#include <fmt/format.h>

#include <array>

namespace ecr6::report {

namespace {

// SGR parameters in the order of Tone.
constexpr std::array<std::string_view, 6> codes{"", "1", "32", "33", "31", "2"};

}  // namespace

std::string paint(std::string_view text, Tone tone, bool colour) {
  if (!colour || tone == Tone::plain || text.empty()) return std::string{text};
  return fmt::format("\x1b[{}m{}\x1b[0m", codes[static_cast<std::size_t>(tone)], text);
}

Tone tone_of(Reachability word) {
  constexpr std::array tones{Tone::faint, Tone::bad, Tone::bad, Tone::notice, Tone::good};
  return tones[static_cast<std::size_t>(word)];
}

Tone tone_of(Readiness word) {
  constexpr std::array tones{Tone::good, Tone::notice, Tone::bad, Tone::faint};
  return tones[static_cast<std::size_t>(word)];
}

Tone tone_of(Severity word) {
  constexpr std::array tones{Tone::plain, Tone::notice, Tone::bad};
  return tones[static_cast<std::size_t>(word)];
}

}  // namespace ecr6::report
