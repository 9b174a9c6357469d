#include "client_files.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

namespace ecr6::host {

namespace {

using clients::ClientFile;
using clients::FileState;

constexpr std::size_t largest_file = 1024 * 1024;
constexpr std::size_t most_files = 1024;
constexpr std::size_t most_names = 4096;
constexpr std::size_t most_homes = 64;
constexpr int most_rounds = 64;

/// Owns a file descriptor; -1 is none.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_{number} {}
  Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  Descriptor& operator=(Descriptor&&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] int release() { return std::exchange(number_, -1); }

 private:
  int number_;
};

std::string words_of(int error) { return std::generic_category().message(error); }

/// Opens a path as if `root` were the root directory; -1 with errno. A pipe does not make it wait.
int open_below(int root, const std::string& path, std::uint64_t flags) {
  open_how how{};
  how.flags = flags | O_RDONLY | O_CLOEXEC;
  if ((flags & O_PATH) == 0) how.flags |= O_NONBLOCK | O_NOCTTY;  // openat2 refuses them beside O_PATH
  how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, root, path.c_str(), &how, sizeof how));
}

/// For this machine itself the ordinary call does, also where openat2 is not allowed.
Descriptor open_path(const std::string& root, const std::string& path, int flags) {
  if (root == "/") return Descriptor{::open(path.c_str(), flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)};
  const Descriptor directory{::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)};
  if (directory.number() < 0) return Descriptor{-1};
  return Descriptor{open_below(directory.number(), path, static_cast<std::uint64_t>(flags))};
}

ClientFile failed(const std::string& path, int error) {
  const bool absent = error == ENOENT || error == ENOTDIR;
  return {path, absent ? FileState::absent : FileState::unreadable, {}, {}, absent ? "" : words_of(error)};
}

/// The whole text, or the errno of the read that failed.
std::pair<std::string, int> text_of(int descriptor) {
  std::string text(largest_file + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(descriptor, text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return {{}, errno};
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  text.resize(size);
  return {std::move(text), 0};
}

dev_t null_device() { return ::makedev(1, 3); }

/// Below another root there need be no /dev.
bool links_to_null(const std::string& root, const std::string& path) {
  const Descriptor link = open_path(root, path, O_PATH | O_NOFOLLOW);
  std::array<char, 16> target{};
  const ssize_t length = link.number() < 0 ? -1 : ::readlinkat(link.number(), "", target.data(), target.size());
  return length > 0 && std::string_view{target.data(), static_cast<std::size_t>(length)} == "/dev/null";
}

ClientFile read_file(const std::string& root, const std::string& path) {
  const Descriptor file = open_path(root, path, 0);
  if (file.number() < 0) {
    const int error = errno;
    if (error == ENOENT && links_to_null(root, path)) return {path, FileState::read, {}, {}, {}};
    return failed(path, error);
  }
  struct stat about {};
  if (::fstat(file.number(), &about) != 0) return failed(path, errno);
  // systemd masks units with it, and people switch files off.
  if (S_ISCHR(about.st_mode) && about.st_rdev == null_device()) return {path, FileState::read, {}, {}, {}};
  if (!S_ISREG(about.st_mode)) return {path, FileState::unreadable, {}, {}, "not a regular file"};
  auto [text, error] = text_of(file.number());
  if (error != 0) return failed(path, error);
  if (text.size() > largest_file)
    return {path, FileState::too_large, {}, {}, fmt::format("more than {} bytes", largest_file)};
  return {path, FileState::read, std::move(text), {}, {}};
}

ClientFile read_directory(const std::string& root, const std::string& path) {
  Descriptor file = open_path(root, path, O_DIRECTORY);
  if (file.number() < 0) return failed(path, errno);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream{::fdopendir(file.number()), &::closedir};
  if (!stream) return failed(path, errno);
  static_cast<void>(file.release());
  ClientFile listing{path, FileState::read, {}, {}, {}};
  while (const dirent* const entry = ::readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (name != "." && name != "..") listing.names.push_back(name);
    if (listing.names.size() > most_names)
      return {path, FileState::too_large, {}, {}, fmt::format("more than {} entries", most_names)};
  }
  std::sort(listing.names.begin(), listing.names.end());
  return listing;
}

}  // namespace

void read_client_files(const std::string& root, clients::Snapshot& snapshot) {
  for (int round = 0; round < most_rounds; ++round) {
    const auto wants = clients::wanted(snapshot);
    if (wants.empty()) return;
    for (const clients::Want& want : wants) {
      if (snapshot.files.size() >= most_files) {
        snapshot.files.push_back(
            {want.path, FileState::too_large, {}, {}, fmt::format("more than {} files", most_files)});
        return;
      }
      snapshot.files.push_back(want.directory ? read_directory(root, want.path) : read_file(root, want.path));
    }
  }
}

ClientFile read_client_file(const std::string& root, const std::string& path) { return read_file(root, path); }

std::vector<std::string> homes_below(const std::string& root) {
  std::vector<std::string> homes{"/root"};
  for (const std::string& name : read_directory(root, "/home").names)
    if (homes.size() < most_homes) homes.push_back("/home/" + name);
  return homes;
}

}  // namespace ecr6::host
