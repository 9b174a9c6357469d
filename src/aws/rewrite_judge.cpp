#include "rewrite_judge.hpp"

#include "ecr6/aws/recognise.hpp"

namespace ecr6::aws {

namespace {

bool is_quote(std::string_view text, std::size_t at) {
  return at < text.size() && (text[at] == '"' || text[at] == '\'' || text[at] == '`');
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
  const std::size_t end = token.places.back();
  const bool opened = token.begin > 0 && is_quote(text, token.begin - 1);
  const bool closed = is_quote(text, end);
  std::string_view core = mask;
  while (core.ends_with('.')) core.remove_suffix(1);
  const bool service_last = core.ends_with("dkr.ecr") || core.ends_with("dkr.ecr-fips");
  const bool leads = mask.starts_with(".dkr.ecr") && opened;
  const bool trails = service_last && mask.ends_with('.') && closed;
  const bool whole = (core == "dkr.ecr" || core == "dkr.ecr-fips") && opened && closed;
  if (!leads && !trails && !whole) return std::nullopt;
  return Verdict{Fate::fragment, std::nullopt, token.begin, end, {}};
}

std::optional<Verdict> judge(std::string_view text, const Token& token) {
  if (!token.is_whole || token.mask.empty()) return std::nullopt;
  const auto bucket = token.mask.find("-starport-layer-bucket");
  const bool is_bucket = bucket != std::string::npos && token.mask.starts_with("prod-") &&
                         token.mask.find('.') >= bucket && token.mask.find(".dualstack.") == std::string::npos;
  if (is_bucket) return Verdict{Fate::layers, Role::layers, token.begin, token.places.back(), {}};
  if (auto verdict = judge_plain(text, token)) return verdict;
  if (auto verdict = judge_template(text, token)) return verdict;
  return judge_fragment(text, token);
}

}  // namespace ecr6::aws
