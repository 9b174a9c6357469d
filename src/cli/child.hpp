#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace ecr6::cli {

/// What became of a command that was run through the shell.
struct ChildResult {
  enum class End { exited, signalled, timed_out, not_started };
  End end{End::not_started};
  int code{};       ///< exit status, signal number, or errno of not_started
  std::string out;  ///< its standard output, at most ChildLimits::bytes
  std::string err;  ///< its standard error, at most ChildLimits::bytes
  bool cut{};       ///< more came than was kept; it was read and thrown away
};

struct ChildLimits {
  std::chrono::milliseconds time{std::chrono::seconds{10}};
  std::size_t bytes{std::size_t{4} << 20};
};

/// Runs `sh -c COMMAND` with `input` on its standard input. When the time is over, it and what it started (its process
/// group) are killed. A command that does not read all its input is no error. Ctrl-C ends the command, then ecr6.
[[nodiscard]] ChildResult run_shell(const std::string& command, std::string_view input, const ChildLimits& limits);

}  // namespace ecr6::cli
