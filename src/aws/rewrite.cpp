#include "ecr6/aws/rewrite.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "rewrite_anchor.hpp"
#include "rewrite_judge.hpp"
#include "rewrite_token.hpp"

namespace ecr6::aws {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// `"https://HOST/v2/": …`: the string that the name stands in is followed by a colon.
bool is_key(std::string_view text, std::size_t begin, std::size_t end) {
  std::size_t start = begin;
  while (start > 0 && begin - start < 16 && std::string_view{":/"}.find(text[start - 1]) != std::string_view::npos)
    --start;
  while (start > 0 && begin - start < 16 && text[start - 1] >= 'a' && text[start - 1] <= 'z') --start;
  if (start == 0 || text[start - 1] != '"') return false;
  const auto rest = text.substr(end, 256);
  const auto quote = rest.find('"');
  if (quote == rest.npos) return false;
  const auto next = rest.find_first_not_of(" \t\r\n", quote + 1);
  return next != rest.npos && rest[next] == ':';
}

bool is_login(std::string_view text, std::size_t begin, std::size_t end) {
  const std::size_t from = begin - std::min<std::size_t>(begin, 512);
  auto before = text.substr(from, begin - from);
  if (const auto feed = before.rfind('\n'); feed != before.npos) before.remove_prefix(feed + 1);
  auto after = text.substr(end, 256);
  after = after.substr(0, after.find('\n'));
  return before.find(" login ") != before.npos || after.find(" login ") != after.npos ||
         after.find("--password-stdin") != after.npos;
}

/// The name with its edits, which lie in the same text.
std::string edited(std::string_view text, const Verdict& verdict) {
  std::vector<Edit> edits = verdict.edits;
  for (Edit& edit : edits) {
    edit.begin -= verdict.begin;
    edit.end -= verdict.begin;
  }
  return applied(text.substr(verdict.begin, verdict.end - verdict.begin), edits);
}

}  // namespace

std::string_view to_string(Fate fate) {
  switch (fate) {
    case Fate::rewritten:
      return "rewritten";
    case Fate::unconfirmed:
      return "unconfirmed";
    case Fate::uncertain:
      return "uncertain";
    case Fate::pattern:
      return "pattern";
    case Fate::fragment:
      return "fragment";
    case Fate::wrong:
      return "wrong";
    case Fate::layers:
      return "layers";
  }
  return "";
}

std::string_view reason(Fate fate) {
  switch (fate) {
    case Fate::rewritten:
      return "";
    case Fate::unconfirmed:
      return "no confirmed dual-stack name; ask AWS before you change it";
    case Fate::uncertain:
      return "the template does not say which suffix it ends in; change it by hand";
    case Fate::pattern:
      return "a pattern; add the dual-stack one beside it, such as *.dkr-ecr.*.on.aws";
    case Fate::fragment:
      return "a piece of a name that is put together elsewhere; change it by hand: 'dkr.ecr' becomes 'dkr-ecr', "
             "'amazonaws.com' becomes 'on.aws'";
    case Fate::wrong:
      return "no such name exists; 'ecr6 endpoints' on it prints the right ones";
    case Fate::layers:
      return "a layer bucket; which one a dual-stack pull is sent to is not documented, so allow both spellings";
  }
  return "";
}

void Rewriter::feed(std::string_view piece) {
  // Bounded whatever the caller hands over.
  constexpr std::size_t most = 256 * 1024;
  for (; !piece.empty(); piece.remove_prefix(std::min(most, piece.size()))) {
    window_ += piece.substr(0, most);
    if (window_.size() > 4 * rewrite_reach) scan(false);
  }
}

void Rewriter::finish() { scan(true); }

void Rewriter::scan(bool last) {
  if (base_ == 0 && scanned_ == 0 && window_.starts_with(byte_order_mark)) line_start_ = byte_order_mark.size();
  const std::size_t end = last ? window_.size() : window_.size() - std::min(window_.size(), rewrite_reach);
  while ((scanned_ = next_anchor(window_, scanned_, end)) < end) {
    const std::size_t at = scanned_;
    const Token token = token_around(window_, at);
    // Further anchors in the same run would give the same token.
    scanned_ = std::max(at + 1, token.run_end);
    const auto verdict = judge(window_, token);
    if (!verdict || verdict->begin < emitted_) continue;
    put(*verdict);
    scanned_ = std::max(scanned_, verdict->end);
  }
  const std::size_t done = last ? window_.size() : std::max(end, rewrite_reach) - rewrite_reach;
  emit(std::max(done, emitted_));
  forget(done);
}

void Rewriter::put(const Verdict& verdict) {
  count_lines(verdict.begin);
  Sighting seen;
  seen.offset = base_ + verdict.begin;
  seen.line = line_;
  seen.column = seen.offset - std::min(seen.offset, line_start_) + 1;
  seen.text = window_.substr(verdict.begin, verdict.end - verdict.begin);
  if (!verdict.edits.empty()) seen.replacement = edited(window_, verdict);
  seen.fate = verdict.fate;
  seen.role = verdict.role;
  seen.is_key = is_key(window_, verdict.begin, verdict.end);
  seen.is_login = is_login(window_, verdict.begin, verdict.end);
  for (const Edit& edit : verdict.edits) {
    emit(edit.begin);
    if (text_) text_(edit.text);
    emitted_ = edit.end;
  }
  if (seen_) seen_(seen);
}

void Rewriter::count_lines(std::size_t end) {
  if (end <= counted_) return;  // names do not go over line ends
  const auto fresh = std::string_view{window_}.substr(counted_, end - counted_);
  line_ += count_line_feeds(fresh);
  if (const auto feed = fresh.rfind('\n'); feed != fresh.npos) line_start_ = base_ + counted_ + feed + 1;
  counted_ = end;
}

void Rewriter::emit(std::size_t end) {
  if (end <= emitted_) return;
  if (text_) text_(std::string_view{window_}.substr(emitted_, end - emitted_));
  emitted_ = end;
}

void Rewriter::forget(std::size_t end) {
  count_lines(end);
  end = std::min({end, emitted_, scanned_, counted_});
  window_.erase(0, end);
  base_ += end;
  scanned_ -= end;
  emitted_ -= end;
  counted_ -= end;
}

}  // namespace ecr6::aws
