#pragma once

#include <cstdint>
#include <string_view>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace ecr6::logs {

/// Whether `text` holds the four bytes of `needle`. What keeps most records from being parsed, hence the vectors:
/// string_view::find stops at every first byte, and quotes are everywhere in JSON.
inline bool holds(std::string_view text, const char (&needle)[5]) {
  std::size_t at = 0;
#if defined(__SSE2__)
  const auto equal = [&](std::size_t offset) {
    const auto* const from = reinterpret_cast<const __m128i*>(text.data() + at + offset);
    return _mm_cmpeq_epi8(_mm_loadu_si128(from), _mm_set1_epi8(needle[offset]));
  };
  for (; at + 16 + 3 <= text.size(); at += 16)
    if (_mm_movemask_epi8(_mm_and_si128(_mm_and_si128(equal(0), equal(1)), _mm_and_si128(equal(2), equal(3)))) != 0)
      return true;
#endif
  return text.substr(at).find(std::string_view{needle, 4}) != std::string_view::npos;
}

}  // namespace ecr6::logs
