#include "rewrite_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <system_error>

#include "error_words.hpp"

namespace ecr6::cli {

namespace {

constexpr std::size_t block = 256 * 1024;

std::string behind_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> found{::realpath(path.c_str(), nullptr), &std::free};
  return found ? std::string{found.get()} : path;
}

}  // namespace

bool is_binary(std::string_view head) { return head.substr(0, binary_head).find('\0') != head.npos; }

std::optional<std::string> read_blocks(const std::string& path, const std::function<bool(std::string_view)>& take) {
  const int descriptor = path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (descriptor < 0) return "cannot be opened: " + words_of(errno);
  const auto buffer = std::make_unique<char[]>(block);
  int error = 0;
  bool wanted = true;
  std::size_t filled = 0;
  std::size_t least = binary_head;  // pipes give less at once
  while (wanted && error == 0) {
    const ssize_t got = ::read(descriptor, buffer.get() + filled, block - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) error = errno;
    filled += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    if (got > 0 && filled < least) continue;
    if (filled > 0) wanted = take({buffer.get(), filled});
    wanted = wanted && got > 0;
    filled = 0;
    least = 1;
  }
  if (descriptor != STDIN_FILENO) ::close(descriptor);
  return error == 0 ? std::nullopt : std::optional{"cannot be read: " + words_of(error)};
}

std::optional<std::string> unchangeable(const std::string& path) {
  if (path == "-") return "standard input cannot be changed in place; leave out --in-place";
  struct stat status {};
  const bool other = ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  return other ? std::optional<std::string>{"is no regular file; it cannot be changed in place"} : std::nullopt;
}

Replacement::Replacement(const std::string& path) : path_{behind_links(path)} {
  struct stat status {};
  if (::stat(path_.c_str(), &status) != 0) {
    error_ = errno;
    return;
  }
  if (!S_ISREG(status.st_mode)) {
    error_ = EINVAL;
    return;
  }
  // A name of its own, for the old one may be as long as names can be.
  const std::string beside = fmt::format("{}/.ecr6-{}.tmp", path_.substr(0, path_.rfind('/')), ::getpid());
  descriptor_ = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0) {
    error_ = errno;
    return;
  }
  beside_ = beside;
  struct stat mine {};
  const bool owned = ::fstat(descriptor_, &mine) == 0 && mine.st_uid == status.st_uid && mine.st_gid == status.st_gid;
  if (!owned && ::fchown(descriptor_, status.st_uid, status.st_gid) != 0) error_ = errno;
  mode_ = status.st_mode & 07777;
}

Replacement::~Replacement() {
  if (descriptor_ >= 0) ::close(descriptor_);
  if (!beside_.empty()) ::unlink(beside_.c_str());
}

void Replacement::write(std::string_view text) {
  pending_ += text;
  if (pending_.size() >= block) flush();
}

void Replacement::flush() {
  std::string_view rest = pending_;
  while (!rest.empty() && error_ == 0) {
    const ssize_t written = ::write(descriptor_, rest.data(), rest.size());
    if (written >= 0) rest.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) error_ = errno;
  }
  pending_.clear();
}

std::optional<std::string> Replacement::commit() {
  flush();
  // Last: a change of owner and, for an ordinary user, a write clear the set-user-ID bits.
  if (error_ == 0 && ::fchmod(descriptor_, mode_) != 0) error_ = errno;
  // Some file systems report a full disk only here.
  if (descriptor_ >= 0 && ::close(descriptor_) != 0 && error_ == 0) error_ = errno;
  descriptor_ = -1;
  if (error_ == 0 && std::rename(beside_.c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ != 0) return "cannot be replaced: " + words_of(error_) + "; it is as it was";
  beside_.clear();
  return std::nullopt;
}

}  // namespace ecr6::cli
