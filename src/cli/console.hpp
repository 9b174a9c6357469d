#pragma once

#include <string>
#include <string_view>

namespace ecr6::cli {

/// The exit codes of every command: those of monitoring plugins.
enum Exit : int { exit_ok = 0, exit_warning = 1, exit_critical = 2, exit_unknown = 3 };

/// The program's three standard streams. Writes are checked: after the first one that fails nothing more is
/// written, and `finish` says so and turns the exit code into 3.
class Console {
 public:
  /// To standard output, buffered. False once a write has failed (closed pipe, full disk).
  bool print(std::string_view text);
  /// Pushes out what `print` holds back.
  bool flush();
  /// One line `ecr6: MESSAGE` to standard error, unbuffered and escaped for the terminal.
  void complain(std::string_view message) const;
  /// Raw text to standard error (progress).
  void note(std::string_view text) const;

  [[nodiscard]] bool out_is_terminal() const;
  [[nodiscard]] bool err_is_terminal() const;

  /// Flushes; the exit code, or 3 with a message when standard output could not be written.
  [[nodiscard]] int finish(int status);

 private:
  std::string pending_;
  int error_{};  ///< errno of the first failed write
};

/// Ends a command over bad usage or bad input: one sentence on stderr and exit 3; with `as_json`, the sentence also
/// goes to stdout as {"schema": "ecr6.error/1", "error": …}.
[[nodiscard]] int fail(Console& console, std::string_view sentence, bool as_json);

}  // namespace ecr6::cli
