#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/special.hpp"
#include "ecr6/core/text.hpp"
#include "evidence.hpp"

/// What getaddrinfo(3) gives an application, beside what the nameservers gave this run.
namespace ecr6 {

namespace {

/// Longer than the nameservers by this much is no accident of scheduling; a client without a time of its own stalls.
constexpr Duration noticeable{1'000'000};
/// A run that ends sooner has not waited; with --timeout 1 the child has a little less than a second.
constexpr Duration waited{900'000};

std::vector<Address> of_family(const std::vector<Address>& addresses, Family family) {
  std::vector<Address> found;
  std::copy_if(addresses.begin(), addresses.end(), std::back_inserter(found),
               [&](const Address& address) { return address.family() == family; });
  return found;
}

std::string texts(const std::vector<Address>& addresses) {
  std::vector<AddressRecord> records;
  for (const Address& address : addresses) records.push_back({address, 0});
  return addresses.empty() ? "nothing" : addresses_of(records);
}

bool overlaps(const std::vector<Address>& given, const Lookup& lookup) {
  return std::any_of(given.begin(), given.end(), [&](const Address& address) {
    return std::any_of(lookup.records.begin(), lookup.records.end(),
                       [&](const AddressRecord& record) { return record.address == address; });
  });
}

/// Public addresses that rotate may have none in common; private and public ones may not.
bool is_of_another_kind(const std::vector<Address>& given, const Lookup& lookup) {
  const auto is_special = [](const Address& address) { return is_private(address) || !special_use(address).empty(); };
  const bool any_given = std::any_of(given.begin(), given.end(), is_special);
  const bool any_looked_up = std::any_of(lookup.records.begin(), lookup.records.end(),
                                         [&](const AddressRecord& record) { return is_special(record.address); });
  return any_given != any_looked_up;
}

/// How the system's answer for a family stands to the nameservers'.
enum class Differs { no, missing, added, others };

Differs compare(const Scene& scene, Family family) {
  const auto& lookup = scene.seen.lookup(family);
  if (!lookup || !is_usable(lookup->outcome)) return Differs::no;
  const auto given = of_family(scene.seen.system->addresses, family);
  if (given.empty()) return lookup->records.empty() ? Differs::no : Differs::missing;
  if (lookup->records.empty()) return Differs::added;
  return overlaps(given, *lookup) ? Differs::no : Differs::others;
}

Finding system_finding(const Scene& scene, std::optional<Family> family) {
  Finding finding = finding_about(scene, "dns.system-differs", family);
  finding.severity = Severity::warning;
  return finding;
}

std::string system_line(const SystemAnswer& system) {
  if (system.killed) return fmt::format("getaddrinfo had not come back after {}", to_text(system.duration));
  const std::string what = system.error.empty() ? texts(system.addresses) : system.error;
  return fmt::format("getaddrinfo: {} after {}", what, to_text(system.duration));
}

std::vector<std::string> lookup_lines(const Scene& scene) {
  std::vector<std::string> lines;
  for (const Family family : both_families)
    if (const auto& lookup = scene.seen.lookup(family))
      lines.push_back(
          fmt::format("nameservers: {} for {} after {}",
                      lookup->records.empty() ? std::string{to_string(lookup->outcome)} : addresses_of(lookup->records),
                      record_type(family), to_text(lookup->duration)));
  return lines;
}

std::vector<std::string> hosts_lines(const Scene& scene) {
  std::vector<std::string> lines;
  for (const HostsEntry& entry : scene.run.host.hosts_entries)
    if (equal_ignoring_case(entry.name, scene.seen.endpoint.name))
      lines.push_back(fmt::format("hosts file, line {}: {} {}", entry.line, entry.address.to_string(), entry.name));
  return lines;
}

std::string summary_of(Differs how, Family family) {
  if (how == Differs::missing)
    return fmt::format("the system gives applications no {} address, though nameservers do", title(family));
  if (how == Differs::added)
    return fmt::format("the system gives applications an {} address that no nameserver gives", title(family));
  return fmt::format("the system gives applications other {} addresses than the nameservers", title(family));
}

void add_difference(const Scene& scene, Family family, Differs how, Findings& findings) {
  Finding finding = system_finding(scene, family);
  finding.evidence = {system_line(*scene.seen.system)};
  for (auto& line : lookup_lines(scene)) finding.evidence.push_back(std::move(line));
  finding.summary = summary_of(how, family);
  const auto given = of_family(scene.seen.system->addresses, family);
  if (how == Differs::others && !is_of_another_kind(given, *scene.seen.lookup(family))) {
    finding.severity = Severity::info;
    finding.summary += "; they may just rotate";
  }
  finding.advice =
      "Look at the line hosts: of nsswitch.conf, at options in resolv.conf (no-aaaa), and at a cache or resolver on "
      "this host (nscd, systemd-resolved, sssd). This run tried what the nameservers gave.";
  findings.push_back(std::move(finding));
}

/// The hosts file answers for the whole name: a family that it does not have is not asked for in DNS.
void add_hosts_difference(const Scene& scene, std::vector<std::string> entries, Findings& findings) {
  Finding finding = system_finding(scene, std::nullopt);
  finding.evidence = {system_line(*scene.seen.system)};
  for (auto& line : lookup_lines(scene)) finding.evidence.push_back(std::move(line));
  for (auto& line : entries) finding.evidence.push_back(std::move(line));
  finding.summary = "the system gives applications other addresses than the nameservers: the hosts file comes first";
  finding.advice =
      "The hosts file stands before DNS (nsswitch.conf, hosts:), for both families at once. Remove the entry unless it "
      "is meant.";
  findings.push_back(std::move(finding));
}

void add_differences(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    const Differs how = compare(scene, family);
    if (how == Differs::no) continue;
    if (auto entries = hosts_lines(scene); !entries.empty())
      return add_hosts_difference(scene, std::move(entries), findings);
    add_difference(scene, family, how, findings);
  }
}

void add_failure(const Scene& scene, Findings& findings) {
  const auto usable = [&](Family family) {
    const auto& lookup = scene.seen.lookup(family);
    return lookup && !lookup->records.empty();
  };
  if (!usable(Family::ipv6) && !usable(Family::ipv4)) return;  // the nameservers have nothing either
  Finding finding = system_finding(scene, std::nullopt);
  finding.severity = severity_of_failure(scene);
  finding.evidence = {system_line(*scene.seen.system)};
  for (auto& line : lookup_lines(scene)) finding.evidence.push_back(std::move(line));
  finding.summary = "the system gives applications no address, though nameservers do";
  finding.advice =
      "Applications on this host fail whatever this run reached. Look at the line hosts: of nsswitch.conf (is dns in "
      "it?), and at a cache or resolver on this host (nscd, systemd-resolved, sssd).";
  findings.push_back(std::move(finding));
}

/// The slower of the two lookups: getaddrinfo waits for both.
Duration lookups_took(const EndpointObservation& seen) {
  Duration longest{};
  for (const Family family : both_families)
    if (seen.lookup(family)) longest = std::max(longest, seen.lookup(family)->duration);
  return longest;
}

void add_wait(const Scene& scene, Findings& findings) {
  const SystemAnswer& system = *scene.seen.system;
  const bool later = system.duration >= lookups_took(scene.seen) + noticeable;
  if (system.killed ? system.duration < waited : !later) return;
  Finding finding = system_finding(scene, std::nullopt);
  finding.evidence = {system_line(system)};
  for (const Family family : both_families)
    if (const auto& lookup = scene.seen.lookup(family))
      for (const ServerAnswer& answer : lookup->by_nameserver)
        finding.evidence.push_back(line_of(scene.run, answer, family));
  finding.summary = fmt::format("applications wait {}{} for the addresses of this name",
                                system.killed ? "longer than " : "", to_text(system.duration));
  finding.advice =
      "getaddrinfo asks one nameserver after the other, 5 s each by default (resolv.conf: timeout, attempts), and "
      "waits "
      "for A and AAAA together. Where a nameserver above gives no answer, that is what to repair; where all answer at "
      "once, look at the line hosts: of nsswitch.conf.";
  findings.push_back(std::move(finding));
}

bool is_ipv4_preferred_by_file(const Observation& run) {
  const auto& rules = run.host.gai_precedences;
  return std::any_of(rules.begin(), rules.end(), [](const PrecedenceRule& rule) {
    return rule.prefix.starts_with("::ffff:0:0/") && rule.precedence > 40;
  });
}

/// IPv4 first, though IPv6 works: a client without a race then never uses IPv6.
void add_order(const Scene& scene, Findings& findings) {
  const auto& addresses = scene.seen.system->addresses;
  const Reachability ipv6 = scene.words.ipv6;
  if (addresses.empty() || addresses.front().is_v6() || of_family(addresses, Family::ipv6).empty()) return;
  if (ipv6 != Reachability::reachable && ipv6 != Reachability::degraded) return;
  Finding finding = system_finding(scene, std::nullopt);
  finding.evidence = {system_line(*scene.seen.system), fmt::format("IPv6 is {}", to_string(ipv6))};
  if (is_ipv4_preferred_by_file(scene.run))
    finding.evidence.push_back("gai.conf puts IPv4 first (precedence of ::ffff:0:0/96)");
  finding.summary = "the system puts IPv4 first, though IPv6 works";
  finding.advice =
      "Applications use IPv4 until it fails. /etc/gai.conf decides the order, or RFC 6724's rules: a unique local "
      "address, of this host or of the name, stands behind IPv4, and so does a deprecated one of this host.";
  findings.push_back(std::move(finding));
}

}  // namespace

void system_differs(const Scene& scene, Findings& findings) {
  if (!scene.seen.system) return;
  add_wait(scene, findings);
  if (scene.seen.system->killed) return;
  if (scene.seen.system->addresses.empty()) return add_failure(scene, findings);
  add_differences(scene, findings);
  add_order(scene, findings);
}

}  // namespace ecr6
