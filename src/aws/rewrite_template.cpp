#include <algorithm>

#include "ecr6/aws/names.hpp"
#include "ecr6/aws/partitions.hpp"
#include "ecr6/aws/recognise.hpp"
#include "ecr6/core/text.hpp"
#include "rewrite_judge.hpp"
#include "rewrite_place.hpp"

namespace ecr6::aws {

namespace {

constexpr std::size_t none = std::string_view::npos;

bool has_piece(std::string_view text) { return std::any_of(text.begin(), text.end(), is_piece); }
bool is_literal(std::string_view text) { return !text.empty() && !has_piece(text); }
/// `${X}`, or the words of documents: `aws_account_id.dkr.ecr.region.amazonaws.com`.
bool is_open(std::string_view label, std::string_view word) { return has_piece(label) || label.find(word) != none; }
bool is_one_region(std::string_view label) { return !label.empty() && !is_open(label, "region"); }

/// `[ACCOUNT.]SERVICE.REGION.SUFFIX` with places in the mask. Any part may hold pieces.
struct Shape {
  Role role{};
  std::string_view account, service, region, suffix;
  bool fips{};
  bool short_api{};  ///< without the `api.` that makes it unlikely to be something else
  bool open_end{};   ///< a value follows the suffix at once
};

std::string_view next_label(std::string_view& rest) {
  const auto dot = std::min(rest.find('.'), rest.size());
  const auto label = rest.substr(0, dot);
  rest.remove_prefix(std::min(dot + 1, rest.size()));
  return label;
}

/// Reads `ecr`, `ecr-fips`, `ecr-public` or, with a piece in it, something that starts with `ecr`.
bool read_service(std::string_view label, Shape& shape) {
  if (label == "ecr-public" || label == "ecr-public-fips") shape.role = Role::public_api;
  shape.fips = label.ends_with("-fips");
  return label == "ecr" || label == "ecr-fips" || shape.role == Role::public_api ||
         (label.starts_with("ecr") && has_piece(label));
}

std::optional<Shape> shape_of_mask(std::string_view mask) {
  Shape shape;
  std::string_view rest = mask;
  std::string_view label = next_label(rest);
  if (rest.starts_with("dkr.")) {
    shape.account = label;
    label = next_label(rest);
  }
  const std::size_t begin = static_cast<std::size_t>(label.data() - mask.data());
  shape.role = label == "dkr" ? Role::registry : Role::api;
  shape.short_api = label != "dkr" && label != "api";
  if (!shape.short_api) label = next_label(rest);
  const bool fits = read_service(label, shape) && (shape.account.empty() || shape.role == Role::registry);
  if (!fits) return std::nullopt;
  shape.service = mask.substr(begin, static_cast<std::size_t>(label.data() - mask.data()) + label.size() - begin);
  shape.region = next_label(rest);
  shape.suffix = rest;
  return shape;
}

/// The partition that region and suffix agree on. Null when they do not, or there is none.
const Partition* partition_for(const Shape& shape) {
  if (is_one_region(shape.region)) {
    const Partition* const found = partition_of(shape.region);
    return found != nullptr && found->dns_suffix == shape.suffix ? found : nullptr;
  }
  for (const Partition& partition : partitions())
    if (partition.dns_suffix == shape.suffix) return &partition;
  return nullptr;
}

/// `api.ecr.${R}.api.aws`, `….dkr.ecr.${R}.on.aws`: today's service with a dual-stack suffix.
bool is_half_way(const Shape& shape) {
  if (shape.short_api) return false;
  return std::any_of(partitions().begin(), partitions().end(), [&](const Partition& partition) {
    return shape.suffix == partition.dual_stack_suffix ||
           (!partition.registry_suffix.empty() && shape.suffix == partition.registry_suffix);
  });
}

std::optional<Endpoint> twin_of(const Shape& shape, const Partition& partition) {
  if (shape.role == Role::public_api && !is_one_region(shape.region)) return std::nullopt;
  const auto region = is_one_region(shape.region) ? shape.region : partition.main_region;
  auto twin = dual_stack_endpoint(shape.role, {std::string{region}, std::string{placeholder_account}, shape.fips});
  return twin && twin->confirmed ? twin : std::nullopt;
}

bool has_wildcard(const Shape& shape) {
  const auto holds = [](std::string_view part) { return part.find(static_cast<char>(PieceKind::wildcard)) != none; };
  return holds(shape.account) || holds(shape.region) || holds(shape.suffix) || holds(shape.service);
}

bool account_fits(const Shape& shape) {
  return shape.account.empty() || is_open(shape.account, "account") || checked_account(shape.account).has_value();
}

std::optional<Fate> fate_of(const Shape& shape) {
  if (!account_fits(shape)) return std::nullopt;
  if (shape.region.empty()) return shape.role == Role::registry ? std::optional{Fate::fragment} : std::nullopt;
  if (is_one_region(shape.region) && partition_of(shape.region) == nullptr) return std::nullopt;
  const bool open = has_piece(shape.service) || !is_literal(shape.suffix) || shape.open_end;
  if (open && shape.short_api) return std::nullopt;
  if (has_wildcard(shape)) return Fate::pattern;
  if (open) return Fate::uncertain;
  if (is_half_way(shape)) return Fate::wrong;
  const Partition* const partition = partition_for(shape);
  if (partition == nullptr) return std::nullopt;
  return twin_of(shape, *partition) ? Fate::rewritten : Fate::unconfirmed;
}

/// A template may hold a name of its own, such as a default; then nothing around it is touched.
bool holds_names(std::string_view piece) {
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const std::size_t begin = i;
    while (i < piece.size() && is_host_char(piece[i])) ++i;
    const auto word = to_lower(piece.substr(begin, i - begin));
    if (word.find("dkr.ecr") != none || word.find("dkr-ecr") != none || word.find("ecr.aws") != none ||
        word.find("aws.com") != none || recognise(word))
      return true;
  }
  return false;
}

bool pieces_hold_names(std::string_view text, const Token& token) {
  for (std::size_t i = 0; i < token.mask.size(); ++i)
    if (is_piece(token.mask[i]) && holds_names(text.substr(token.places[i], token.places[i + 1] - token.places[i])))
      return true;
  return false;
}

/// Markup before and after the name is no part of it; a value right behind it leaves its end open.
std::string_view core_of(std::string_view mask, bool& open_end) {
  const auto soft = static_cast<char>(PieceKind::soft);
  while (mask.size() > 1 && mask[0] == soft && mask[1] != '.') mask.remove_prefix(1);
  const auto before_last = [&] { return mask.size() > 1 ? mask[mask.size() - 2] : '.'; };
  while (!mask.empty() && is_piece(mask.back()) && before_last() != '.') {
    open_end = open_end || mask.back() == static_cast<char>(PieceKind::value);
    mask.remove_suffix(1);
  }
  while (mask.ends_with('.')) mask.remove_suffix(1);
  return mask;
}

}  // namespace

