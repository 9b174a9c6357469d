#include "rewrite_judge.hpp"

#include <algorithm>

#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/text.hpp"
#include "rewrite_place.hpp"

namespace ecr6::aws {

namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view quotes = "\"'`";

std::string_view last_bytes(std::string_view text) {
  return text.substr(text.size() - std::min<std::size_t>(text.size(), 64));
}

/// Whether an item of a list can start behind this, in quotes or not: `["x", `, `- `.
bool opens_item(std::string_view before) {
  if (!before.empty() && quotes.find(before.back()) != npos) return true;
  before = last_bytes(before);
  const auto last = before.find_last_not_of(" \t");
  if (last == npos) return false;
  if (before[last] == '-') return last + 1 < before.size() && (last == 0 || before[last - 1] <= ' ');
  return std::string_view{",[("}.find(before[last]) != npos;
}

bool closes_item(std::string_view after) {
  if (!after.empty() && quotes.find(after.front()) != npos) return true;
  const auto next = after.substr(0, 64).find_first_not_of(" \t");
  return next == npos ? after.size() < 64 : std::string_view{",])\r\n"}.find(after[next]) != npos;
}

/// `"dkr", ` stands before an item.
bool follows_dkr_item(std::string_view before) {
  before = last_bytes(before);
  const auto last = before.find_last_not_of(" \t\r\n\"'`,");
  if (last == npos || before.find(',', last) == npos) return false;
  before = before.substr(0, last + 1);
  if (!before.ends_with("dkr")) return false;
  before.remove_suffix(3);
  return before.empty() || !is_host_char(before.back());
}

/// How far back a word starts that ends this text, but for an escaped dot: `dkr\.`, `dkr[.]`.
std::optional<std::size_t> escaped_after(std::string_view word, std::string_view before) {
  const auto last = before.find_last_not_of("\\.[]");
  if (last == npos || before.find_first_of("\\[", last) == npos || last + 1 < word.size()) return std::nullopt;
  const std::size_t begin = last + 1 - word.size();
  const bool fits = equal_ignoring_case(before.substr(begin, word.size()), word);
  return fits ? std::optional{before.size() - begin} : std::nullopt;
}

bool escaped_before(std::string_view word, std::string_view after) {
  const auto first = after.find_first_not_of("\\.[]");
  return first != npos && after.substr(0, first).find_first_of("\\[") != npos &&
         equal_ignoring_case(after.substr(first, word.size()), word);
}

/// Where the run of plain characters stands within its token.
struct Neighbours {
  char left{}, right{};  ///< the pieces beside it, or zero
};

Neighbours neighbours(const Token& token) {
  Neighbours found;
  for (std::size_t i = 0; i < token.mask.size(); ++i) {
    if (!is_piece(token.mask[i])) continue;
    if (token.places[i + 1] == token.run_begin) found.left = token.mask[i];
    if (token.places[i] == token.run_end) found.right = token.mask[i];
  }
  return found;
}

/// A value put in right before a name may be part of its first label; before an account of 12 digits it cannot.
bool may_follow(char piece, const EcrName& name) {
  if (piece == 0 || piece == static_cast<char>(PieceKind::soft)) return true;
  return name.endpoint.account.has_value() ||
         (piece == static_cast<char>(PieceKind::wildcard) && name.endpoint.role == Role::public_registry);
}

std::optional<Fate> fate_of(const EcrName& name, const std::optional<Endpoint>& twin) {
  if (name.spelling == Spelling::vpc_endpoint || name.endpoint.role == Role::public_layers) return std::nullopt;
  if (name.spelling == Spelling::wrong) return Fate::wrong;
  if (name.endpoint.addressing == Addressing::dual_stack) return std::nullopt;
  if (name.endpoint.role == Role::layers) return Fate::layers;
  return twin && twin->confirmed ? Fate::rewritten : Fate::unconfirmed;
}

}  // namespace

