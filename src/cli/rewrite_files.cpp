#include "rewrite_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <system_error>

namespace ecr6::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t block = 256 * 1024;
constexpr std::size_t deepest = 200;

std::string words_of(int error) { return std::generic_category().message(error); }

struct Walk {
  FileCounts& counts;
  const std::function<void(const std::string&)>& visit;
  const Complaint& complain;

  void directory(const fs::path& path, std::size_t depth) const {
    if (depth > deepest) return complain(path, fmt::format("left out: deeper than {} directories", deepest));
    std::error_code error;
    std::vector<fs::directory_entry> entries;
    for (fs::directory_iterator it{path, error}; !error && it != fs::directory_iterator{}; it.increment(error))
      entries.push_back(*it);
    if (error) complain(path, "cannot be read: " + error.message());
    std::sort(entries.begin(), entries.end());
    for (const fs::directory_entry& found : entries) entry(found, depth);
  }

  void entry(const fs::directory_entry& found, std::size_t depth) const {
    std::error_code error;
    const auto type = found.symlink_status(error).type();
    if (error) return complain(found.path(), "cannot be read: " + error.message());
    if (found.path().filename() == ".git")
      ++counts.git_directories;
    else if (type == fs::file_type::symlink)
      ++counts.links;
    else if (type == fs::file_type::directory)
      directory(found.path(), depth + 1);
    else if (type == fs::file_type::regular)
      visit(found.path());
    else
      ++counts.special;
  }
};

std::string behind_links(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> found{::realpath(path.c_str(), nullptr), &std::free};
  return found ? std::string{found.get()} : path;
}

}  // namespace

void walk_files(const std::vector<std::string>& paths, FileCounts& counts,
                const std::function<void(const std::string&)>& visit, const Complaint& complain) {
  const Walk walk{counts, visit, complain};
  for (const std::string& path : paths) {
    std::error_code error;
    if (path != "-" && fs::is_directory(path, error))
      walk.directory(path, 0);
    else
      visit(path);
  }
}

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
  const std::string beside = fmt::format("{}.{}.tmp", path_, ::getpid());
  descriptor_ = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor_ < 0) {
    error_ = errno;
    return;
  }
  beside_ = beside;
  struct stat mine {};
  const bool owned = ::fstat(descriptor_, &mine) == 0 && mine.st_uid == status.st_uid && mine.st_gid == status.st_gid;
  // The owner first: a change of owner clears the set-user-ID bits of the mode.
  if (!owned && ::fchown(descriptor_, status.st_uid, status.st_gid) != 0) error_ = errno;
  if (error_ == 0 && ::fchmod(descriptor_, status.st_mode & 07777) != 0) error_ = errno;
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
  // Some file systems report a full disk only here.
  if (descriptor_ >= 0 && ::close(descriptor_) != 0 && error_ == 0) error_ = errno;
  descriptor_ = -1;
  if (error_ == 0 && std::rename(beside_.c_str(), path_.c_str()) != 0) error_ = errno;
  if (error_ != 0) return "cannot be replaced: " + words_of(error_) + "; it is as it was";
  beside_.clear();
  return std::nullopt;
}

}  // namespace ecr6::cli
