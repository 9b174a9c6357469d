#include "rewrite_token.hpp"

#include <algorithm>

#include "ecr6/aws/rewrite.hpp"
#include "rewrite_piece.hpp"

namespace ecr6::aws {

namespace {

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_name_char(char c) { return is_alnum(c) || c == '_'; }

/// `$NAME` and `%s`: their ends look like host characters. Where the variable ends, when `run` starts with its name.
std::size_t end_of_bare_variable(std::string_view text, std::size_t run, std::size_t end) {
  if (run == 0 || run == end) return run;
  std::size_t stop = run;
  while (stop < end && is_name_char(text[stop])) ++stop;
  if (text[run - 1] == '$' && !(text[run] >= '0' && text[run] <= '9')) return stop;
  const bool is_format = text[run - 1] == '%' && stop == run + 1 &&
                         (text[run] == 's' || text[run] == 'd' || text[run] == 'v' || text[run] == 'q');
  return is_format ? stop : run;
}

/// A default value's dash, an escaped line end: bytes at the start of a run that are not the host's.
std::size_t cut_foreign_start(std::string_view text, std::size_t run, std::size_t end) {
  if (run == 0 || run >= end) return run;
  const char before = text[run - 1];
  const bool escaped = before == '\\' && (text[run] == 'n' || text[run] == 't' || text[run] == 'r');
  if (escaped || (before == ':' && text[run] == '-')) return run + 1;
  if (before != '{' || run < 2 || text[run - 2] != '$') return run;
  std::size_t stop = run;  // ${NAME-default}
  while (stop < end && is_name_char(text[stop])) ++stop;
  return stop < end && stop > run && text[stop] == '-' ? stop + 1 : run;
}

struct Builder {
  std::string_view text;
  std::size_t at;
  Token token{};
  std::vector<Piece> pieces{};

  /// Where the run of host characters that ends at `end` begins.
  [[nodiscard]] std::size_t run_start(std::size_t end) const {
    while (end > 0 && is_host_char(text[end - 1]) && at - end < longest_name) --end;
    return end;
  }
  [[nodiscard]] std::size_t run_stop(std::size_t begin) const {
    while (begin < text.size() && is_host_char(text[begin]) && begin - at < longest_name) ++begin;
    return begin;
  }

  std::size_t expand_left() {
    std::size_t begin = run_start(at);
    token.run_begin = begin;
    for (bool first = true;; first = false) {
      const std::size_t run_end = first ? token.run_end : pieces.back().begin;
      if (const auto stop = end_of_bare_variable(text, begin, run_end); stop > begin) {
        if (stop > at && first) return begin;  // the place itself is inside a variable's name
        const bool doubled = begin > 1 && text[begin - 2] == '$' && text[begin - 1] == '$';
        pieces.push_back({begin - (doubled ? 2 : 1), stop, PieceKind::value});
        if (first) token.run_begin = stop;
      } else if (const auto piece = piece_before(text, begin)) {
        pieces.push_back(*piece);
      } else {
        const auto cut = cut_foreign_start(text, begin, run_end);
        if (first && cut <= at) token.run_begin = cut;
        return first && cut > at ? begin : cut;
      }
      begin = run_start(pieces.back().begin);
      if (at - begin >= longest_name) return begin;
    }
  }

  std::size_t expand_right() {
    std::size_t end = run_stop(at);
    token.run_end = end;
    for (auto piece = piece_after(text, end); piece && end - at < longest_name; piece = piece_after(text, end)) {
      pieces.push_back(*piece);
      end = run_stop(piece->end);
    }
    return end;
  }

  void add(std::size_t place, char byte) {
    token.places.push_back(place);
    token.mask += byte;
  }

  Token build() {
    const std::size_t end = expand_right();
    const std::vector<Piece> right = std::move(pieces);
    pieces.clear();
    token.begin = expand_left();
    std::reverse(pieces.begin(), pieces.end());
    pieces.insert(pieces.end(), right.begin(), right.end());
    token.is_whole = at - token.begin < longest_name && end - at < longest_name;
    std::size_t i = token.begin;
    for (const Piece& piece : pieces) {
      for (; i < piece.begin; ++i) add(i, text[i]);
      add(piece.begin, static_cast<char>(piece.kind));
      i = piece.end;
    }
    for (; i < end; ++i) add(i, text[i]);
    token.places.push_back(end);
    for (char& c : token.mask)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
    return std::move(token);
  }
};

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

/// Quotation marks, spaces and the like beyond ASCII; letters there belong to a longer name.
bool ends_with_punctuation(std::string_view before) {
  const auto tail = before.substr(before.size() - std::min<std::size_t>(before.size(), 3));
  return tail == "\xEF\xBB\xBF" || tail.ends_with("\xC2\xA0") || tail.ends_with("\xC2\xAB") ||
         (tail.size() == 3 && (tail.starts_with("\xE2\x80") || tail.starts_with("\xE3\x80")));
}

bool starts_with_punctuation(std::string_view after) {
  return after.starts_with("\xC2\xA0") || after.starts_with("\xC2\xBB") || after.starts_with("\xE2\x80") ||
         after.starts_with("\xE3\x80");
}

/// `:password@` behind what then was a user name.
bool is_userinfo(std::string_view after) {
  if (after.starts_with('@')) return true;
  if (!after.starts_with(':')) return false;
  const auto stop = after.substr(0, 256).find_first_of("@/ \t\r\n\"'`,;<>)}]");
  return stop != after.npos && after[stop] == '@';
}

}  // namespace

bool is_host_char(char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; }

Token token_around(std::string_view text, std::size_t at) { return Builder{text, at}.build(); }

bool can_start_host(std::string_view text, std::size_t at) {
  const auto before = text.substr(0, at);
  if (before.empty()) return true;
  const char last = before.back();
  if (last == '/') return follows_scheme(before);
  if (static_cast<unsigned char>(last) >= 0x80) return ends_with_punctuation(before);
  if (last == '-') return true;  // cut off as the dash of a default value
  if (before.size() > 1 && before[before.size() - 2] == '\\' && (last == 'n' || last == 't' || last == 'r'))
    return true;
  if (last == ':') {
    std::size_t end = at;
    while (end < text.size() && end - at < longest_name && is_host_char(text[end])) ++end;
    return follows_key(before, text.substr(end));
  }
  return static_cast<unsigned char>(last) <= ' ' ||
         std::string_view{"\"'`=,(@[{<>|;&!#"}.find(last) != std::string_view::npos;
}

bool can_end_host(std::string_view text, std::size_t at) {
  const auto after = text.substr(at);
  if (after.empty()) return true;
  if (static_cast<unsigned char>(after.front()) >= 0x80) return starts_with_punctuation(after);
  if (after.front() == '%' && after.size() > 2 && is_hex(after[1]) && is_hex(after[2]))
    return after.substr(1, 2) == "2F" || after.substr(1, 2) == "2f" || after.substr(1, 2) == "3A";
  return !is_userinfo(after);
}

}  // namespace ecr6::aws
