#include "rewrite_token.hpp"

#include <algorithm>

#include "ecr6/aws/rewrite.hpp"
#include "rewrite_piece.hpp"
#include "rewrite_place.hpp"

namespace ecr6::aws {

namespace {

bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_char(char c) { return is_alnum(c) || c == '_'; }

/// Where `$env:` starts that ends with this colon; else the colon itself.
std::size_t scope_start(std::string_view text, std::size_t colon) {
  std::size_t start = colon;
  while (start > 0 && colon - start < 8 && is_name_char(text[start - 1])) --start;
  const bool fits = start > 0 && text[start - 1] == '$' && is_variable_scope(text.substr(start, colon - start));
  return fits ? start - 1 : colon;
}

/// `$NAME`, `$env:NAME`, `$1` and `%s`: their ends look like host characters. The one whose end starts this run.
std::optional<Piece> bare_variable(std::string_view text, std::size_t run, std::size_t end) {
  std::size_t stop = run;
  while (stop < end && is_name_char(text[stop])) ++stop;
  if (run == 0 || stop == run) return std::nullopt;
  const std::size_t sign = text[run - 1] == ':' ? scope_start(text, run - 1) : run - 1;
  const bool is_number = text[run] >= '0' && text[run] <= '9';
  if (text[sign] == '$' && (!is_number || stop == run + 1)) {
    const bool doubled = sign > 0 && text[sign - 1] == '$';
    return Piece{sign - (doubled ? 1 : 0), stop, PieceKind::value};
  }
  const bool is_format = text[sign] == '%' && stop == run + 1 &&
                         (text[run] == 's' || text[run] == 'd' || text[run] == 'v' || text[run] == 'q');
  return is_format ? std::optional{Piece{sign, stop, PieceKind::value}} : std::nullopt;
}

/// A default value's dash, an escaped line end, the digits of `%22`: bytes at the start of a run that are not the
/// host's.
std::size_t cut_foreign_start(std::string_view text, std::size_t run, std::size_t end) {
  if (run == 0 || run >= end) return run;
  const char before = text[run - 1];
  const bool escaped = before == '\\' && (text[run] == 'n' || text[run] == 't' || text[run] == 'r');
  if (escaped || (before == ':' && text[run] == '-')) return run + 1;
  if (const char c = unescaped(text.substr(run - 1, 3)); c != 0 && run + 2 <= end && (c == '/' || opens_host(c)))
    return run + 2;
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

  /// The place itself is in a variable's name: nothing but that name is looked at.
  std::size_t inside_variable(std::size_t end) {
    token.run_end = end;
    return token.run_begin;
  }

  std::size_t expand_left() {
    std::size_t begin = run_start(at);
    token.run_begin = begin;
    for (bool first = true;; first = false) {
      const std::size_t run_end = first ? token.run_end : pieces.back().begin;
      if (const auto variable = bare_variable(text, begin, run_end)) {
        if (variable->end > at && first) return inside_variable(variable->end);
        pieces.push_back(*variable);
        if (first) token.run_begin = variable->end;
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

}  // namespace

bool is_host_char(char c) { return is_alnum(c) || c == '.' || c == '-' || c == '_'; }

Token token_around(std::string_view text, std::size_t at) { return Builder{text, at}.build(); }

}  // namespace ecr6::aws
