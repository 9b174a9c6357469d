#include "dns_addresses.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "answers.hpp"
#include "ecr6/core/special.hpp"
#include "ecr6/core/translation.hpp"
#include "evidence.hpp"
#include "private_link.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

constexpr std::size_t shown = 8;  ///< lines of evidence; a name may have hundreds of addresses

/// Uses of a whole network, not of one address: when this host's own address is of the same kind, so is the network.
bool is_of_a_laboratory(std::string_view use) { return use == "documentation" || use == "benchmarking"; }
bool is_of_a_network(std::string_view use) { return is_of_a_laboratory(use) || use == "unique local"; }

bool has_own_address(const Scene& scene, std::string_view use) {
  for (const Attempt& attempt : scene.seen.attempts)
    if (attempt.source_address && special_use(*attempt.source_address) == use) return true;
  if (!scene.run.host.network) return false;
  for (const Interface& interface : scene.run.host.network->interfaces)
    for (const InterfaceAddress& own : interface.addresses)
      if (special_use(own.address) == use) return true;
  return false;
}

bool works(const Scene& scene, const Address& address) {
  return std::any_of(scene.seen.attempts.begin(), scene.seen.attempts.end(), [&](const Attempt& attempt) {
    return attempt.address == address && attempt.went_through() && attempt.diverted_to.empty();
  });
}

bool fails(const Scene& scene, const Address& address) {
  return std::any_of(scene.seen.attempts.begin(), scene.seen.attempts.end(), [&](const Attempt& attempt) {
    return attempt.address == address && attempt.cause && is_conclusive(attempt) && attempt.diverted_to.empty();
  });
}

/// What is odd about an address of this name; empty when nothing is.
std::string_view odd_use(const Scene& scene, const Address& address) {
  if (!scene.run.settings.lab.empty() || translated_ipv4(address, prefixes_of_translators(scene.run))) return {};
  const auto use = special_use(address);
  const bool own_host = scene.seen.endpoint.role == Role::other;
  // A registry of the user's own may well be on this machine or in a private network.
  if (own_host && (use == "loopback" || use == "unique local")) return {};
  if (use == "unique local") {
    const auto explained = addresses_of_private_link(scene);
    if (std::find(explained.begin(), explained.end(), address) != explained.end()) return {};
  }
  // Where such addresses answer, the network is a laboratory, and nothing is wrong with what DNS says.
  if (is_of_a_laboratory(use) && !fails(scene, address)) return {};
  return use;
}

struct Advice {
  std::string_view use, text;
};

constexpr std::array advices{
    Advice{"unspecified", "A nameserver that blocks names (a DNS sinkhole) answers like this: have the name allowed."},
    Advice{"loopback", "A nameserver that blocks names, or an override for development, answers like this."},
    Advice{"IPv4-mapped",
           "Connections to such an address leave as IPv4; a host with IPv6 alone cannot use it. Look for the "
           "nameserver or zone that writes IPv4 addresses into AAAA records."},
    Advice{"link-local", "Such an address is of no use without its interface, which DNS cannot give."},
    Advice{"unique local",
           "A private zone or split DNS, a NAT66, or an interface endpoint in a VPC with private IPv6 addresses answer "
           "like this; ECR's public addresses are global ones."},
    Advice{"documentation", "An example that was copied into a zone, or a laboratory, answers like this."},
};

std::string advice_for(std::string_view use) {
  std::string text;
  for (const Advice& advice : advices)
    if (advice.use == use) text = std::string{advice.text} + " ";
  return text + "Compare with another nameserver (--resolver ADDR) to find who gives it.";
}

std::vector<std::string> lines_about(const Scene& scene, const AddressRecord& record) {
  const Address& address = record.address;
  std::vector<std::string> lines{
      fmt::format("{} {}: {}", record_type(address.family()), address.to_string(), special_use(address))};
  for (const Attempt& attempt : scene.seen.attempts)
    if (attempt.address == address) lines.push_back(line_of(attempt));
  return lines;
}

Severity severity_of(const Scene& scene, Family family, const AddressRecord& record) {
  const auto use = special_use(record.address);
  if (is_of_a_network(use) && has_own_address(scene, use)) return Severity::info;
  if (works(scene, record.address)) return is_of_a_network(use) ? Severity::info : Severity::warning;
  if (is_of_a_laboratory(use)) return Severity::warning;  // the path may be at fault as well, and says so itself
  const Reachability word = scene.words.of(family);
  const bool others_work = word == Reachability::reachable || word == Reachability::degraded;
  return others_work ? Severity::warning : severity_of_failure(scene, family);
}

