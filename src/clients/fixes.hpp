#pragma once

#include <string>
#include <string_view>

#include "ecr6/clients/survey.hpp"

/// The words of a fix: a command that does what it promises, or else an edit.
namespace ecr6::clients {

/// The text as one word of a POSIX shell.
[[nodiscard]] std::string shell_quoted(std::string_view text);

/// What sets a switch of a profile to true: `aws configure set`, where what that writes will count; an edit where the
/// CLI does not know the profile by this name, or another line would win over its own.
[[nodiscard]] std::string switch_on(const HomeSurvey& home, const std::string& profile, std::string_view key);

}  // namespace ecr6::clients
