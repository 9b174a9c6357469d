#pragma once

#include <string>
#include <system_error>

namespace ecr6::cli {

/// What the system calls an errno: "Permission denied".
[[nodiscard]] inline std::string words_of(int error) { return std::generic_category().message(error); }

}  // namespace ecr6::cli
