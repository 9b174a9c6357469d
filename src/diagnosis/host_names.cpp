#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "evidence.hpp"
#include "trouble.hpp"

namespace ecr6 {

namespace {

constexpr int unlisted = 40;  // glibc's precedence of what no line of gai.conf covers

/// IPv4 stands in gai.conf in its mapped form.
Address as_ipv6(const Address& address) {
  if (address.is_v6()) return address;
  std::array<std::uint8_t, 16> bytes{};
  bytes[10] = bytes[11] = 0xff;
  std::copy(address.bytes().begin(), address.bytes().end(), bytes.begin() + 12);
  return Address::from_bytes(std::span<const std::uint8_t, 16>{bytes});
}

/// A line without length is a whole address.
std::optional<Prefix> prefix_of(const PrecedenceRule& rule) {
  if (auto prefix = Prefix::parse(rule.prefix)) return prefix;
  const auto whole = Address::parse(rule.prefix);
  return whole ? std::optional{Prefix{*whole, 128}} : std::nullopt;
}

/// The line with the longest prefix decides, the first of several; null when none covers the address.
const PrecedenceRule* rule_for(const std::vector<PrecedenceRule>& rules, const Address& address) {
  const PrecedenceRule* best = nullptr;
  int longest = -1;
  for (const PrecedenceRule& rule : rules) {
    const auto prefix = prefix_of(rule);
    if (!prefix || prefix->length <= longest || !prefix->contains(as_ipv6(address))) continue;
    longest = prefix->length;
    best = &rule;
  }
  return best;
}

int precedence_of(const PrecedenceRule* rule) { return rule != nullptr ? rule->precedence : unlisted; }

std::string precedence_line(const PrecedenceRule* rule, Family family) {
  if (rule == nullptr) return fmt::format("{}: no line of gai.conf covers it, precedence {}", title(family), unlisted);
  return fmt::format("{}: /etc/gai.conf line {}: precedence {} {}", title(family), rule->line, rule->prefix,
                     rule->precedence);
}

const Address* first_address(const EndpointObservation& seen, Family family) {
  const auto& lookup = seen.lookup(family);
  return lookup && !lookup->records.empty() ? &lookup->records.front().address : nullptr;
}

std::vector<const HostsEntry*> entries_for(const Scene& scene) {
  std::vector<const HostsEntry*> entries;
  for (const HostsEntry& entry : scene.run.host.hosts_entries)
    if (equal_ignoring_case(entry.name, scene.seen.endpoint.name)) entries.push_back(&entry);
  return entries;
}

bool is_in_dns(const EndpointObservation& seen, const Address& address) {
  const auto& lookup = seen.lookup(address.family());
  return lookup && std::any_of(lookup->records.begin(), lookup->records.end(),
                               [&](const AddressRecord& record) { return record.address == address; });
}

/// The family that the file leaves without an address while DNS has one: files come first, and end the search.
std::optional<Family> hidden_family(const EndpointObservation& seen, const std::vector<const HostsEntry*>& entries) {
  for (const Family family : both_families) {
    const bool listed = std::any_of(entries.begin(), entries.end(),
                                    [&](const HostsEntry* entry) { return entry->address.family() == family; });
    if (!listed && first_address(seen, family) != nullptr) return family;
  }
  return std::nullopt;
}

}  // namespace

void hosts_file(const Scene& scene, Findings& findings) {
  const auto entries = entries_for(scene);
  if (entries.empty()) return;
  Finding finding = finding_about(scene, "host.hosts-file", std::nullopt);
  for (const HostsEntry* const entry : entries)
    finding.evidence.push_back(fmt::format("line {}: {} {}", entry->line, entry->address.to_string(), entry->name));
  for (const Family family : both_families)
    if (const auto& lookup = scene.seen.lookup(family); lookup && !lookup->records.empty())
      finding.evidence.push_back(fmt::format("DNS: {} {}", record_type(family), addresses_of(lookup->records)));
  const bool agrees = std::all_of(entries.begin(), entries.end(),
                                  [&](const HostsEntry* entry) { return is_in_dns(scene.seen, entry->address); });
  const auto hidden = hidden_family(scene.seen, entries);
  finding.severity = agrees && !hidden ? Severity::info : Severity::warning;
  finding.summary = agrees ? "the hosts file pins this name to addresses that DNS gives, too"
                           : "the hosts file overrides this name with another address";
  if (hidden) finding.summary += fmt::format("; applications do not get its {} address", title(*hidden));
  finding.advice =
      "Applications connect to what the file says (unless nsswitch.conf puts DNS first), and this run asked DNS. "
      "Remove "
      "the entry unless it is meant.";
  findings.push_back(std::move(finding));
}

void prefers_ipv4(const RunScene& scene, Findings& findings) {
  const auto& rules = scene.run.host.gai_precedences;
  for (const EndpointObservation& seen : scene.run.endpoints) {
    const Address* const ipv6 = first_address(seen, Family::ipv6);
    const Address* const ipv4 = first_address(seen, Family::ipv4);
    if (rules.empty() || ipv6 == nullptr || ipv4 == nullptr) continue;
    const PrecedenceRule *const over6 = rule_for(rules, *ipv6), *const over4 = rule_for(rules, *ipv4);
    if (precedence_of(over4) <= precedence_of(over6)) continue;
    Finding finding = finding_about_host("host.prefers-ipv4", Severity::info);
    finding.summary = "gai.conf has applications try IPv4 first, also where IPv6 works";
    finding.evidence = {precedence_line(over4, Family::ipv4), precedence_line(over6, Family::ipv6)};
    finding.advice =
        "Applications that use the C library's order (the AWS CLI, curl, Java) then use IPv6 only when IPv4 fails; Go "
        "programs such as Docker have an order of their own. Take the line out of /etc/gai.conf for IPv6 first.";
    findings.push_back(std::move(finding));
    return;
  }
}

}  // namespace ecr6
