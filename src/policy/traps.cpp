#include "traps.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "ecr6/policy/change.hpp"
#include "ecr6/policy/condition.hpp"
#include "ecr6/policy/ip_value.hpp"

namespace ecr6::policy {

namespace {

constexpr TrapText ipv4_any{"policy.ipv4-any", Severity::warning,
                            "0.0.0.0/0 stands for every IPv4 address, and for no IPv6 address",
                            "Add \"::/0\" if every address is meant; otherwise list the IPv6 prefixes.", true};
constexpr TrapText ipv4_mapped{"policy.ipv4-mapped", Severity::warning,
                               "an IPv4-mapped prefix: AWS does not document what it matches, and evaluators differ",
                               "Write it as IPv4.", true};
constexpr TrapText nat64{"policy.nat64-prefix", Severity::warning,
                         "a NAT64 prefix never matches: AWS sees the public IPv4 address of the NAT gateway",
                         "List the NAT gateway's IPv4 address instead.", false};
constexpr TrapText bare_v6{"policy.bare-address", Severity::warning,
                           "an IPv6 address without prefix length: the documented default is /32, which would be 2^96 "
                           "addresses; evaluators differ",
                           "Write the prefix length: /64 for a subnet, /128 for one address.", true};
constexpr TrapText bare_v4{"policy.bare-address", Severity::info, "an IPv4 address without prefix length counts as /32",
                           "Write /32 to make it plain.", false};
constexpr TrapText string_operator{
    "policy.string-operator", Severity::warning,
    "the operator does not compare addresses: a range never matches, and an IPv6 address has many spellings",
    "Use IpAddress or NotIpAddress.", true};
constexpr TrapText private_range{
    "policy.private-range", Severity::warning,
    "aws:SourceIp holds public addresses only: a private, unique local or link-local range "
    "matches nobody, and its negation everybody",
    "List the public addresses; for callers inside a VPC use aws:SourceVpce or "
    "aws:VpcSourceIp.",
    false};
constexpr TrapText variable{"policy.variable-in-ip-operator", Severity::warning,
                            "IP operators take no policy variables; what AWS makes of this value is not documented",
                            "Write the prefixes out.", true};
constexpr TrapText wildcard{"policy.wildcard-in-ip-operator", Severity::warning,
                            "IP operators take no wildcards; what AWS makes of this value is not documented",
                            "Write a CIDR prefix.", true};
constexpr TrapText unresolved{"policy.unresolved-value", Severity::warning,
                              "a template function stands where a prefix belongs: what it matches cannot be told here",
                              "Check the policy as it is deployed.", false};
constexpr TrapText host_bits{"policy.host-bits", Severity::warning,
                             "a prefix with host bits set: AWS ignores them, so it matches more than it seems to",
                             "Clear the bits behind the prefix length, or correct the length.", false};
constexpr TrapText invalid_cidr{"policy.invalid-cidr", Severity::warning,
                                "not an address or CIDR prefix: the result is indeterminate, evaluators differ and AWS "
                                "does not document it",
                                "Correct the value.", true};
constexpr TrapText temporary{"policy.temporary-address", Severity::warning,
                             "a single IPv6 address: hosts change theirs (RFC 8981), and the entry breaks when they do",
                             "List the subnet's /64, or the VPC's /56.", false};
constexpr TrapText set_operator{
    "policy.set-operator", Severity::warning,
    "ForAllValues and ForAnyValue are for keys with several values; the source address is one "
    "value. ForAllValues also holds when the key is absent",
    "Use the plain operator.", false};
constexpr TrapText any_if_exists{"policy.set-operator", Severity::warning,
                                 "ForAnyValue with IfExists: which of the two wins for an absent key is not documented",
                                 "Use the plain operator.", true};
constexpr TrapText empty_list{"policy.empty-list", Severity::warning,
                              "a condition key with an empty list: a positive operator never holds, and what a negated "
                              "one does is not documented",
                              "List the prefixes, or remove the key.", true};
constexpr TrapText registry_scope{
    "policy.registry-scope", Severity::warning,
    "a registry policy that filters addresses: with policy scope V1 it governs replication "
    "and repository creation only, with V2 every ECR request, pulls included",
    "Ask which one is on: aws ecr get-account-setting --name REGISTRY_POLICY_SCOPE.", false};
constexpr TrapText private_ipv4_key{
    "policy.ec2-private-ipv4", Severity::warning,
    "aws:Ec2InstanceSourcePrivateIPv4 carries an IPv4 address, and no IPv6 counterpart is "
    "documented",
    "Use aws:Ec2InstanceSourceVpc or aws:SourceVpce.", true};
constexpr TrapText documentation{
    "policy.documentation-prefix", Severity::info,
    "a prefix reserved for documentation (RFC 5737, RFC 3849, RFC 9637): it matches nobody",
    "Put the real prefix there, if this is not an example.", false};
constexpr TrapText operator_case{"policy.operator-case", Severity::info,
                                 "the operator is not spelled as AWS does; whether case counts is not documented",
                                 "Spell it as the documentation does.", true};
constexpr TrapText alone{"policy.vpc-source-ip-alone", Severity::info,
                         "aws:VpcSourceIp without aws:SourceVpc or aws:SourceVpce: address ranges of VPCs overlap",
                         "Add a condition on the VPC or its endpoint.", false};

bool within(const Prefix& prefix, const auto& blocks) {
  return std::any_of(std::begin(blocks), std::end(blocks),
                     [&](std::string_view block) { return Prefix::parse(block)->contains(prefix); });
}

bool is_private(const Prefix& prefix) {
  constexpr std::string_view blocks[] = {"10.0.0.0/8",  "172.16.0.0/12",  "192.168.0.0/16", "100.64.0.0/10",
                                         "127.0.0.0/8", "169.254.0.0/16", "fc00::/7",       "fe80::/10",
                                         "fec0::/10",   "::1/128"};
  return within(prefix, blocks);
}

bool is_documentation(const Prefix& prefix) {
  constexpr std::string_view blocks[] = {"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32",
                                         "3fff::/20"};
  return within(prefix, blocks);
}

bool is_nat64(const Prefix& prefix) {
  constexpr std::string_view blocks[] = {"64:ff9b::/96", "64:ff9b:1::/48"};
  return within(prefix, blocks);
}

class Collector {
 public:
  void add(const TrapText& text, Span where) {
    const auto same = [&](const Trap& trap) { return trap.text == &text; };
    const auto known = std::find_if(found.begin(), found.end(), same);
    if (known != found.end())
      known->evidence.push_back(where);
    else
      found.push_back({&text, {where}});
  }

