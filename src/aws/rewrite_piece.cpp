#include "rewrite_piece.hpp"

#include <algorithm>
#include <iterator>

#include "ecr6/core/text.hpp"

namespace ecr6::aws {

namespace {

constexpr std::size_t longest_piece = 512;
using Found = std::optional<std::size_t>;

bool is_word(char c) { return (is_host_char(c) && c != '-' && c != '.'); }
bool is_format(char c) { return c == 's' || c == 'd' || c == 'v' || c == 'q'; }

/// Where the bracket that ends before `end` was opened.
Found opening(std::string_view text, std::size_t end, char open, char close) {
  int depth = 0;
  for (std::size_t i = end; i > 0 && end - i < longest_piece && text[i - 1] != '\n'; --i) {
    if (text[i - 1] == close) ++depth;
    if (text[i - 1] == open && --depth == 0) return i - 1;
  }
  return std::nullopt;
}

/// Right behind the bracket that closes the one at `begin`.
Found closing(std::string_view text, std::size_t begin, char open, char close) {
  int depth = 0;
  for (std::size_t i = begin; i < text.size() && i - begin < longest_piece && text[i] != '\n'; ++i) {
    if (text[i] == open) ++depth;
    if (text[i] == close && --depth == 0) return i + 1;
  }
  return std::nullopt;
}

/// `{name}` of Python, Rust and C#, `<name>` of documents: no white space, nothing but a simple expression.
bool is_simple(std::string_view inside) {
  return std::all_of(inside.begin(), inside.end(), [](char c) {
    return is_host_char(c) || c == '[' || c == ']' || c == '(' || c == ')' || c == '!';
  });
}

/// `{{ end }}`, `{{- if .x }}`, `{% endif %}`: nothing is put in there.
bool is_control(std::string_view piece) {
  if (piece.starts_with("{%")) return true;
  const auto first = piece.find_first_not_of("{- #/");
  if (first == piece.npos) return true;
  if (piece.starts_with("{{/") || piece.starts_with("{{#")) return true;
  for (const std::string_view word : {"if", "else", "end", "range", "with", "define", "block"}) {
    const auto rest = piece.substr(first);
    if (rest.starts_with(word) && (rest.size() == word.size() || !is_word(rest[word.size()]))) return true;
  }
  return false;
}

/// A pair of braces; `from` is the outer opening one.
std::optional<Piece> braces(std::string_view text, std::size_t from, std::size_t end) {
  const auto whole = text.substr(from, end - from);
  if (from > 0 && (text[from - 1] == '$' || text[from - 1] == '#' || text[from - 1] == '%')) {
    const bool twice = from > 1 && text[from - 2] == '$' && text[from - 1] == '$';
    return Piece{from - (twice ? 2 : 1), end, PieceKind::value};
  }
  if (whole.starts_with("{{") && whole.ends_with("}}"))
    return Piece{from, end, is_control(whole) ? PieceKind::soft : PieceKind::value};
  if (whole.starts_with("{%") && whole.ends_with("%}")) return Piece{from, end, PieceKind::soft};
  if (!is_simple(whole.substr(1, whole.size() - 2))) return std::nullopt;
  return Piece{from, end, PieceKind::value};
}

/// `<X>` of documents; `<%= x %>` of ERB and EJS puts a value in, `<% x %>` does not.
std::optional<Piece> angles(std::string_view text, std::size_t from, std::size_t end) {
  const auto inside = text.substr(from + 1, end - from - 2);
  if (inside.size() > 1 && inside.front() == '%' && inside.back() == '%')
    return Piece{from, end, inside[1] == '=' || inside[1] == '-' ? PieceKind::value : PieceKind::soft};
  const bool fits = !inside.empty() && is_simple(inside);
  return fits ? std::optional{Piece{from, end, PieceKind::soft}} : std::nullopt;
}

/// `%2F` is an escape of URLs; variables do not start with a digit.
bool starts_variable(char c) { return is_word(c) && !(c >= '0' && c <= '9'); }

std::optional<Piece> percent_before(std::string_view text, std::size_t end) {
  std::size_t i = end - 1;
  while (i > 0 && end - i < longest_piece && is_word(text[i - 1])) --i;
  if (i == end - 1 || i == 0 || text[i - 1] != '%' || !starts_variable(text[i])) return std::nullopt;
  return Piece{i - 1, end, PieceKind::value};
}

std::optional<Piece> percent_after(std::string_view text, std::size_t begin) {
  std::size_t i = begin + 1;
  if (i < text.size() && !starts_variable(text[i])) return std::nullopt;
  while (i < text.size() && i - begin < longest_piece && is_word(text[i])) ++i;
  if (i < text.size() && i > begin + 1 && text[i] == '%') return Piece{begin, i + 1, PieceKind::value};
  if (begin + 1 < text.size() && is_format(text[begin + 1]) && i == begin + 2)
    return Piece{begin, begin + 2, PieceKind::value};
  return std::nullopt;
}

/// Behind `$env:NAME` and the like of PowerShell; `at` is behind the `$`, `end` behind the word there.
std::size_t end_of_scoped(std::string_view text, std::size_t at, std::size_t end) {
  if (end + 1 >= text.size() || text[end] != ':' || !is_word(text[end + 1])) return end;
  if (!is_variable_scope(text.substr(at, end - at))) return end;
  for (++end; end < text.size() && end - at < longest_piece && is_word(text[end]);) ++end;
  return end;
}

std::optional<Piece> dollar_after(std::string_view text, std::size_t begin) {
  std::size_t at = begin + 1;
  if (at < text.size() && text[at] == '$') ++at;
  if (at >= text.size()) return std::nullopt;
  Found end;
  if (text[at] == '{') end = closing(text, at, '{', '}');
  if (text[at] == '(') end = closing(text, at, '(', ')');
  if (is_word(text[at])) {
    for (end = at; *end < text.size() && *end - at < longest_piece && is_word(text[*end]);) ++*end;
    end = end_of_scoped(text, at, *end);
  }
  return end ? std::optional{Piece{begin, *end, PieceKind::value}} : std::nullopt;
}

}  // namespace

bool is_variable_scope(std::string_view word) {
  constexpr std::string_view scopes[] = {"env", "global", "script", "local", "private", "using"};
  return std::any_of(std::begin(scopes), std::end(scopes),
                     [&](std::string_view scope) { return equal_ignoring_case(word, scope); });
}

std::optional<Piece> piece_before(std::string_view text, std::size_t end) {
  if (end == 0) return std::nullopt;
  const char last = text[end - 1];
  if (last == '*') return Piece{end - 1, end, PieceKind::wildcard};
  if (last == '%') return percent_before(text, end);
  if (last == '}')
    if (const Found from = opening(text, end, '{', '}')) return braces(text, *from, end);
  if (last == '>')
    if (const Found from = opening(text, end, '<', '>')) return angles(text, *from, end);
  if (last == ')')
    if (const Found from = opening(text, end, '(', ')'); from && *from > 0 && text[*from - 1] == '$')
      return Piece{*from - 1, end, PieceKind::value};
  return std::nullopt;
}

std::optional<Piece> piece_after(std::string_view text, std::size_t begin) {
  if (begin >= text.size()) return std::nullopt;
  const char first = text[begin];
  if (first == '*') return Piece{begin, begin + 1, PieceKind::wildcard};
  if (first == '%' && text.substr(begin + 1, 1) != "{") return percent_after(text, begin);
  if (first == '$') return dollar_after(text, begin);
  if ((first == '#' || first == '%') && text.substr(begin + 1, 1) == "{") {
    const Found end = closing(text, begin + 1, '{', '}');
    return end ? std::optional{Piece{begin, *end, PieceKind::value}} : std::nullopt;
  }
  if (first == '{')
    if (const Found end = closing(text, begin, '{', '}')) return braces(text, begin, *end);
  if (first == '<')
    if (const Found end = closing(text, begin, '<', '>')) return angles(text, begin, *end);
  return std::nullopt;
}

}  // namespace ecr6::aws