/// One finding for each use: their causes differ.
void add_special(const Scene& scene, Family family, std::string_view use, Findings& findings) {
  Finding finding = finding_about(scene, "dns.special-address", family);
  for (const AddressRecord& record : scene.seen.lookup(family)->records) {
    if (odd_use(scene, record.address) != use) continue;
    finding.severity = std::max(finding.severity, severity_of(scene, family, record));
    for (auto& line : lines_about(scene, record))
      if (finding.evidence.size() < shown) finding.evidence.push_back(std::move(line));
  }
  if (is_of_a_network(use) && has_own_address(scene, use))
    finding.evidence.push_back(fmt::format("this host's own address is of the same kind ({})", use));
  finding.summary = fmt::format("DNS gives an {} address that no public service can have ({})", title(family), use);
  finding.advice = advice_for(use);
  findings.push_back(std::move(finding));
}

std::string translated_line(const Address& address, const Address& inside, const EndpointObservation& seen) {
  std::string line = fmt::format("AAAA {}: {} behind a translation prefix", address.to_string(), inside.to_string());
  const auto& a = seen.ipv4_lookup;
  if (a && std::any_of(a->records.begin(), a->records.end(), [&](const auto& each) { return each.address == inside; }))
    line += ", which is also an A record of the name";
  return inside.is_private_v4() ? line + "; it is private (RFC 6052 §3.1 forbids 64:ff9b::/96 for such)" : line;
}

/// Attempts were made through the translator, and none got an answer from the other side.
bool translator_fails(const Scene& scene, const std::vector<Prefix>& prefixes) {
  bool any = false;
  for (const Attempt& attempt : scene.seen.attempts) {
    if (!attempt.diverted_to.empty() || !translated_ipv4(attempt.address, prefixes)) continue;
    if (!attempt.cause || attempt.reached != Reached::connect) return false;
    any = any || is_conclusive(attempt);
  }
  return any;
}

std::string advice_on_translation(const Scene& scene, const std::vector<Prefix>& prefixes) {
  std::string text;
  if (translator_fails(scene, prefixes))
    text =
        "No connection through the translator came about: the network needs a route for its prefix (on EC2, in the "
        "subnet's route table, 64:ff9b::/96 to a NAT gateway), and the translator IPv4 of its own. ";
  text += "What goes through reaches ECR as IPv4, from the translator's address: policies have to allow that one. ";
  if (scene.seen.endpoint.addressing == Addressing::dual_stack)
    return text +
           "This is a dual-stack name: use a nameserver that gives its own IPv6 addresses, and makes "
           "none up for names that have some.";
  return text +
         "For ECR's own IPv6 use the dual-stack name, and a nameserver that does not synthesise addresses for "
         "names that have IPv6.";
}

std::string prefixes_line(const std::vector<Prefix>& prefixes) {
  std::string line = "ipv4only.arpa shows the prefix";
  for (const Prefix& prefix : prefixes) line += " " + prefix.to_string();
  return line;
}

}  // namespace

bool is_explained_by_its_address(const Scene& scene, const Attempt& attempt) {
  const auto& lookup = scene.seen.lookup(attempt.family);
  if (!attempt.diverted_to.empty() || !lookup) return false;
  const auto& records = lookup->records;
  const bool from_dns = std::any_of(records.begin(), records.end(),
                                    [&](const AddressRecord& record) { return record.address == attempt.address; });
  // Addresses of a whole network may be routed: there the path counts as well.
  const auto use = odd_use(scene, attempt.address);
  return from_dns && !use.empty() && !is_of_a_network(use);
}

void address_is_special(const Scene& scene, Findings& findings) {
  for (const Family family : both_families) {
    if (!scene.seen.lookup(family)) continue;
    std::vector<std::string_view> uses;
    for (const AddressRecord& record : scene.seen.lookup(family)->records) {
      const auto use = odd_use(scene, record.address);
      if (!use.empty() && std::find(uses.begin(), uses.end(), use) == uses.end()) uses.push_back(use);
    }
    for (const auto use : uses) add_special(scene, family, use, findings);
  }
}

void address_is_nat64(const Scene& scene, Findings& findings) {
  if (!scene.seen.ipv6_lookup) return;
  const auto prefixes = prefixes_of_translators(scene.run);
  Finding finding = finding_about(scene, "dns.nat64", Family::ipv6);
  std::size_t translated{};
  for (const AddressRecord& record : scene.seen.ipv6_lookup->records) {
    const auto inside = translated_ipv4(record.address, prefixes);
    if (inside && ++translated <= shown)
      finding.evidence.push_back(translated_line(record.address, *inside, scene.seen));
  }
  if (translated == 0) return;
  const bool all = translated == scene.seen.ipv6_lookup->records.size();
  if (!prefixes.empty()) finding.evidence.push_back(prefixes_line(prefixes));
  // An IPv4-only name has no other IPv6 address; a dual-stack name needs no translator.
  finding.severity = scene.seen.endpoint.addressing == Addressing::ipv4_only ? Severity::info : Severity::warning;
  finding.summary = all ? "its IPv6 address is a translator's (NAT64), not ECR's own"
                        : "beside ECR's own IPv6 addresses there are a translator's (NAT64)";
  finding.advice = advice_on_translation(scene, prefixes);
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
