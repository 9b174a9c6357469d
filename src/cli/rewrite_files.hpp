#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "walk.hpp"

namespace ecr6::cli {

/// What `ecr6 rewrite` went past.
struct FileCounts {
  std::size_t read{};
  std::size_t changed{};
  std::size_t binary{};  ///< a NUL in the first 8 KiB: also UTF-16
  Passed passed;         ///< in directories
};

/// The start of a file, the part that decides whether it is binary.
inline constexpr std::size_t binary_head = 8192;
[[nodiscard]] bool is_binary(std::string_view head);

/// Reads a file, or standard input for "-", in blocks of 256 KiB, the first of at least `binary_head` bytes if the file
/// has them. `take` stops it by returning false. Empty, or why it cannot be read.
[[nodiscard]] std::optional<std::string> read_blocks(const std::string& path,
                                                     const std::function<bool(std::string_view)>& take);

/// Why a file cannot be changed in place before its content is looked at: a device, a pipe. Empty otherwise.
[[nodiscard]] std::optional<std::string> unchangeable(const std::string& path);

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
  unsigned mode_{};
  int error_{};
};

}  // namespace ecr6::cli
