#include "rewrite_anchor.hpp"

namespace ecr6::aws {

namespace {

// A constant number of steps without branches: compilers turn such loops into vector instructions.
constexpr std::size_t block = 128;

constexpr unsigned char lower(char c) { return static_cast<unsigned char>(static_cast<unsigned char>(c) | 0x20U); }

/// `secret` and `describe` are everywhere: behind ECR's `ecr` there is no letter or digit, and `t-l` goes on.
constexpr bool is_letter(unsigned char c) { return static_cast<unsigned char>(c - 'a') < 26; }

bool stands_at(const char* p) {
  return (lower(p[0]) == 'e' && lower(p[1]) == 'c' && lower(p[2]) == 'r' && !is_letter(lower(p[3]))) ||
         (lower(p[0]) == 't' && lower(p[1]) == '-' && lower(p[2]) == 'l' && lower(p[3]) == 'a');
}

/// Whether one stands in the block. Reads three bytes behind it.
bool block_has(const char* p) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < block; ++i) {
    const unsigned char first = lower(p[i]), second = lower(p[i + 1]), third = lower(p[i + 2]), next = lower(p[i + 3]);
    const bool ecr = (first == 'e') & (second == 'c') & (third == 'r') & !is_letter(next);
    const bool bucket = (first == 't') & (second == '-') & (third == 'l') & (next == 'a');
    found = static_cast<unsigned char>(found | static_cast<unsigned char>(ecr | bucket));
  }
  return found != 0;
}

}  // namespace

std::size_t next_anchor(std::string_view text, std::size_t from, std::size_t end) {
  const char* const bytes = text.data();
  while (from < end) {
    if (from + block + 3 <= text.size() && !block_has(bytes + from)) {
      from += block;
      continue;
    }
    for (const std::size_t stop = from + block; from < stop && from < end; ++from)
      if (from + 3 < text.size() && stands_at(bytes + from)) return from;
  }
  return from;  // not less than where it was told to begin
}

std::size_t count_line_feeds(std::string_view text) {
  std::size_t count = 0;
  for (; text.size() >= block; text.remove_prefix(block)) {
    unsigned char here = 0;  // no more than 128
    for (std::size_t i = 0; i < block; ++i) here = static_cast<unsigned char>(here + (text[i] == '\n' ? 1 : 0));
    count += here;
  }
  for (const char c : text) count += c == '\n' ? 1 : 0;
  return count;
}

}  // namespace ecr6::aws
