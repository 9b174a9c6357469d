#include "rewrite_anchor.hpp"

namespace ecr6::aws {

namespace {

// A constant number of steps without branches: compilers turn such loops into vector instructions.
constexpr std::size_t block = 128;

constexpr unsigned char lower(char c) { return static_cast<unsigned char>(static_cast<unsigned char>(c) | 0x20U); }

bool stands_at(const char* p) {
  return (lower(p[0]) == 'e' && lower(p[1]) == 'c' && lower(p[2]) == 'r') ||
         (lower(p[0]) == 't' && p[1] == '-' && lower(p[2]) == 'l');
}

/// Whether one stands in the block; may say yes too often. Reads two bytes behind the block.
bool block_has(const char* p) {
  unsigned char found = 0;
  for (std::size_t i = 0; i < block; ++i) {
    const unsigned char ecr =
        static_cast<unsigned char>((lower(p[i]) ^ 'e') | (lower(p[i + 1]) ^ 'c') | (lower(p[i + 2]) ^ 'r'));
    const unsigned char bucket =
        static_cast<unsigned char>((lower(p[i]) ^ 't') | (lower(p[i + 1]) ^ '-') | (lower(p[i + 2]) ^ 'l'));
    found = static_cast<unsigned char>(found | (ecr == 0 ? 1 : 0) | (bucket == 0 ? 1 : 0));
  }
  return found != 0;
}

}  // namespace

std::size_t next_anchor(std::string_view text, std::size_t from, std::size_t end) {
  const char* const bytes = text.data();
  while (from < end) {
    if (from + block + 2 <= text.size() && !block_has(bytes + from)) {
      from += block;
      continue;
    }
    for (const std::size_t stop = from + block; from < stop && from < end; ++from)
      if (from + 2 < text.size() && stands_at(bytes + from)) return from;
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
