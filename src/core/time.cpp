#include "ecr6/core/time.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace ecr6 {

namespace {

/// Exactly `digits` decimal digits at `text`'s front, cut off; -1 when they are not there.
int take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return -1;
  int value{};
  for (const char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::milliseconds> take_fraction(std::string_view& text) {
  if (!take(text, '.')) return std::chrono::milliseconds{0};
  int milliseconds{};
  std::size_t digits{};
  for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1), ++digits)
    if (digits < 3) milliseconds = milliseconds * 10 + (text.front() - '0');
  if (digits == 0) return std::nullopt;
  for (; digits < 3; ++digits) milliseconds *= 10;
  return std::chrono::milliseconds{milliseconds};
}

}  // namespace

double to_ms(Duration duration) { return static_cast<double>(duration.count()) / 1000.0; }

Duration from_ms(double milliseconds) {
  if (!std::isfinite(milliseconds)) return Duration{0};
  return Duration{std::llround(std::clamp(milliseconds, 0.0, 1e12) * 1000.0)};
}

std::string to_text(Duration duration) {
  const double ms = to_ms(duration);
  if (ms < 10) return fmt::format("{:.1f} ms", ms);
  if (ms < 1000) return fmt::format("{:.0f} ms", ms);
  return fmt::format("{:.2f} s", ms / 1000);
}

std::string to_rfc3339(Moment moment) {
  const auto day = std::chrono::floor<std::chrono::days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss time{moment - day};
  std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                 time.hours().count(), time.minutes().count(), time.seconds().count());
  if (time.subseconds().count() != 0) text += fmt::format(".{:03}", time.subseconds().count());
  return text + "Z";
}

std::optional<Moment> from_rfc3339(std::string_view text) {
  const int year = take_number(text, 4);
  if (!take(text, '-')) return std::nullopt;
  const int month = take_number(text, 2);
  if (!take(text, '-')) return std::nullopt;
  const int day = take_number(text, 2);
  if (!take(text, 'T')) return std::nullopt;
  const int hours = take_number(text, 2);
  if (!take(text, ':')) return std::nullopt;
  const int minutes = take_number(text, 2);
  if (!take(text, ':')) return std::nullopt;
  const int seconds = take_number(text, 2);
  const auto fraction = take_fraction(text);
  if (!fraction || text != "Z" || year < 0 || month < 0 || day < 0) return std::nullopt;
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  // RFC 3339 has four digits for the year; a leap second at the end of 9999 would need five.
  if (year == 9999 && seconds == 60) return std::nullopt;
  return Moment{std::chrono::sys_days{date} + std::chrono::hours{hours} + std::chrono::minutes{minutes} +
                std::chrono::seconds{seconds} + *fraction};
}

}  // namespace ecr6
