#include "http_date.hpp"

#include <fmt/format.h>

namespace ecr6 {

namespace {

constexpr std::string_view form = "Sun, 06 Nov 1994 08:49:37 GMT";
constexpr std::string_view months = "JanFebMarAprMayJunJulAugSepOctNovDec";

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// A letter stands for any letter and a digit for any digit, the rest for itself.
bool has_form(std::string_view text) {
  if (text.size() != form.size() || !text.ends_with(" GMT")) return false;
  for (std::size_t i = 0; i < form.size(); ++i) {
    const bool fits = is_letter(form[i])  ? is_letter(text[i])
                      : is_digit(form[i]) ? is_digit(text[i])
                                          : text[i] == form[i];
    if (!fits) return false;
  }
  return true;
}

}  // namespace

std::optional<Moment> from_http_date(std::string_view text) {
  if (!has_form(text)) return std::nullopt;
  const auto at = months.find(text.substr(8, 3));
  if (at == months.npos || at % 3 != 0) return std::nullopt;
  return from_rfc3339(
      fmt::format("{}-{:02}-{}T{}Z", text.substr(12, 4), at / 3 + 1, text.substr(5, 2), text.substr(17, 8)));
}

}  // namespace ecr6
