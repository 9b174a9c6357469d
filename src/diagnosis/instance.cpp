#include "instance.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "ecr6/observation/ec2_text.hpp"
#include "rules.hpp"

namespace ecr6 {

namespace {

const Ec2Facts* answered(const Observation& run) {
  const auto& ec2 = run.host.ec2;
  return ec2 && ec2->outcome == MetadataOutcome::answered ? &*ec2 : nullptr;
}

/// That list is known to be empty on every interface, and every interface is known.
template <class List>
bool none_has(const Ec2Facts& ec2, List Ec2Interface::*list) {
  if (ec2.interfaces.empty() || ec2.interfaces_left_out > 0) return false;
  return std::all_of(ec2.interfaces.begin(), ec2.interfaces.end(),
                     [&](const Ec2Interface& each) { return each.*list && (each.*list)->empty(); });
}

struct Card {
  std::string_view id, summary, advice;
};

constexpr Card no_range_in_vpc{"ec2.vpc-without-ipv6", "the VPC of this instance has no IPv6 range",
                               "Give the VPC an IPv6 range, the subnet a /64 of it, its route table a route ::/0 "
                               "(internet or egress-only gateway), "
                               "the interface an address, and let the security group and network ACL pass ::/0."};
constexpr Card no_range_in_subnet{"ec2.subnet-without-ipv6", "the subnet of this instance has no IPv6 range",
                                  "Give the subnet a /64 of the VPC's range and a route ::/0 (internet or egress-only "
                                  "gateway), then the interface an "
                                  "address; let the security group and network ACL pass ::/0."};
constexpr Card no_address{
    "ec2.no-ipv6-address", "no network interface of this instance has an IPv6 address",
    "Assign one ('aws ec2 assign-ipv6-addresses'), and have the subnet assign them to new interfaces. The system takes "
    "it over DHCPv6 within minutes, or at the next boot."};

/// The outermost thing that is missing: nothing further in can be mended before it.
const Card& card_for(const Ec2Facts& ec2) {
  if (!none_has(ec2, &Ec2Interface::subnet_ipv6)) return no_address;
  return none_has(ec2, &Ec2Interface::vpc_ipv6) ? no_range_in_vpc : no_range_in_subnet;
}

std::string_view advice_for(MetadataOutcome outcome) {
  switch (outcome) {
    case MetadataOutcome::denied:
      return "The service is switched off for this instance, or refuses this caller: see the instance's metadata "
             "options "
             "(HttpEndpoint). Nothing of EC2 is known; the rest of the report does without.";
    case MetadataOutcome::not_metadata:
      return "Something else answers on the address of EC2's metadata service: another cloud's service, or a proxy. "
             "Nothing of EC2 is known; leave --ec2 out here.";
    case MetadataOutcome::timeout:
      return "This is not EC2, a firewall drops it, or a container is one hop too far: then the instance's "
             "HttpPutResponseHopLimit has to be 2. Run it on the host itself.";
    default:
      return "This is most likely not EC2, or the route to the service is missing. Leave --ec2 out here.";
  }
}

}  // namespace

std::vector<std::string> ec2_lines(const Observation& run) {
  std::vector<std::string> lines;
  const Ec2Facts* const ec2 = answered(run);
  if (ec2 == nullptr) return lines;
  for (const Ec2Interface& interface : ec2->interfaces) lines.push_back("EC2: " + to_text(interface));
  if (ec2->interfaces_left_out > 0)
    lines.push_back(fmt::format("EC2: {} more interfaces were not looked at", ec2->interfaces_left_out));
  return lines;
}

bool ec2_has_ipv6(const Observation& run) {
  const Ec2Facts* const ec2 = answered(run);
  return ec2 != nullptr && std::any_of(ec2->interfaces.begin(), ec2->interfaces.end(), [](const Ec2Interface& each) {
           return each.ipv6 && !each.ipv6->empty() && each.subnet_ipv6 && !each.subnet_ipv6->empty();
         });
}

void sharpen_on_ec2(const Observation& run, Finding& finding) {
  if (finding.id != "net.silent-drop" || finding.family != Family::ipv6) return;
  for (std::string& line : ec2_lines(run)) finding.evidence.push_back(std::move(line));
  if (!ec2_has_ipv6(run)) return;
  finding.advice =
      "Interface and subnet do have IPv6, so on EC2 these are left, in this order: the security group's outbound rules "
      "(::/0), the network ACL in both directions, a route ::/0 in the subnet's route table, the egress-only internet "
      "gateway that it leads to. A firewall on this host or further on drops packets just as silently.";
}

void instance_has_no_ipv6(const RunScene& scene, Findings& findings) {
  const Ec2Facts* const ec2 = answered(scene.run);
  if (ec2 == nullptr || !none_has(*ec2, &Ec2Interface::ipv6)) return;
  const Card& card = card_for(*ec2);
  Finding finding;
  finding.id = card.id;
  finding.severity = Severity::warning;
  finding.family = Family::ipv6;
  finding.summary = card.summary;
  finding.evidence = ec2_lines(scene.run);
  finding.advice = card.advice;
  findings.push_back(std::move(finding));
}

void metadata_is_unavailable(const RunScene& scene, Findings& findings) {
  const auto& ec2 = scene.run.host.ec2;
  if (!ec2 || ec2->outcome == MetadataOutcome::answered || ec2->outcome == MetadataOutcome::not_finished) return;
  Finding finding;
  finding.id = "ec2.metadata-unavailable";
  finding.summary = "EC2's metadata service does not say what this instance has";
  finding.evidence = {fmt::format("{} after {}{}", to_string(ec2->outcome), to_text(ec2->duration),
                                  ec2->detail.empty() ? "" : fmt::format(" ({})", ec2->detail))};
  finding.advice = advice_for(ec2->outcome);
  findings.push_back(std::move(finding));
}

}  // namespace ecr6
