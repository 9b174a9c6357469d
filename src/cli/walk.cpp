#include "walk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>
#include <vector>

namespace ecr6::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t deepest = 200;

}  // namespace

void Walk::directory(const fs::path& path, std::size_t depth) {
  if (depth > deepest) return complain_(path, fmt::format("left out: deeper than {} directories", deepest));
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it{path, error}; !error && it != fs::directory_iterator{}; it.increment(error))
    entries.push_back(*it);
  if (error) complain_(path, "cannot be read: " + error.message());
  std::sort(entries.begin(), entries.end());
  for (const fs::directory_entry& found : entries) entry(found, depth);
}

void Walk::entry(const fs::directory_entry& found, std::size_t depth) {
  std::error_code error;
  const auto type = found.symlink_status(error).type();
  if (error) return complain_(found.path(), "cannot be read: " + error.message());
  if (found.path().filename() == ".git")
    ++passed_.git_directories;
  else if (type == fs::file_type::symlink)
    link(found);
  else if (type == fs::file_type::directory)
    directory(found.path(), depth + 1);
  else if (type == fs::file_type::regular)
    visit_(found.path());
  else
    ++passed_.special;
}

void Walk::link(const fs::directory_entry& found) {
  std::error_code ignored;
  if (links_ == Links::read_files && found.is_regular_file(ignored)) return visit_(found.path());
  ++passed_.links;
}

}  // namespace ecr6::cli
