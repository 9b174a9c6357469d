#include "policy_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

#include "ecr6/core/text.hpp"
#include "error_words.hpp"
#include "walk.hpp"

namespace ecr6::cli {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_file = std::size_t{256} * 1024 * 1024;
constexpr std::size_t max_total = std::size_t{1024} * 1024 * 1024;
constexpr std::size_t head_size = 4096;

/// Closes on every road.
class Descriptor {
 public:
  explicit Descriptor(const std::string& path)
      : descriptor_{path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY)} {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
  }

  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

  /// Appends up to `limit` bytes; 0 or errno.
  [[nodiscard]] int read(std::string& bytes, std::size_t limit) const {
    std::array<char, 65536> chunk;
    while (limit > 0) {
      const ssize_t got = ::read(descriptor_, chunk.data(), std::min(limit, chunk.size()));
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno;
      if (got == 0) break;
      bytes.append(chunk.data(), static_cast<std::size_t>(got));
      limit -= static_cast<std::size_t>(got);
    }
    return 0;
  }

 private:
  int descriptor_;
};

bool named_like_json(const fs::path& path) {
  constexpr std::string_view endings[] = {".json", ".jsonl", ".ndjson", ".policy"};
  return std::find(std::begin(endings), std::end(endings), to_lower(path.extension().string())) != std::end(endings);
}

bool starts_like_json(std::string_view bytes) {
  const std::string_view head = trimmed(bytes.substr(bytes.starts_with("\xef\xbb\xbf") ? 3 : 0, 64));
  return head.starts_with("{") || head.starts_with("[") || head.starts_with("\"") ||
         equal_ignoring_case(head.substr(0, 3), "%7b");
}

bool is_utf16(std::string_view bytes) { return bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff"); }

class Reader {
 public:
  explicit Reader(policy::Report& report) : report_{report} {}

  void read(const PolicyInput& input) {
    std::error_code error;
    if (input.path != "-" && fs::is_directory(input.path, error))
      walk(input);
    else
      read_file(input, true);
  }

  std::vector<PolicyFile> files;

 private:
  void problem(const std::string& file, std::string message) {
    report_.problems.push_back({file == "-" ? "standard input" : file, std::nullopt, std::move(message)});
  }

  void walk(const PolicyInput& input) {
    Walk walk{[&](const std::string& path) {
                read_file({path, input.type}, false);
              },
              [&](const std::string& path, const std::string& what) { problem(path, what); }, Walk::Links::read_files};
    walk.directory(input.path);
  }

  void read_file(const PolicyInput& input, bool asked_for) {
    const Descriptor file{input.path};
    if (!file.is_open()) return problem(input.path, fmt::format("cannot be opened: {}", words_of(errno)));
    std::string bytes;
    int error = file.read(bytes, head_size);
    if (error == 0 && !asked_for && !worth_reading(input.path, bytes)) {
      ++report_.files_skipped;
      return;
    }
    if (error == 0) error = file.read(bytes, max_file + 1 - bytes.size());
    if (error != 0) return problem(input.path, fmt::format("cannot be read: {}", words_of(error)));
    take(input, std::move(bytes), asked_for);
  }

  static bool worth_reading(const fs::path& path, std::string_view head) {
    const bool binary = head.find('\0') != head.npos && !is_utf16(head);
    return !binary && (named_like_json(path) || starts_like_json(head));
  }

  void take(const PolicyInput& input, std::string bytes, bool asked_for) {
    if (bytes.size() > max_file)
      return problem(input.path, fmt::format("larger than {} MiB; split it", max_file >> 20));
    total_ += bytes.size();
    if (total_ > max_total)
      return problem(input.path, fmt::format("left out: all files together are larger than {} MiB", max_total >> 20));
    if (is_utf16(bytes)) return problem(input.path, "UTF-16 text; convert it to UTF-8, for example with iconv");
    ++report_.files_read;
    const std::string name = input.path == "-" ? "standard input" : input.path;
    auto text = policy::Text::of_file(std::move(bytes));
    policy::Contents contents = policy::read_policies(name, text, input.type);
    // A template or a log that merely starts like JSON is no broken policy.
    const bool other =
        !asked_for && !named_like_json(input.path) && text->view().find("Statement") == std::string::npos;
    if (other && contents.documents.empty())
      ++report_.files_skipped;
    else
      keep(name, std::move(text), std::move(contents), asked_for);
  }

  void keep(const std::string& name, std::shared_ptr<const policy::Text> text, policy::Contents contents,
            bool asked_for) {
    for (policy::Problem& found : contents.problems)
      report_.problems.push_back({name, found.place, std::move(found.message)});
    const bool nothing = contents.documents.empty() && contents.problems.empty();
    if (nothing && asked_for)
      problem(name, "no policy in it: expected a JSON document with a \"Statement\"");
    else if (nothing)
      ++report_.files_without;
    if (contents.documents.empty()) return;
    files.push_back({name, std::move(text), report_.documents.size(), contents.documents.size()});
    for (policy::Document& document : contents.documents) report_.documents.push_back(std::move(document));
  }

  policy::Report& report_;
  std::size_t total_{};
};

}  // namespace

std::vector<PolicyFile> read_policy_files(const std::vector<PolicyInput>& inputs, policy::Report& report) {
  Reader reader{report};
  for (const PolicyInput& input : inputs) reader.read(input);
  return std::move(reader.files);
}

}  // namespace ecr6::cli