std::optional<Verdict> judge_plain(std::string_view text, const Token& token) {
  std::size_t end = token.run_end;
  while (end > token.run_begin && text[end - 1] == '.') --end;
  const auto name = recognise(text.substr(token.run_begin, end - token.run_begin));
  if (!name) return std::nullopt;
  const auto [left, right] = neighbours(token);
  if (!may_follow(left, *name) || (right != 0 && end != token.run_end)) return std::nullopt;
  const std::size_t start = left != 0 ? token.begin : token.run_begin;
  if (!can_start_host(text, start) || !can_end_host(text, token.run_end)) return std::nullopt;
  const auto twin = dual_stack_twin(*name);
  const auto fate = fate_of(*name, twin);
  if (!fate) return std::nullopt;
  Verdict verdict{*fate, name->endpoint.role, token.run_begin, end, {}};
  if (*fate == Fate::rewritten) verdict.edits.push_back({token.run_begin, end, twin->name});
  return verdict;
}

std::optional<Verdict> judge_fragment(std::string_view text, const Token& token) {
  const std::string_view mask = token.mask;
  const bool opened = opens_item(text.substr(0, token.begin));
  const bool closed = closes_item(text.substr(token.places.back()));
  std::string_view core = mask;
  while (core.ends_with('.')) core.remove_suffix(1);
  const bool service_last = core.ends_with("dkr.ecr") || core.ends_with("dkr.ecr-fips");
  const bool leads =
      mask.starts_with(".dkr.ecr.") || mask.starts_with(".dkr.ecr-fips.") || (opened && mask.starts_with(".dkr.ecr"));
  const bool trails = service_last && mask.ends_with('.') && closed;
  const bool whole = (core == "dkr.ecr" || core == "dkr.ecr-fips") && opened && closed;
  const bool split = (mask == "ecr" || mask == "ecr-fips") && closed && follows_dkr_item(text.substr(0, token.begin));
  if (!leads && !trails && !whole && !split) return std::nullopt;
  const char before = token.begin == 0 ? '\n' : text[token.begin - 1];
  const bool is_domain = leads && (before == ',' || before == '=' || before == ' ') && recognise(mask.substr(1));
  return Verdict{is_domain ? Fate::pattern : Fate::fragment, std::nullopt, token.begin, token.places.back(), {}};
}

std::optional<Verdict> judge_expression(std::string_view text, const Token& token) {
  std::size_t begin = token.run_begin;
  std::size_t end = token.run_end;
  while (begin < end && text[begin] == '.') ++begin;
  while (begin < end && text[end - 1] == '.') --end;
  const std::string word = to_lower(text.substr(begin, end - begin));
  const auto before = text.substr(begin - std::min<std::size_t>(begin, 24), std::min<std::size_t>(begin, 24));
  if (word == "ecr" || word == "ecr-fips")
    if (const auto gap = escaped_after("dkr", before))
      return Verdict{Fate::pattern, Role::registry, begin - *gap, end, {}};
  if (word == "ecr" && escaped_before("aws", text.substr(end, 24)))
    if (const auto gap = escaped_after("public", before))
      return Verdict{Fate::pattern, Role::public_registry, begin - *gap, end, {}};
  return std::nullopt;
}

std::optional<Verdict> judge(std::string_view text, const Token& token) {
  if (!token.is_whole || token.mask.empty()) return std::nullopt;
  const auto bucket = token.mask.find("-starport-layer-bucket");
  const bool is_bucket = bucket != std::string::npos && token.mask.starts_with("prod-") &&
                         token.mask.find('.') >= bucket && token.mask.find(".dualstack.") == std::string::npos;
  if (is_bucket) return Verdict{Fate::layers, Role::layers, token.begin, token.places.back(), {}};
  if (auto verdict = judge_plain(text, token)) return verdict;
  if (auto verdict = judge_template(text, token)) return verdict;
  if (auto verdict = judge_fragment(text, token)) return verdict;
  return judge_expression(text, token);
}

}  // namespace ecr6::aws
