#include "ecr6/policy/change.hpp"

#include <algorithm>

#include "ecr6/policy/ip_value.hpp"
#include "ecr6/policy/scope.hpp"

namespace ecr6::policy {

namespace {

/// Companions are looked for up to here. IAM's size limits keep real documents far below.
constexpr std::size_t max_paired_statements = 2000;

/// How much of one family a statement applies to.
struct Share {
  bool surely_some{};
  bool surely_all{};
  bool maybe_some{};
  bool maybe_all{};
};

struct Meaning {
  std::size_t statement{};
  Path path{};
  Share v6, v4;
};

Share share_of(const Region& region, Family family, const AddressSet& world) {
  const AddressSet all = only(family, world);
  const AddressSet certain = region.certain.intersected(all);
  const AddressSet possible = region.possible.intersected(all);
  return {!certain.empty(), certain == all, !possible.empty(), possible == all};
}

Meaning meaning_of(const Document& document, std::size_t statement, Path path) {
  const Region region = region_of(document.statements[statement], path);
  const AddressSet& world = path == Path::internet ? internet_addresses() : vpc_addresses();
  return {statement, path, share_of(region, Family::ipv6, world), share_of(region, Family::ipv4, world)};
}

/// What happens to callers of one family, given how the statement treats the other.
std::optional<Change> change_for(Effect effect, const Share& own, const Share& other) {
  const bool none = !own.maybe_some && other.surely_some;
  const bool all = own.surely_all && !other.maybe_all;
  if (effect == Effect::allow && none) return Change::loses_access;
  if (effect == Effect::allow && all) return Change::gains_access;
  if (effect == Effect::deny && all) return Change::loses_access_deny;
  if (effect == Effect::deny && none) return Change::escapes_deny;
  return std::nullopt;
}

bool mends(const Document& document, const Meaning& other, const Meaning& meaning, const Shift& shift) {
  const Statement& wide = document.statements[other.statement];
  const Statement& narrow = document.statements[meaning.statement];
  if (other.statement == meaning.statement || other.path != meaning.path) return false;
  if (shift.ipv6_only)
    return other.v4.surely_some && !other.v4.surely_all &&
           (covers(document, wide, narrow) || covers(document, narrow, wide));
  if (shift.change == Change::loses_access_deny || !covers(document, wide, narrow)) return false;
  if (shift.change == Change::gains_access) return wide.effect == Effect::deny && other.v6.surely_some;
  return wide.effect == narrow.effect && other.v6.surely_some;
}

Shift judge(const Document& document, const Meaning& meaning, const std::vector<Meaning>& all) {
  const Effect effect = document.statements[meaning.statement].effect;
  Shift shift{meaning.statement, meaning.path, change_for(effect, meaning.v6, meaning.v4), false, {}};
  shift.ipv6_only = !shift.change && change_for(effect, meaning.v4, meaning.v6).has_value();
  if (all.size() > max_paired_statements || (!shift.change && !shift.ipv6_only)) return shift;
  const auto mending = [&](const Meaning& other) { return mends(document, other, meaning, shift); };
  const auto companion = std::find_if(all.begin(), all.end(), mending);
  if (companion != all.end()) shift.companion = companion->statement;
  return shift;
}

std::vector<Meaning> meanings(const Document& document) {
  std::vector<Meaning> all;
  for (std::size_t i = 0; i < document.statements.size(); ++i)
    for (const Path path : {Path::internet, Path::vpc_endpoint})
      if (filters_address(document.statements[i], path)) all.push_back(meaning_of(document, i, path));
  return all;
}

}  // namespace

std::string_view to_string(Change word) {
  constexpr std::string_view words[] = {"loses_access", "loses_access_deny", "gains_access", "escapes_deny"};
  return words[static_cast<std::size_t>(word)];
}

bool filters_address(const Statement& statement, Path path) {
  return std::any_of(statement.condition.begin(), statement.condition.end(), [&](const ConditionEntry& entry) {
    return entry.op.comparison != Comparison::null && carries_address(entry.key, path);
  });
}

std::vector<Shift> shifts(const Document& document) {
  std::vector<Shift> found;
  const auto all = meanings(document);
  for (const Meaning& meaning : all) {
    // Whoever comes through a VPC endpoint has no aws:SourceIp, so such a filter in its policy has no family to favour.
    if (document.type == PolicyType::endpoint && meaning.path == Path::internet) continue;
    const Shift shift = judge(document, meaning, all);
    if (shift.change || shift.ipv6_only) found.push_back(shift);
  }
  return found;
}

}  // namespace ecr6::policy
