#include "rewrite_place.hpp"

#include <algorithm>

#include "ecr6/aws/rewrite.hpp"
#include "rewrite_token.hpp"

namespace ecr6::aws {

namespace {

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_name_char(char c) { return is_alnum(c) || c == '_'; }

/// `scheme://` or `scheme:\/\/` before the place, the scheme itself at the start of something; or `//` there.
bool follows_scheme(std::string_view before) {
  if (before.ends_with("\\/\\/"))
    before.remove_suffix(4);
  else if (before.ends_with("//"))
    before.remove_suffix(2);
  else
    return false;
  if (!before.ends_with(':'))
    return before.empty() || before.back() == '\n' || before.back() == ' ' || before.back() == '"' ||
           before.back() == '\'' || before.back() == '(';
  before.remove_suffix(1);
  std::size_t length = 0;
  while (length < before.size() && length < 32 &&
         (is_alnum(before[before.size() - 1 - length]) ||
          std::string_view{"+.-"}.find(before[before.size() - 1 - length]) != std::string_view::npos))
    ++length;
  before.remove_suffix(length);
  // A template may stand for the scheme; an address inside another one's path is that one's business.
  return before.empty() || before.back() != '/';
}

/// `%22`, and `%3A%2F%2F` of a scheme.
bool follows_escape(std::string_view before) {
  const auto escape = [&] { return before.size() < 3 ? char{0} : unescaped(before.substr(before.size() - 3)); };
  const char last = escape();
  if (last == 0 || last != '/') return last != 0 && opens_host(last);
  before.remove_suffix(3);
  if (escape() != '/') return false;
  before.remove_suffix(3);
  return before.ends_with(':') || escape() == ':';
}

/// `word:` before an image: `registry:HOST/…`, without a path that would make HOST a tag.
bool follows_key(std::string_view before, std::string_view after) {
  if (!after.starts_with('/')) return false;
  before.remove_suffix(1);
  std::size_t length = 0;
  while (length < before.size() && length < 64 && is_name_char(before[before.size() - 1 - length])) ++length;
  if (length == 0) return false;
  before.remove_suffix(length);
  return before.empty() || std::string_view{" \t\r\n\"'{[,="}.find(before.back()) != std::string_view::npos;
}

/// U+FF01 and on, without the letters and digits: `：` and `，` of Chinese text.
bool is_wide_punctuation(std::string_view text) {
  if (text.size() != 3 || !text.starts_with("\xEF\xBC")) return false;
  const auto last = static_cast<unsigned char>(text[2]);
  return (last >= 0x81 && last <= 0x8F && last != 0x8E) || (last >= 0x9A && last <= 0xA0);
}

/// Quotation marks, spaces and the like beyond ASCII; letters there belong to a longer name.
bool ends_with_punctuation(std::string_view before) {
  const auto tail = before.substr(before.size() - std::min<std::size_t>(before.size(), 3));
  return tail == "\xEF\xBB\xBF" || is_wide_punctuation(tail) || tail.ends_with("\xC2\xA0") ||
         tail.ends_with("\xC2\xAB") ||
         (tail.size() == 3 && (tail.starts_with("\xE2\x80") || tail.starts_with("\xE3\x80")));
}

bool starts_with_punctuation(std::string_view after) {
  return is_wide_punctuation(after.substr(0, 3)) || after.starts_with("\xC2\xA0") || after.starts_with("\xC2\xBB") ||
         after.starts_with("\xE2\x80") || after.starts_with("\xE3\x80");
}

/// `:password@` behind what then was a user name.
bool is_userinfo(std::string_view after) {
  if (after.starts_with('@')) return true;
  if (!after.starts_with(':')) return false;
  const auto stop = after.substr(0, 256).find_first_of("@/ \t\r\n\"'`,;<>)}]");
  return stop != after.npos && after[stop] == '@';
}

}  // namespace

char unescaped(std::string_view text) {
  if (text.size() < 3 || text[0] != '%' || text[1] < '0' || text[1] > '7' || !is_hex(text[2])) return 0;
  const char low = text[2];
  const int digit = low <= '9' ? low - '0' : (low | 0x20) - 'a' + 10;
  return static_cast<char>((text[1] - '0') * 16 + digit);
}

bool opens_host(char c) {
  return static_cast<unsigned char>(c) <= ' ' ||
         std::string_view{"\"'`=,(@[{<>|;&!#+"}.find(c) != std::string_view::npos;
}

bool can_start_host(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at);
  if (before.empty()) return true;
  const char last = before.back();
  if (last == '/') return follows_scheme(before);
  if (static_cast<unsigned char>(last) >= 0x80) return ends_with_punctuation(before);
  if (last == '-') return true;  // cut off as the dash of a default value
  if (is_hex(last) && follows_escape(before)) return true;
  if (before.size() > 1 && before[before.size() - 2] == '\\' && (last == 'n' || last == 't' || last == 'r'))
    return true;
  if (last == ':') {
    std::size_t end = at;
    while (end < text.size() && end - at < longest_name && is_host_char(text[end])) ++end;
    return follows_key(before, text.substr(end));
  }
  return opens_host(last);
}

bool can_end_host(std::string_view text, std::size_t at) {
  const auto after = text.substr(at);
  if (after.empty()) return true;
  if (static_cast<unsigned char>(after.front()) >= 0x80) return starts_with_punctuation(after);
  if (after.front() == '%' && after.size() > 2 && is_hex(after[1]) && is_hex(after[2])) {
    const char c = unescaped(after.substr(0, 3));
    return c != 0 && c != '@' && !is_host_char(c);
  }
  return !is_userinfo(after);
}

}  // namespace ecr6::aws
