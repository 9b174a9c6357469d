#include "text_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace ecr6::host {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

Problem cannot_read(const std::string& path, int error) {
  return problem(fmt::format("cannot read {}: {}", path, std::generic_category().message(error)));
}

}  // namespace

Expected<std::optional<std::string>> read_text_file(const std::string& path, std::size_t limit) {
  // Without O_NONBLOCK, opening a FIFO would wait for its writer.
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)};
  if (file.number() < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::optional<std::string>{};
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) return cannot_read(path, errno);
  if (!S_ISREG(status.st_mode)) return problem(fmt::format("{} is not a regular file", path));
  std::string text;
  std::array<char, std::size_t{16} * 1024> piece{};
  for (;;) {
    const ssize_t count = ::read(file.number(), piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return cannot_read(path, errno);
    if (count == 0) return std::optional{std::move(text)};
    text.append(piece.data(), static_cast<std::size_t>(count));
    if (text.size() > limit) return problem(fmt::format("{} is larger than {} bytes", path, limit));
  }
}

}  // namespace ecr6::host