std::optional<Verdict> judge_template(std::string_view text, const Token& token) {
  const std::string_view mask = token.mask;
  if (!is_open(mask, "account") && !is_open(mask, "region")) return std::nullopt;
  // What is put in there is more than a simple piece: `{'.cn' if china else ''}`.
  bool open_end = text.substr(token.places.back(), 1) == "{";
  const std::string_view core = core_of(mask, open_end);
  auto shape = shape_of_mask(core);
  if (!shape) return std::nullopt;
  shape->open_end = open_end;
  auto fate = fate_of(*shape);
  const auto place = [&](const char* in_mask) { return token.places[static_cast<std::size_t>(in_mask - mask.data())]; };
  Verdict verdict{Fate::uncertain, shape->role, place(core.data()), place(core.data() + core.size()), {}};
  if (!fate || !can_start_host(text, token.begin) || !can_end_host(text, token.places.back())) return std::nullopt;
  if (*fate == Fate::rewritten && pieces_hold_names(text, token)) fate = Fate::uncertain;
  verdict.fate = *fate;
  if (*fate != Fate::rewritten) return verdict;
  const Partition& partition = *partition_for(*shape);
  const bool is_registry = shape->role == Role::registry;
  const std::string service = std::string{is_registry                       ? "dkr-ecr"
                                          : shape->role == Role::public_api ? "ecr-public"
                                                                            : "ecr"} +
                              (shape->fips ? "-fips" : "");
  const auto edit = [&](std::string_view part, std::string_view by) {
    verdict.edits.push_back({place(part.data()), place(part.data() + part.size()), std::string{by}});
  };
  edit(shape->service, service);
  edit(shape->suffix, is_registry ? partition.registry_suffix : partition.dual_stack_suffix);
  return verdict;
}

}  // namespace ecr6::aws
