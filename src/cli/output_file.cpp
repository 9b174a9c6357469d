#include "output_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "interrupts.hpp"

namespace ecr6::cli {

namespace {

std::string problem(const std::string& path, int error) {
  return fmt::format("cannot write {}: {}; choose another --output", path, std::generic_category().message(error));
}

/// 0, or the errno of what failed. Closes the descriptor in any case.
int fill(int descriptor, std::string_view text) {
  int error = 0;
  while (!text.empty() && error == 0) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written >= 0) text.remove_prefix(static_cast<std::size_t>(written));
    if (written < 0 && errno != EINTR) error = errno;
  }
  // Some file systems report a full disk only here.
  if (::close(descriptor) != 0 && error == 0) error = errno;
  return error;
}

int write_through(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  return descriptor < 0 ? errno : fill(descriptor, text);
}

int write_beside(const std::string& path, std::string_view text) {
  const WithoutInterrupts nothing_is_left_beside;
  const std::string beside = fmt::format("{}.{}.tmp", path, ::getpid());
  const int descriptor = ::open(beside.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
  if (descriptor < 0) return errno;
  int error = fill(descriptor, text);
  if (error == 0 && std::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error != 0) ::unlink(beside.c_str());
  return error;
}

/// Where a chain of symbolic links ends; the path itself when it is none, or ends nowhere.
std::string behind_links(const std::string& path) {
  char* const found = ::realpath(path.c_str(), nullptr);
  if (found == nullptr) return path;
  std::string real{found};
  std::free(found);
  return real;
}

}  // namespace

std::optional<std::string> write_file(const std::string& path, std::string_view text) {
  struct stat status {};
  const bool exists = ::stat(path.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) return problem(path, EISDIR);
  // Renaming over /dev/null or a pipe would replace the device by a file.
  const bool in_place = exists && !S_ISREG(status.st_mode);
  const int error = in_place ? write_through(path, text) : write_beside(behind_links(path), text);
  if (error != 0) return problem(path, error);
  return std::nullopt;
}

}  // namespace ecr6::cli
