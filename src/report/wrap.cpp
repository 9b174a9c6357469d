#include "wrap.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::report {

namespace {

bool starts_code_point(char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }

/// The bytes of the first `width` code points.
std::string_view head(std::string_view text, std::size_t width) {
  std::size_t seen{};
  for (std::size_t i = 0; i < text.size(); ++i)
    if (starts_code_point(text[i]) && seen++ == width) return text.substr(0, i);
  return text;
}

/// Collects words into lines.
class Lines {
 public:
  Lines(std::size_t indent, std::size_t width) : indent_{indent}, width_{width} {}

  void add(std::string_view word) {
    if (used_ > 0 && indent_ + used_ + 1 + columns(word) > width_) close();
    for (; columns(word) > width_; word.remove_prefix(head(word, width_).size())) out_.emplace_back(head(word, width_));
    if (used_ == 0)
      line_.assign(std::min(indent_, width_ - columns(word)), ' ');
    else
      line_ += ' ';
    used_ += columns(word) + (used_ > 0 ? 1 : 0);
    line_ += word;
  }

  std::vector<std::string> finish() {
    if (used_ > 0 || out_.empty()) close();
    return std::move(out_);
  }

 private:
  void close() {
    out_.push_back(std::move(line_));
    line_.clear();
    used_ = 0;
  }

  std::size_t indent_, width_, used_{};
  std::string line_;
  std::vector<std::string> out_;
};

}  // namespace

std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts_code_point));
}

std::string padded(std::string_view text, std::size_t width) {
  std::string out{text};
  out.append(width - std::min(width, columns(text)), ' ');
  return out;
}

std::string shortened(std::string_view text, std::size_t width) {
  if (columns(text) <= width) return std::string{text};
  return std::string{head(text, width - 3)} + "...";
}

std::vector<std::string> wrap(std::string_view text, std::size_t indent, std::size_t width) {
  Lines lines{indent, width};
  for (const std::string_view word : split(text, ' '))
    if (!word.empty()) lines.add(word);
  return lines.finish();
}

}  // namespace ecr6::report
