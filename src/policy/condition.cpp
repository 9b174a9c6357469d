#include "ecr6/policy/condition.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "ecr6/policy/ip_value.hpp"
#include "glob.hpp"

namespace ecr6::policy {

namespace {

enum class State {
  absent,
  address,  ///< the caller's address
  no,       ///< the text "false"
  present,  ///< there, with a value that is not known here
  unknown,  ///< not known whether it is there
};

State state_of(std::string_view key, Path path) {
  const std::string name = to_lower(key);
  if (carries_address(name, path)) return State::address;
  if (is_source_ip(name) || is_vpc_source_ip(name)) return State::absent;
  if (name == "aws:viaawsservice" || name == "aws:principalisawsservice") return State::no;
  if (name.starts_with("aws:calledvia") || name.starts_with("aws:principalservicename")) return State::absent;
  if (name.starts_with("aws:sourcevpc") || name.starts_with("aws:vpceaccount") || name.starts_with("aws:vpceorg"))
    return path == Path::internet ? State::absent : State::present;
  return State::unknown;
}

std::string name_of(const ConditionEntry& entry) { return fmt::format("{} {}", entry.operator_text, entry.key); }

Truth depends_on(const ConditionEntry& entry) { return {Verdict::depends, {name_of(entry)}}; }

Truth undocumented(const ConditionEntry& entry, std::string_view why) {
  return {Verdict::indeterminate, {fmt::format("{}: {}", name_of(entry), why)}};
}

bool wants(const ConditionEntry& entry, std::string_view word) {
  return std::any_of(entry.values.values.begin(), entry.values.values.end(),
                     [&](const Value& value) { return equal_ignoring_case(value.text, word); });
}

/// `Null` asks only whether the key is there: "true" holds when it is not.
Truth null_truth(const ConditionEntry& entry, State state) {
  if (entry.op.quantifier != Quantifier::none) return Truth::of(entry.op.quantifier == Quantifier::for_all_values);
  if (state == State::unknown) return depends_on(entry);
  return Truth::of(wants(entry, state == State::absent ? "true" : "false"));
}

/// The rules for a key that the request does not have (IAM User Guide, "Condition operators" and "Multivalued keys").
Truth absent_truth(const ConditionEntry& entry) {
  if (entry.op.quantifier == Quantifier::for_any_value && entry.op.if_exists)
    return undocumented(entry, "which of ForAnyValue and IfExists wins for an absent key is not documented");
  if (entry.op.quantifier == Quantifier::for_any_value) return Truth::of(false);
  return Truth::of(entry.op.quantifier == Quantifier::for_all_values || entry.op.if_exists || entry.op.negated);
}

Truth false_truth(const ConditionEntry& entry) {
  const Comparison comparison = entry.op.comparison;
  if (comparison != Comparison::boolean && comparison != Comparison::string)
    return undocumented(entry, "this operator is not meant for a key that is true or false");
  const auto& values = entry.values.values;
  const auto matches = [](const Value& value) { return glob_matches(value.text, "false"); };
  if (std::any_of(values.begin(), values.end(), [](const Value& v) { return v.unresolved; })) return depends_on(entry);
  return Truth::of(std::any_of(values.begin(), values.end(), matches) != entry.op.negated);
}

/// Where a present address satisfies the entry. Positive operators OR their values, negated ones NOR them.
Region address_region(const ConditionEntry& entry) {
  if (entry.values.values.empty()) return entry.op.negated ? Region::unknown() : Region::nowhere();
  Matches matches;
  for (const Value& value : entry.values.values) {
    if (entry.op.comparison == Comparison::ip)
      matches.add_ip(value);
    else if (entry.op.comparison == Comparison::string)
      matches.add_text(value, entry.op.base.ends_with("Like"));
    else
      matches.add_unknown();
  }
  return entry.op.negated ? matches.region().complement() : matches.region();
}

std::string doubts(const ConditionEntry& entry) {
  if (entry.op.comparison == Comparison::string)
    return "it compares text, and how IAM spells an IPv6 address is not documented";
  if (entry.op.comparison != Comparison::ip) return "this operator is not meant for addresses";
  if (entry.values.values.empty()) return "what a negated operator makes of an empty list is not documented";
  for (const Value& value : entry.values.values) {
    const IpValue ip = ip_value(value);
    if (ip.form == IpForm::cidr && !unmapped(*ip.prefix)) continue;
    if (ip.form == IpForm::bare && !ip.prefix->address.is_v6()) continue;
    if (value.unresolved) return "a template function stands for its value";
    return fmt::format("what \"{}\" matches is not documented", value.text);
  }
  return "not documented";
}

Truth membership(const Region& region, const Address& address, const ConditionEntry& entry) {
  if (region.certain.contains(address)) return Truth::of(true);
  if (!region.possible.contains(address)) return Truth::of(false);
  return undocumented(entry, doubts(entry));
}

Truth address_truth(const ConditionEntry& entry, const Address& address) {
  const Region region = address_region(entry);
  Truth truth = membership(region, address, entry);
  const auto v4 = unmapped(Prefix{address, 128});
  if (!v4 || membership(region, v4->address, entry).verdict == truth.verdict) return truth;
  return undocumented(
      entry, fmt::format("whether {} counts as {} is not documented", address.to_string(), v4->address.to_string()));
}

Truth settled_truth(const ConditionEntry& entry, State state) {
  if (entry.op.comparison == Comparison::null) return null_truth(entry, state);
  if (state == State::absent) return absent_truth(entry);
  if (state == State::no) return false_truth(entry);
  return depends_on(entry);
}

}  // namespace

bool is_source_ip(std::string_view key) { return equal_ignoring_case(key, "aws:SourceIp"); }
bool is_vpc_source_ip(std::string_view key) { return equal_ignoring_case(key, "aws:VpcSourceIp"); }

bool carries_address(std::string_view key, Path path) {
  return path == Path::internet ? is_source_ip(key) : is_vpc_source_ip(key);
}

Truth truth_of(const ConditionEntry& entry, const Caller& caller) {
  const State state = state_of(entry.key, caller.path);
  if (state != State::address || entry.op.comparison == Comparison::null) return settled_truth(entry, state);
  return caller.address ? address_truth(entry, *caller.address) : depends_on(entry);
}

Truth truth_of(const Statement& statement, const Caller& caller) {
  if (statement.damaged) return {Verdict::indeterminate, {"the statement has errors"}};
  Truth all = Truth::of(true);
  for (const ConditionEntry& entry : statement.condition) all = both(std::move(all), truth_of(entry, caller));
  return all;
}

Region region_of(const ConditionEntry& entry, Path path) {
  const State state = state_of(entry.key, path);
  if (state == State::address && entry.op.comparison != Comparison::null) return address_region(entry);
  switch (settled_truth(entry, state).verdict) {
    case Verdict::no:
      return Region::nowhere();
    case Verdict::indeterminate:
      return Region::unknown();
    case Verdict::yes:
    case Verdict::depends:
      break;
  }
  return Region::everywhere();
}

Region region_of(const Statement& statement, Path path) {
  if (statement.damaged) return Region::unknown();
  Region all = Region::everywhere();
  for (const ConditionEntry& entry : statement.condition) all = all.intersected(region_of(entry, path));
  return all;
}

}  // namespace ecr6::policy
