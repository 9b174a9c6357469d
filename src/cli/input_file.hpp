#pragma once

#include <cstddef>
#include <string>
#include <variant>

namespace ecr6::cli {

struct InputProblem {
  std::string sentence;  ///< names the file
};

/// The whole of a file, or of standard input for "-". Reads no more than `most` bytes: a larger one is refused, a
/// regular file before anything is read.
[[nodiscard]] std::variant<std::string, InputProblem> read_input(const std::string& path, std::size_t most);

}  // namespace ecr6::cli
