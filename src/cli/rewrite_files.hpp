#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::cli {

/// What `ecr6 rewrite` went past.
struct FileCounts {
  std::size_t read{};
  std::size_t changed{};
  std::size_t binary{};           ///< a NUL in the first 8 KiB: also UTF-16
  std::size_t git_directories{};  ///< not entered
  std::size_t links{};            ///< symbolic links in directories, not followed
  std::size_t special{};          ///< devices, pipes and sockets in directories
};

using Complaint = std::function<void(const std::string& path, const std::string& what)>;

/// Calls `visit` for each path that is a file, "-" included, and for each regular file under those that are
/// directories, in the order of their names.
void walk_files(const std::vector<std::string>& paths, FileCounts& counts,
                const std::function<void(const std::string& path)>& visit, const Complaint& complain);

/// The start of a file, the part that decides whether it is binary.
inline constexpr std::size_t binary_head = 8192;
[[nodiscard]] bool is_binary(std::string_view head);

/// Reads a file, or standard input for "-", in blocks of 256 KiB, the first of at least `binary_head` bytes if the file
/// has them. `take` stops it by returning false. Empty, or why it cannot be read.
[[nodiscard]] std::optional<std::string> read_blocks(const std::string& path,
                                                     const std::function<bool(std::string_view)>& take);

/// A file that takes another one's place: written beside it, with its mode and owner, then renamed over it.
class Replacement {
 public:
  explicit Replacement(const std::string& path);
  ~Replacement();
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  void write(std::string_view text);
  /// Moves it into place. Empty, or why that failed; then the old file is as it was.
  [[nodiscard]] std::optional<std::string> commit();

 private:
  void flush();

  std::string path_;    ///< behind symbolic links
  std::string beside_;  ///< empty once renamed
  std::string pending_;
  int descriptor_{-1};
  int error_{};
};

}  // namespace ecr6::cli
