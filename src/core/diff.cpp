#include "ecr6/core/diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "ecr6/core/text.hpp"

namespace ecr6 {

namespace {

constexpr std::size_t context = 3;  // lines

/// One line of the old text, which may become several.
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

  std::string run(const std::vector<Edit>& edits) {
    const auto lines = changed_lines(edits);
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

  std::vector<ChangedLine> changed_lines(const std::vector<Edit>& edits) const {
    std::vector<ChangedLine> lines;
    for (std::size_t i = 0; i < edits.size();) {
      const auto after = std::upper_bound(starts_.begin(), starts_.end(), edits[i].begin);
      const std::size_t index = std::min(static_cast<std::size_t>(after - starts_.begin()), line_count()) - 1;
      std::vector<Edit> inside;
      const bool last = index + 1 == line_count();  // takes what is put at the very end, too
      for (; i < edits.size() && (last || edits[i].begin < starts_[index + 1]); ++i)
        inside.push_back({edits[i].begin - starts_[index], edits[i].end - starts_[index], edits[i].text});
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

/// As GNU diff and git write it: a tab ends a name with spaces, and what a terminal would act on stands in quotes.
std::string header_name(std::string_view name) {
  const bool plain = printable(name) == name && name.find_first_of("\"\\") == name.npos;
  if (plain) return std::string{name} + (name.find(' ') == name.npos ? "" : "\t");
  std::string out{'"'};
  for (const char c : name) {
    if (c == '"' || c == '\\')
      out += std::string{'\\', c};
    else if (c >= ' ' && c <= '~')
      out += c;
    else
      fmt::format_to(std::back_inserter(out), "\\{:03o}", static_cast<std::uint8_t>(c));
  }
  return out + '"';
}

}  // namespace

std::string applied(std::string_view text, const std::vector<Edit>& edits) {
  std::string out;
  std::size_t done = 0;
  for (const Edit& edit : edits) {
    out += text.substr(done, edit.begin - done);
    out += edit.text;
    done = edit.end;
  }
  return out += text.substr(done);
}

std::string unified_diff(std::string_view name, std::string_view text, const std::vector<Edit>& edits) {
  if (edits.empty()) return "";
  const std::string shown = header_name(name);
  return fmt::format("--- {}\n+++ {}\n", shown, shown) + Differ{text}.run(edits);
}

}  // namespace ecr6
