#include "hex.hpp"

#include <fmt/format.h>

#include <charconv>

namespace ecr6 {

std::string to_hex(std::string_view bytes) {
  std::string digits;
  for (const char byte : bytes) fmt::format_to(std::back_inserter(digits), "{:02x}", static_cast<unsigned char>(byte));
  return digits;
}

std::optional<std::string> from_hex(std::string_view digits) {
  if (digits.size() % 2 != 0) return std::nullopt;
  std::string bytes;
  for (std::size_t i = 0; i < digits.size(); i += 2) {
    unsigned char byte{};
    const char* const end = digits.data() + i + 2;
    const auto [stopped, error] = std::from_chars(digits.data() + i, end, byte, 16);
    if (error != std::errc{} || stopped != end) return std::nullopt;
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace ecr6
