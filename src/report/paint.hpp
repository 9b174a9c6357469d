#pragma once

#include <string>
#include <string_view>

#include "ecr6/core/words.hpp"

namespace ecr6::report {

/// What a piece of text means to the eye. Never the only bearer of meaning: the words say the same.
enum class Tone { plain, strong, good, notice, bad, faint };

/// The text in ANSI colours, or as it is.
[[nodiscard]] std::string paint(std::string_view text, Tone tone, bool colour);

[[nodiscard]] Tone tone_of(Reachability word);
[[nodiscard]] Tone tone_of(Readiness word);
[[nodiscard]] Tone tone_of(Severity word);

}  // namespace ecr6::report
