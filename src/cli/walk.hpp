#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>

namespace ecr6::cli {

/// What a walk went past.
struct Passed {
  std::size_t git_directories{};  ///< not entered
  std::size_t links{};            ///< symbolic links, not followed
  std::size_t special{};          ///< devices, pipes and sockets
};

/// Goes through directories in the order of their names. What cannot be read is complained about, and the walk goes on.
class Walk {
 public:
  using Visit = std::function<void(const std::string& path)>;
  using Complaint = std::function<void(const std::string& path, const std::string& what)>;
  enum class Links { pass, read_files };  ///< links to directories are never followed

  /// `visit` gets each regular file.
  Walk(Visit visit, Complaint complain, Links links)
      : visit_{std::move(visit)}, complain_{std::move(complain)}, links_{links} {}

  void directory(const std::filesystem::path& path) { directory(path, 0); }
  [[nodiscard]] const Passed& passed() const { return passed_; }

 private:
  void directory(const std::filesystem::path& path, std::size_t depth);
  void entry(const std::filesystem::directory_entry& found, std::size_t depth);
  void link(const std::filesystem::directory_entry& found);

  Visit visit_;
  Complaint complain_;
  Links links_;
  Passed passed_;
};

}  // namespace ecr6::cli
