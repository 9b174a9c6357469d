#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "ecr6/aws/rewrite.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::aws {

namespace {

constexpr std::size_t context = 3;  // lines

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t length = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

void put(std::string& out, char mark, std::string_view line) {
  out += mark;
  out += line;
  if (!line.ends_with('\n')) out += "\n\\ No newline at end of file\n";
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const auto old_lines = lines_of(before);
  const auto new_lines = lines_of(after);
  const std::size_t count = old_lines.size();
  std::string out = fmt::format("--- {0}\n+++ {0}\n", printable(name));
  const auto next_change = [&](std::size_t from) {
    while (from < count && old_lines[from] == new_lines[from]) ++from;
    return from;
  };
  for (std::size_t first = next_change(0); first < count;) {
    std::size_t last = first;
    std::size_t next = next_change(last + 1);
    for (; next < count && next - last <= 2 * context; next = next_change(last + 1)) last = next;
    const std::size_t begin = first - std::min(first, context);
    const std::size_t end = std::min(last + 1 + context, count);
    out += fmt::format("@@ -{0},{1} +{0},{1} @@\n", begin + 1, end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      put(out, old_lines[i] == new_lines[i] ? ' ' : '-', old_lines[i]);
      if (old_lines[i] != new_lines[i]) put(out, '+', new_lines[i]);
    }
    first = next;
  }
  return out;
}

}  // namespace ecr6::aws
