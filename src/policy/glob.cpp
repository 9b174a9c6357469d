#include "glob.hpp"

#include <vector>

namespace ecr6::policy {

namespace {

constexpr std::size_t max_work = 4'000'000;  // cells of the overlap table

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool fits(char pattern, char text, bool case_counts) {
  return pattern == '?' || pattern == text || (!case_counts && lower(pattern) == lower(text));
}

}  // namespace

bool glob_matches(std::string_view pattern, std::string_view text, bool case_counts) {
  std::size_t p = 0;
  std::size_t t = 0;
  std::size_t star = pattern.npos;
  std::size_t resume = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      resume = t;
    } else if (p < pattern.size() && fits(pattern[p], text[t], case_counts)) {
      ++p;
      ++t;
    } else if (star != pattern.npos) {
      p = star + 1;
      t = ++resume;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == pattern.npos;
}

bool globs_overlap(std::string_view left, std::string_view right) {
  if ((left.size() + 1) * (right.size() + 1) > max_work) return true;
  const std::size_t width = right.size() + 1;
  std::vector<char> below(width);  // row i + 1 of the table: do the rests from (i + 1, j) overlap?
  std::vector<char> row(width);
  for (std::size_t i = left.size() + 1; i-- > 0;) {
    for (std::size_t j = width; j-- > 0;) {
      const bool l = i < left.size();
      const bool r = j < right.size();
      bool both = !l && !r;
      if (l && left[i] == '*') both = both || below[j] != 0 || (r && row[j + 1] != 0);
      if (r && right[j] == '*') both = both || row[j + 1] != 0 || (l && below[j] != 0);
      if (l && r && left[i] != '*' && right[j] != '*')
        both = below[j + 1] != 0 && (fits(left[i], right[j], false) || right[j] == '?');
      row[j] = both ? 1 : 0;
    }
    std::swap(row, below);
  }
  return below[0] != 0;
}

}  // namespace ecr6::policy
