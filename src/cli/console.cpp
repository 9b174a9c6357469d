#include "console.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <system_error>

#include "ecr6/core/json.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::cli {

namespace {

constexpr std::size_t buffer_size = 64 * 1024;

/// 0, or the errno of the write that failed.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

}  // namespace

bool Console::print(std::string_view text) {
  if (error_ != 0) return false;
  pending_ += text;
  return pending_.size() < buffer_size || flush();
}

bool Console::flush() {
  if (error_ == 0) error_ = write_all(STDOUT_FILENO, pending_);
  pending_.clear();
  return error_ == 0;
}

void Console::complain(std::string_view message) const { note(fmt::format("ecr6: {}\n", printable(message))); }

void Console::note(std::string_view text) const { static_cast<void>(write_all(STDERR_FILENO, text)); }

bool Console::out_is_terminal() const { return ::isatty(STDOUT_FILENO) == 1; }
bool Console::err_is_terminal() const { return ::isatty(STDERR_FILENO) == 1; }

int Console::finish(int status) {
  if (flush()) return status;
  complain(fmt::format("cannot write to standard output: {}", std::generic_category().message(error_)));
  return exit_unknown;
}

int fail(Console& console, std::string_view sentence, bool as_json) {
  if (as_json) {
    const boost::json::object error{{"schema", "ecr6.error/1"}, {"error", repaired_utf8(sentence)}};
    console.print(to_text(error) + "\n");
  }
  console.complain(sentence);
  return exit_unknown;
}

}  // namespace ecr6::cli
