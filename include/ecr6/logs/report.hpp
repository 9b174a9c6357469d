#pragma once

#include <cstddef>
#include <string>

#include "ecr6/logs/summary.hpp"

namespace ecr6::logs {

struct TextOptions {
  std::size_t rows{10};  ///< of each table; 0 for all
};

/// The report for people: busiest first, what was not counted last. Text from the logs is escaped for the terminal.
[[nodiscard]] std::string render_text(const Input& input, const Summary& summary, TextOptions options);

/// The report as JSON, schema ecr6.logs/1, with a final newline. `exit_code` is what the program ends with.
[[nodiscard]] std::string render_json(const Input& input, const Summary& summary, int exit_code);

}  // namespace ecr6::logs
