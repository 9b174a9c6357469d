#include "input_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace ecr6::cli {

namespace {

constexpr std::size_t block = 256 * 1024;

/// Closes on every way out; standard input stays open.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : number_{path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)} {}
  ~Descriptor() {
    if (number_ > STDIN_FILENO) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

InputProblem failed(const std::string& name, int error) {
  return {fmt::format("cannot read {}: {}", name, std::generic_category().message(error))};
}

InputProblem too_large(const std::string& name, std::size_t most) {
  return {fmt::format("{}: larger than {} MiB; expected a run recorded with 'ecr6 check --json'", name, most >> 20)};
}

/// 0, or the errno of the read that failed. Stops once there is more than `most`.
int append_all(int descriptor, std::size_t most, std::string& text) {
  while (text.size() <= most) {
    const std::size_t before = text.size();
    text.resize(before + std::min(block, most + 1 - before));
    const ssize_t got = ::read(descriptor, text.data() + before, text.size() - before);
    const int error = got < 0 ? errno : 0;
    text.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (error != 0 && error != EINTR) return error;
    if (got == 0) return 0;
  }
  return 0;
}

}  // namespace

std::variant<std::string, InputProblem> read_input(const std::string& path, std::size_t most) {
  const std::string name = path == "-" ? "standard input" : path;
  const Descriptor descriptor{path};
  struct stat status {};
  if (descriptor.number() < 0 || ::fstat(descriptor.number(), &status) != 0) return failed(name, errno);
  if (S_ISDIR(status.st_mode)) return failed(name, EISDIR);
  if (S_ISREG(status.st_mode) && static_cast<std::size_t>(status.st_size) > most) return too_large(name, most);
  std::string text;
  if (const int error = append_all(descriptor.number(), most, text); error != 0) return failed(name, error);
  if (text.size() > most) return too_large(name, most);
  return text;
}

}  // namespace ecr6::cli
