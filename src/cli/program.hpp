#pragma once

#include <string>
#include <vector>

namespace ecr6::cli {

/// The whole program after argv: picks the command and runs it. The exit code is the process's.
[[nodiscard]] int run_program(const std::vector<std::string>& arguments);

}  // namespace ecr6::cli
