#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "ecr6/policy/suggest.hpp"

namespace ecr6::policy {

namespace {

constexpr std::size_t context = 3;  // lines

/// One line of the file that gets longer, perhaps by whole lines.
struct ChangedLine {
  std::size_t index{};  ///< 0-based line of the old file
  std::string text;     ///< what stands there in the new one
};

/// Where each line starts; the last entry is the end of the file.
std::vector<std::size_t> line_starts(std::string_view bytes) {
  std::vector<std::size_t> starts{0};
  for (auto at = bytes.find('\n'); at != bytes.npos; at = bytes.find('\n', at + 1)) starts.push_back(at + 1);
  if (starts.back() != bytes.size()) starts.push_back(bytes.size());
  return starts;
}

class Differ {
 public:
  explicit Differ(std::string_view bytes) : bytes_{bytes}, starts_{line_starts(bytes)} {}

  std::string run(const std::vector<Insertion>& insertions) {
    const auto lines = changed_lines(insertions);
    for (std::size_t first = 0; first < lines.size();) {
      std::size_t last = first + 1;
      while (last < lines.size() && lines[last].index - lines[last - 1].index <= 2 * context) ++last;
      add_hunk({lines.begin() + static_cast<std::ptrdiff_t>(first), lines.begin() + static_cast<std::ptrdiff_t>(last)});
      first = last;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view line(std::size_t index) const {
    return bytes_.substr(starts_[index], starts_[index + 1] - starts_[index]);
  }
  [[nodiscard]] std::size_t line_count() const { return starts_.size() - 1; }

  std::vector<ChangedLine> changed_lines(const std::vector<Insertion>& insertions) const {
    std::vector<ChangedLine> lines;
    for (std::size_t i = 0; i < insertions.size();) {
      const auto after = std::upper_bound(starts_.begin(), starts_.end(), insertions[i].offset);
      const std::size_t index = std::min(static_cast<std::size_t>(after - starts_.begin()), line_count()) - 1;
      std::vector<Insertion> inside;
      const bool last = index + 1 == line_count();  // takes what is put at the very end, too
      for (; i < insertions.size() && (last || insertions[i].offset < starts_[index + 1]); ++i)
        inside.push_back({insertions[i].offset - starts_[index], insertions[i].text});
      lines.push_back({index, applied(line(index), inside)});
    }
    return lines;
  }

  void add_hunk(const std::vector<ChangedLine>& lines) {
    const std::size_t begin = lines.front().index - std::min(lines.front().index, context);
    const std::size_t end = std::min(lines.back().index + 1 + context, line_count());
    std::string body;
    std::size_t grown = 0;
    auto changed = lines.begin();
    for (std::size_t i = begin; i < end; ++i) {
      if (changed == lines.end() || changed->index != i) {
        put(body, ' ', line(i));
        continue;
      }
      put(body, '-', line(i));
      grown += put(body, '+', (changed++)->text) - 1;
    }
    const std::size_t count = end - begin;
    out_ += fmt::format("@@ -{},{} +{},{} @@\n", begin + 1, count, begin + 1 + shift_, count + grown) + body;
    shift_ += grown;
  }

  /// Puts out each line of a text; how many they were.
  static std::size_t put(std::string& body, char mark, std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) {
      const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
      body += mark;
      body += text.substr(0, length);
      if (body.back() != '\n') body += "\n\\ No newline at end of file\n";
      text.remove_prefix(length);
    }
    return count;
  }

  std::string_view bytes_;
  std::vector<std::size_t> starts_;
  std::string out_;
  std::size_t shift_{};
};

}  // namespace

std::string unified_diff(std::string_view name, std::string_view bytes, const std::vector<Insertion>& insertions) {
  if (insertions.empty()) return "";
  const std::string shown = printable(name);
  return fmt::format("--- {}\n+++ {}\n", shown, shown) + Differ{bytes}.run(insertions);
}

}  // namespace ecr6::policy