  std::vector<Trap> found;
};

const TrapText* form_trap(const IpValue& ip) {
  switch (ip.form) {
    case IpForm::variable:
      return &variable;
    case IpForm::wildcard:
      return &wildcard;
    case IpForm::unresolved:
      return &unresolved;
    case IpForm::invalid:
      return &invalid_cidr;
    case IpForm::bare:
      return ip.prefix->address.is_v6() ? &bare_v6 : &bare_v4;
    case IpForm::cidr:
      break;
  }
  return nullptr;
}

void prefix_traps(const IpValue& ip, const ConditionEntry& entry, Span where, Collector& out) {
  const Prefix& prefix = *ip.prefix;
  if (prefix.has_host_bits()) out.add(host_bits, where);
  if (unmapped(prefix)) return out.add(ipv4_mapped, where);
  if (is_nat64(prefix)) return out.add(nat64, where);
  if (is_documentation(prefix)) out.add(documentation, where);
  if (!is_source_ip(entry.key)) return;
  if (is_private(prefix))
    out.add(private_range, where);
  else if (ip.form == IpForm::cidr && prefix.address.is_v6() && prefix.length == 128)
    out.add(temporary, where);
}

/// Whether some value of the list matches an IPv6 caller at all.
bool serves_v6(const ConditionEntry& entry) {
  const AddressSet& world = is_source_ip(entry.key) ? internet_addresses() : vpc_addresses();
  const auto useful = [&](const Value& value) {
    const auto prefix = ip_value(value).prefix;
    return prefix && prefix->address.is_v6() && !AddressSet{{*prefix}}.intersected(world).empty();
  };
  return std::any_of(entry.values.values.begin(), entry.values.values.end(), useful);
}

void list_traps(const ConditionEntry& entry, Collector& out) {
  std::vector<Span> everything;
  for (const Value& value : entry.values.values) {
    const IpValue ip = ip_value(value);
    if (const TrapText* text = form_trap(ip)) out.add(*text, value.span);
    if (!ip.prefix) continue;
    prefix_traps(ip, entry, value.span, out);
    if (!ip.prefix->address.is_v6() && ip.prefix->length == 0) everything.push_back(value.span);
  }
  if (everything.empty() || serves_v6(entry)) return;
  for (const Span span : everything) out.add(ipv4_any, span);
}

void entry_traps(const ConditionEntry& entry, Collector& out) {
  const Span whole{entry.key_span.begin, entry.values.span.end};
  if (!entry.op.exact_case) out.add(operator_case, entry.operator_span);
  if (equal_ignoring_case(entry.key, "aws:Ec2InstanceSourcePrivateIPv4")) out.add(private_ipv4_key, whole);
  if (!is_source_ip(entry.key) && !is_vpc_source_ip(entry.key)) return;
  if (entry.op.comparison == Comparison::null) return;
  if (entry.op.quantifier == Quantifier::for_any_value && entry.op.if_exists)
    out.add(any_if_exists, entry.operator_span);
  else if (entry.op.quantifier != Quantifier::none)
    out.add(set_operator, entry.operator_span);
  if (entry.values.is_array && entry.values.values.empty()) out.add(empty_list, whole);
  if (entry.op.comparison == Comparison::ip)
    list_traps(entry, out);
  else
    out.add(string_operator, entry.block_span);
}

void vpc_key_trap(const Statement& statement, Collector& out) {
  const auto names_vpc = [](const ConditionEntry& e) { return to_lower(e.key).starts_with("aws:sourcevpc"); };
  if (std::any_of(statement.condition.begin(), statement.condition.end(), names_vpc)) return;
  for (const ConditionEntry& entry : statement.condition)
    if (is_vpc_source_ip(entry.key)) out.add(alone, {entry.key_span.begin, entry.values.span.end});
}

}  // namespace

std::vector<Trap> traps(const Document& document, const Statement& statement) {
  Collector out;
  for (const ConditionEntry& entry : statement.condition) entry_traps(entry, out);
  vpc_key_trap(statement, out);
  if (document.type == PolicyType::registry && filters_address(statement, Path::internet))
    for (const ConditionEntry& entry : statement.condition)
      if (is_source_ip(entry.key)) out.add(registry_scope, {entry.key_span.begin, entry.values.span.end});
  return std::move(out.found);
}

}  // namespace ecr6::policy
