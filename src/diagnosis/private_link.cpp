#include "private_link.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/core/special.hpp"
#include "ecr6/core/text.hpp"
#include "evidence.hpp"

namespace ecr6 {

namespace {

bool is_ecr(const Scene& scene) { return scene.seen.endpoint.role != Role::other && scene.run.settings.lab.empty(); }

/// "vpce-0a1b.api.ecr.us-west-2.vpce.amazonaws.com": the alias of an interface endpoint.
const std::string* private_link_alias(const EndpointObservation& seen) {
  for (const Family family : both_families)
    if (const auto& lookup = seen.lookup(family))
      for (const ServerAnswer& answer : lookup->by_nameserver)
        for (const std::string& alias : answer.aliases)
          if (alias.find(".vpce.amazonaws.com") != alias.npos) return &alias;
  return nullptr;
}

bool is_in_this_vpc(const Observation& run, const Address& address) {
  if (!run.host.ec2) return false;
  for (const Ec2Interface& interface : run.host.ec2->interfaces)
    for (const auto& prefixes : {interface.vpc_ipv6, interface.subnet_ipv6})
      if (prefixes && std::any_of(prefixes->begin(), prefixes->end(),
                                  [&](const Prefix& prefix) { return prefix.contains(address); }))
        return true;
  return false;
}

bool all_private_v4(const std::vector<AddressRecord>& records) {
  return !records.empty() && std::all_of(records.begin(), records.end(),
                                         [](const AddressRecord& record) { return record.address.is_private_v4(); });
}

bool has_private_v4(const EndpointObservation& seen) {
  const auto& lookup = seen.ipv4_lookup;
  return lookup && std::any_of(lookup->records.begin(), lookup->records.end(),
                               [](const AddressRecord& record) { return record.address.is_private_v4(); });
}

const ServerAnswer* answer_of(const std::optional<Lookup>& lookup, std::size_t nameserver) {
  if (lookup)
    for (const ServerAnswer& answer : lookup->by_nameserver)
      if (answer.nameserver == nameserver) return &answer;
  return nullptr;
}

/// The nameservers that give private IPv4 addresses and no AAAA record.
std::vector<std::size_t> shadowing_nameservers(const Scene& scene) {
  std::vector<std::size_t> found;
  if (!is_ecr(scene) || scene.seen.endpoint.addressing != Addressing::dual_stack || !scene.seen.ipv4_lookup)
    return found;
  for (const ServerAnswer& answer : scene.seen.ipv4_lookup->by_nameserver) {
    const ServerAnswer* ipv6 = answer_of(scene.seen.ipv6_lookup, answer.nameserver);
    if (all_private_v4(answer.records) && ipv6 && ipv6->outcome == DnsOutcome::no_data)
      found.push_back(answer.nameserver);
  }
  return found;
}

/// AWS itself answers behind a private address: a zone of one's own that leads to one's own server shows no such
/// certificate.
const Attempt* attempt_answered_by_aws(const Scene& scene, const std::vector<Address>& addresses) {
  for (const Attempt& attempt : scene.seen.attempts)
    if (std::find(addresses.begin(), addresses.end(), attempt.address) != addresses.end() && attempt.tls &&
        attempt.tls->verified && attempt.diverted_to.empty() &&
        attempt.tls->issuer.find("Amazon") != attempt.tls->issuer.npos)
      return &attempt;
  return nullptr;
}

std::vector<std::string> lines_of(const Scene& scene, const std::vector<Address>& addresses) {
  std::vector<std::string> lines;
  for (const Address& address : addresses) {
    std::string why = address.is_v6() ? "IPv6 of an interface endpoint" : "private IPv4";
    if (address.is_unique_local()) why = "unique local, beside private IPv4";
    if (is_in_this_vpc(scene.run, address)) why = "in this machine's own VPC";
    lines.push_back(fmt::format("{} {}: {}", record_type(address.family()), address.to_string(), why));
  }
  if (const std::string* alias = private_link_alias(scene.seen)) lines.push_back("alias " + *alias);
  if (const Attempt* attempt = attempt_answered_by_aws(scene, addresses))
    lines.push_back(
        fmt::format("{} has a certificate that Amazon issued: {}", attempt->address.to_string(), attempt->tls->issuer));
  return lines;
}

std::string_view summary_of(const Scene& scene, const std::vector<Address>& addresses) {
  if (private_link_alias(scene.seen) != nullptr) return "the name leads to an interface endpoint (PrivateLink)";
  if (attempt_answered_by_aws(scene, addresses) != nullptr)
    return "the name leads to private addresses, and AWS answers there: an interface endpoint (PrivateLink), or a "
           "proxy "
           "of this network that passes TLS on as it is";
  return "the name leads to private addresses: an interface endpoint (PrivateLink), or a zone or proxy of this network "
         "in its place";
}

bool is_public(const Lookup& lookup) {
  return !lookup.records.empty() &&
         std::none_of(lookup.records.begin(), lookup.records.end(),
                      [](const AddressRecord& record) { return is_private(record.address); });
}

}  // namespace

bool is_shadowed_by_private_link(const Scene& scene) {
  return scene.seen.ipv6_lookup && scene.seen.ipv6_lookup->outcome == DnsOutcome::no_data &&
         !shadowing_nameservers(scene).empty();
}

std::vector<Address> addresses_of_private_link(const Scene& scene) {
  std::vector<Address> found;
  if (!is_ecr(scene)) return found;
  const bool private_v4 = has_private_v4(scene.seen);
  const bool alias = private_link_alias(scene.seen) != nullptr;
  for (const Family family : both_families)
    if (const auto& lookup = scene.seen.lookup(family))
      for (const auto& [address, ttl] : lookup->records)
        if (address.is_private_v4() || (address.is_v6() && (alias || is_in_this_vpc(scene.run, address))) ||
            (address.is_unique_local() && private_v4))
          found.push_back(address);
  return found;
}

void on_private_link(const Scene& scene, Findings& findings) {
  const auto addresses = addresses_of_private_link(scene);
  if (addresses.empty()) return;
  const auto ipv6 = std::count_if(addresses.begin(), addresses.end(), [](const Address& each) { return each.is_v6(); });
  Finding finding = finding_about(scene, "dns.privatelink", ipv6 == 0 ? std::optional{Family::ipv4} : std::nullopt);
  finding.summary = summary_of(scene, addresses);
  finding.evidence = lines_of(scene, addresses);
  finding.advice =
      "Traffic stays in the private network: the endpoint's security group, policy and subnets decide, and "
      "aws:SourceIp does not apply (aws:VpcSourceIp does). For IPv6 the endpoint itself has to be dual-stack "
      "(IpAddressType and DnsRecordIpType).";
  findings.push_back(std::move(finding));
}

void private_link_shadows(const Scene& scene, Findings& findings) {
  const auto shadowing = shadowing_nameservers(scene);
  if (shadowing.empty()) return;
  Finding finding = finding_about(scene, "dns.privatelink-shadows-dual-stack", Family::ipv6);
  const bool everywhere = is_shadowed_by_private_link(scene);
  finding.severity = everywhere ? severity_of_failure(scene, Family::ipv6) : Severity::warning;
  finding.summary =
      "the dual-stack name has private IPv4 addresses and no IPv6: the private DNS of an interface endpoint, or of a "
      "private zone, stands before the public name";
  for (const std::size_t nameserver : shadowing)
    for (const Family family : both_families)
      finding.evidence.push_back(line_of(scene.run, *answer_of(scene.seen.lookup(family), nameserver), family));
  if (const std::string* alias = private_link_alias(scene.seen)) finding.evidence.push_back("alias " + *alias);
  finding.advice =
      "Clients with IPv6 alone cannot use the name here, though its public form has IPv6. Make the interface endpoint "
      "dual-stack (modify-vpc-endpoint --ip-address-type dualstack --dns-options DnsRecordIpType=dualstack) where "
      "that is offered, or switch its private DNS off; if it is a zone of your own, add AAAA records.";
  findings.push_back(std::move(finding));
}

void current_on_private_link(const Scene& scene, Findings& findings) {
  if (!is_ecr(scene) || scene.seen.endpoint.addressing != Addressing::ipv4_only || !scene.seen.ipv4_lookup ||
      !all_private_v4(scene.seen.ipv4_lookup->records))
    return;
  const EndpointObservation* twin = dual_stack_twin(scene);
  if (twin == nullptr) return;
  Finding finding = finding_about(scene, "ecr.current-on-privatelink", std::nullopt);
  finding.evidence = {fmt::format("{}: A {}", scene.seen.endpoint.name, addresses_of(scene.seen.ipv4_lookup->records))};
  for (const Family family : both_families)
    if (const auto& lookup = twin->lookup(family); lookup && !lookup->records.empty()) {
      if (!is_public(*lookup)) return;
      finding.evidence.push_back(
          fmt::format("{}: {} {}", twin->endpoint.name, record_type(family), addresses_of(lookup->records)));
    }
  if (finding.evidence.size() == 1) return;
  finding.severity = Severity::warning;
  finding.summary =
      "today's name leads to private addresses, its dual-stack twin to public ones: switching the name "
      "moves traffic off the interface endpoint";
  finding.advice =
      "Before you switch: the public path needs a way out (NAT or egress-only internet gateway), and policies that "
      "test aws:SourceVpce, aws:SourceVpc or aws:VpcSourceIp stop matching. Let the endpoint's private DNS cover the "
      "dual-stack name, or keep today's name.";
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
