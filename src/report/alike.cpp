#include "alike.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "ecr6/core/address.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::report {

namespace {

constexpr std::size_t most_listed = 8, most_numbers = 4;

enum class Kind : char { word = 'w', address = 'a', name = 'n', number = '#', time = 't' };

/// "(2001:db8::1," is an address between "(" and ",".
struct Part {
  std::string_view before, core, after;
  Kind kind{Kind::word};
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool in_name(char c) { return is_digit(c) || is_letter(c) || c == '-' || c == '.' || c == '_'; }
bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

/// "[2001:db8::1]:443" and "192.0.2.1:443" without their port; any other text as it is.
std::string_view without_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == text.npos || !all_digits(text.substr(colon + 1))) return text;
  const std::string_view host = text.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) return host.substr(1, host.size() - 2);
  return host.find(':') == host.npos ? host : text;
}

bool is_address(std::string_view text) {
  return Address::parse(text) || Prefix::parse(text) || Address::parse(without_port(text));
}

bool is_number(std::string_view text) {
  const auto dot = text.find('.');
  return text.size() < 10 && all_digits(text.substr(0, dot)) && (dot == text.npos || all_digits(text.substr(dot + 1)));
}

/// Two labels at least, the last of which is no number: "TLSv1.3" and "e.g." are words.
bool is_name(std::string_view text) {
  text = without_port(text);
  if (text.size() == 12 && all_digits(text)) return true;  // an account
  const std::string_view last = text.substr(text.rfind('.') + 1);
  return last.size() > 1 && last.size() + 1 < text.size() && is_letter(last.front()) && !text.starts_with('.') &&
         text.find("..") == text.npos && std::all_of(text.begin(), text.end(), in_name);
}

Kind kind_of_core(std::string_view text) {
  if (is_address(text)) return Kind::address;
  if (is_number(text)) return Kind::number;
  return is_name(text) ? Kind::name : Kind::word;
}

Part part_of(std::string_view word) {
  std::string_view before = word.substr(0, word.find_first_not_of("(\"'"));
  for (std::string_view core = word.substr(before.size()); !core.empty(); core.remove_suffix(1)) {
    if (const Kind kind = kind_of_core(core); kind != Kind::word)
      return {before, core, word.substr(before.size() + core.size()), kind};
    if (std::string_view{".,;:)\"'%"}.find(core.back()) == std::string_view::npos) break;
  }
  return {{}, word, {}, Kind::word};
}

std::string_view unit_of(std::string_view word) {
  const std::string_view unit = word.substr(0, word.find_first_of(".,;:)\"'"));
  return unit == "ms" || unit == "s" ? unit : std::string_view{};
}

/// "3.00" and "s," are one time.
Part with_unit(const Part& number, std::string_view word, std::string_view unit) {
  Part time = number;
  time.core = {number.core.data(), static_cast<std::size_t>(unit.data() + unit.size() - number.core.data())};
  time.after = word.substr(unit.size());
  time.kind = Kind::time;
  return time;
}

std::vector<Part> parts_of(std::string_view text) {
  std::vector<Part> parts;
  for (const std::string_view word : split(text, ' ')) {
    const bool after_number = !parts.empty() && parts.back().kind == Kind::number && parts.back().after.empty();
    if (const std::string_view unit = unit_of(word); after_number && !unit.empty())
      parts.back() = with_unit(parts.back(), word, unit);
    else
      parts.push_back(part_of(word));
  }
  return parts;
}

bool may_differ(const Part& part, Numbers numbers) {
  return part.kind != Kind::word && (part.kind != Kind::number || numbers == Numbers::may_differ);
}

double value_of(std::string_view number) {
  double value{};
  std::from_chars(number.data(), number.data() + number.size(), value);
  return number.ends_with("ms") || number.back() != 's' ? value : value * 1000;
}

/// "3.00 to 3.02 s", "900 ms to 1.20 s", "2 to 16".
std::string range_of(std::string_view least, std::string_view most) {
  const std::string_view unit = least.substr(std::min(least.find(' '), least.size()));
  if (!unit.empty() && most.ends_with(unit)) least.remove_suffix(unit.size());
  return fmt::format("{} to {}", least, most);
}

std::string merged_cores(std::vector<std::string> cores, Kind kind) {
  if (cores.size() == 1) return cores.front();
  if (kind != Kind::number && kind != Kind::time) return listed(cores, most_listed);
  std::stable_sort(cores.begin(), cores.end(),
                   [](const auto& left, const auto& right) { return value_of(left) < value_of(right); });
  if (kind == Kind::number && cores.size() <= most_numbers) return join(cores, "/");
  return range_of(cores.front(), cores.back());
}

}  // namespace

std::string listed(const std::vector<std::string>& entries, std::size_t most) {
  if (entries.size() == 1) return entries.front();
  const std::size_t shown = entries.size() <= most ? entries.size() - 1 : most - 1;
  const std::vector<std::string> first{entries.begin(), entries.begin() + static_cast<std::ptrdiff_t>(shown)};
  const std::size_t rest = entries.size() - shown;
  return join(first, ", ") + (rest == 1 ? " and " + entries.back() : fmt::format(" and {} more", rest));
}

std::string frame_of(std::string_view text, Numbers numbers) {
  std::string frame;
  for (const Part& part : parts_of(text)) {
    frame += part.before;
    // A control byte in front keeps a placeholder apart from every word that a rule writes.
    frame += may_differ(part, numbers) ? std::string{'\x01', static_cast<char>(part.kind)} : std::string{part.core};
    frame += part.after;
    frame += ' ';
  }
  return frame;
}

std::string merged(const std::vector<std::string_view>& alike) {
  std::vector<std::vector<Part>> sentences;
  for (const std::string_view text : alike) sentences.push_back(parts_of(text));
  std::vector<std::string> words;
  for (std::size_t i = 0; i < sentences.front().size(); ++i) {
    const Part& model = sentences.front()[i];
    std::vector<std::string> cores;
    for (const std::vector<Part>& parts : sentences)
      if (std::string core{parts[i].core}; std::find(cores.begin(), cores.end(), core) == cores.end())
        cores.push_back(std::move(core));
    words.push_back(std::string{model.before} + merged_cores(std::move(cores), model.kind) + std::string{model.after});
  }
  return join(words, " ");
}

}  // namespace ecr6::report
