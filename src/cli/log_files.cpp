#include "log_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <tuple>
#include <vector>

#include "ecr6/core/text.hpp"
#include "ecr6/logs/gzip.hpp"
#include "ecr6/logs/splitter.hpp"
#include "error_words.hpp"

namespace ecr6::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk_size = std::size_t{256} << 10;
constexpr int depth_limit = 64;

/// `.json`, JSON Lines, and these packed.
bool is_named_like_log(const fs::path& file) {
  std::string name = to_lower(file.filename().string());
  if (name.ends_with(".gz")) name.resize(name.size() - 3);
  return name.ends_with(".json") || name.ends_with(".jsonl") || name.ends_with(".ndjson");
}

/// Bytes read, 0 at the end, or -1 with errno.
ssize_t read_some(int descriptor, std::span<char> into) {
  ssize_t count{};
  do count = ::read(descriptor, into.data(), into.size());
  while (count < 0 && errno == EINTR);
  return count;
}

std::string human(double bytes) {
  if (bytes < 1e6) return fmt::format("{:.0f} kB", bytes / 1e3);
  return bytes < 1e9 ? fmt::format("{:.0f} MB", bytes / 1e6) : fmt::format("{:.2f} GB", bytes / 1e9);
}

}  // namespace

void Progress::update(const logs::Input& input) {
  const auto now = Clock::now();
  if (!shows_ || now - last_ < std::chrono::milliseconds{200}) return;
  last_ = now;
  const double seconds = std::chrono::duration<double>(now - started_).count();
  const auto bytes = static_cast<double>(input.bytes);
  console_.note(fmt::format("\r\x1b[K{} files, {} records, {} ({}/s), {} broken", input.files, input.records,
                            human(bytes), human(bytes / seconds), input.broken_files));
  visible_ = true;
}

void Progress::clear() {
  if (visible_) console_.note("\r\x1b[K");
  visible_ = false;
}

void LogFiles::read(const std::string& path) {
  std::error_code ignored;
  if (path != "-" && fs::is_directory(path, ignored))
    read_directory(path, 0);
  else
    read_file(path);
}

void LogFiles::finish() {
  progress_.clear();
  const auto place = [](const logs::Problem& problem) { return std::tie(problem.file, problem.line); };
  std::stable_sort(input_.problems.begin(), input_.problems.end(),
                   [&](const logs::Problem& left, const logs::Problem& right) { return place(left) < place(right); });
}

void LogFiles::read_directory(const fs::path& directory, int depth) {
  const auto complain = [&](std::string message) {
    file_ = directory.string();
    file_is_broken_ = false;
    problem(0, std::move(message));
  };
  if (depth > depth_limit) return complain(fmt::format("more than {} directories deep, not read", depth_limit));
  std::error_code error;
  fs::directory_iterator entry{directory, error};
  for (; !error && entry != fs::directory_iterator{}; entry.increment(error)) {
    std::error_code ignored;
    const bool is_link = entry->is_symlink(ignored);
    if (entry->is_directory(ignored) && !is_link)
      read_directory(entry->path(), depth + 1);
    else if (is_named_like_log(entry->path()) && !entry->is_directory(ignored) && !entry->is_other(ignored))
      read_file(entry->path().string());
    else
      ++input_.skipped_files;
  }
  if (error) complain("cannot be listed: " + error.message());
}

void LogFiles::read_file(const std::string& path) {
  file_ = path;
  file_is_broken_ = file_is_cloudtrail_ = text_is_cut_ = false;
  ++input_.files;
  if (path == "-") {
    read_descriptor(STDIN_FILENO);
  } else if (const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY); descriptor >= 0) {
    read_descriptor(descriptor);
    ::close(descriptor);
  } else {
    problem(0, "cannot be opened: " + words_of(errno));
  }
  if (!file_is_cloudtrail_ && !file_is_broken_) ++input_.foreign_files;
}

void LogFiles::read_descriptor(int descriptor) {
  std::array<char, 2> start{};
  std::size_t length = 0;
  ssize_t count = 1;
  while (length < start.size() && count > 0) {
    count = read_some(descriptor, std::span{start}.subspan(length));
    if (count > 0) length += static_cast<std::size_t>(count);
  }
  if (count < 0) return problem(0, "cannot be read: " + words_of(errno));
  const std::string_view text{start.data(), length};
  logs::Gunzip::is_gzip(text) ? read_gzip(descriptor, text) : read_plain(descriptor, text);
}

void LogFiles::read_plain(int descriptor, std::string_view start) {
  logs::RecordSplitter splitter{*this};
  std::copy(start.begin(), start.end(), splitter.room(chunk_size).begin());
  splitter.filled(start.size());
  input_.bytes += start.size();
  while (true) {
    const ssize_t count = read_some(descriptor, splitter.room(chunk_size));
    if (count < 0) problem(0, "cannot be read on: " + words_of(errno));
    if (count <= 0) break;
    input_.bytes += static_cast<std::uint64_t>(count);
    splitter.filled(static_cast<std::size_t>(count));
    progress_.update(input_);
  }
  splitter.finish();
}

void LogFiles::read_gzip(int descriptor, std::string_view start) {
  logs::RecordSplitter splitter{*this};
  logs::Gunzip gunzip;
  std::vector<char> packed(chunk_size);
  std::copy(start.begin(), start.end(), packed.begin());
  for (auto count = static_cast<ssize_t>(start.size()); count > 0; count = read_some(descriptor, packed)) {
    gunzip.feed({packed.data(), static_cast<std::size_t>(count)});
    while (const std::size_t unpacked = gunzip.unpack(splitter.room(chunk_size))) {
      input_.bytes += unpacked;
      splitter.filled(unpacked);
    }
    progress_.update(input_);
    if (!gunzip.fault().empty()) break;
  }
  if (!gunzip.fault().empty())
    problem(0, gunzip.fault());
  else if (!gunzip.may_end())
    problem(0, "the gzip data ends too early: the file was cut off");
  text_is_cut_ = !gunzip.fault().empty() || !gunzip.may_end();
  splitter.finish();
}

/// The first problem of a file goes to standard error at once, however many there are.
void LogFiles::problem(std::uint64_t line, std::string message) {
  if (!file_is_broken_) {
    ++input_.broken_files;
    progress_.clear();
    console_.complain(fmt::format("{}{}: {}", file_, line == 0 ? "" : fmt::format(":{}", line), message));
  }
  file_is_broken_ = true;
  input_.add({file_, line, std::move(message)});
}

void LogFiles::record(const logs::Record& record) {
  ++input_.records;
  if (!file_is_cloudtrail_) file_is_cloudtrail_ = logs::looks_like_event(record);
  const logs::Reading reading = reader_.read(record);
  if (reading.event) summary_.add(*reading.event);
  if (reading.fault.empty()) return;
  ++input_.unreadable;
  problem(record.line, "a record that names ECR was not counted: " + reading.fault);
}

void LogFiles::oversized(std::uint64_t line) {
  ++input_.records;
  ++input_.oversized;
  problem(line, fmt::format("a record of more than {} bytes was not read", logs::RecordSplitter::Limits{}.record));
}

void LogFiles::broken(const logs::Break& place) {
  if (!text_is_cut_) problem(place.line, place.message);
}

}  // namespace ecr6::cli
