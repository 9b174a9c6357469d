#pragma once

#include <bit>
#include <cstdint>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

/// Looking at 64 bytes of text at once: bit i of a mask is about byte i.
namespace ecr6::logs {

inline constexpr std::size_t block_size = 64;

struct Marks {
  std::uint64_t quote{}, backslash{}, open{}, close{}, newline{};
};

#if defined(__SSE2__)

namespace detail {

inline std::uint64_t mask_of(__m128i equal) {
  return static_cast<std::uint64_t>(static_cast<std::uint32_t>(_mm_movemask_epi8(equal)));
}

}  // namespace detail

/// `[` and `{` (and `]` and `}`) differ only in bit 5.
inline Marks marks_of(const char* block) {
  Marks marks;
  for (unsigned i = 0; i < 4; ++i) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i);
    const __m128i folded = _mm_or_si128(bytes, _mm_set1_epi8(0x20));
    const unsigned shift = 16 * i;
    marks.quote |= detail::mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"'))) << shift;
    marks.backslash |= detail::mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\'))) << shift;
    marks.open |= detail::mask_of(_mm_cmpeq_epi8(folded, _mm_set1_epi8('{'))) << shift;
    marks.close |= detail::mask_of(_mm_cmpeq_epi8(folded, _mm_set1_epi8('}'))) << shift;
    marks.newline |= detail::mask_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n'))) << shift;
  }
  return marks;
}

#else

inline Marks marks_of(const char* block) {
  Marks marks;
  for (unsigned i = 0; i < block_size; ++i) {
    const char byte = block[i];
    const auto bit = [i](bool set) { return static_cast<std::uint64_t>(set) << i; };
    marks.quote |= bit(byte == '"');
    marks.backslash |= bit(byte == '\\');
    marks.open |= bit((byte | 0x20) == '{');
    marks.close |= bit((byte | 0x20) == '}');
    marks.newline |= bit(byte == '\n');
  }
  return marks;
}

#endif

/// Bit i is the parity of the bits 0 to i.
inline std::uint64_t prefix_parity(std::uint64_t bits) {
  for (unsigned shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

/// The bytes that a backslash escapes. `carry` is 1 when the byte before the block escapes its first one, and is left
/// so for the next block. Walks the backslashes: they are rare in most blocks, and the walk is exact.
inline std::uint64_t escaped_bytes(std::uint64_t backslashes, std::uint64_t& carry) {
  std::uint64_t escaped = carry;
  backslashes &= ~carry;
  carry = 0;
  while (backslashes != 0) {
    const int at = std::countr_zero(backslashes);
    if (at == 63) {
      carry = 1;
      break;
    }
    escaped |= std::uint64_t{2} << at;
    backslashes &= ~(std::uint64_t{3} << at);
  }
  return escaped;
}

}  // namespace ecr6::logs
