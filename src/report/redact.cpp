#include <fmt/format.h>

#include <algorithm>

#include "each_text.hpp"
#include "ecr6/core/text.hpp"
#include "ecr6/report/report.hpp"
#include "redact_text.hpp"

namespace ecr6::report {

namespace {

constexpr std::string_view placeholder = "123456789012";

/// Every address that must not come out as a stand-in, then the replacements in order of appearance. A router that
/// an endpoint's own address answers for keeps it; so does an endpoint, unless it is this host.
void learn_addresses(Observation& run, StandIns& stand_ins) {
  std::set<Address> peers;
  each_address(run, [&](Address& address, Owner owner) {
    stand_ins.avoid(address);
    if (owner == Owner::peer) peers.insert(address);
  });
  each_address(run, [&](Address& address, Owner owner) {
    if (owner == Owner::host || (owner == Owner::path && !peers.contains(address))) stand_ins.replace(address);
  });
}

/// "http://proxy.corp.example:3128/" is at "proxy.corp.example"; an IPv6 literal loses its brackets.
std::string_view host_of_url(std::string_view url) {
  if (const auto at = url.find("://"); at != url.npos) url.remove_prefix(at + 3);
  url = url.substr(0, url.find('/'));
  if (url.starts_with('[')) return url.substr(1, std::min(url.find(']'), url.size()) - 1);
  return url.substr(0, url.find(':'));
}

bool is_too_common(std::string_view name) { return name.size() < 3 || equal_ignoring_case(name, "localhost"); }

/// A host may be called "api" or "aws": the names that were asked for have to keep their meaning then.
bool is_part_of_endpoints(std::string_view part, const Observation& run) {
  const auto dotted = [](std::string_view name) { return "." + to_lower(name) + "."; };
  for (const EndpointObservation& seen : run.endpoints)
    if (dotted(seen.endpoint.name).find(dotted(part)) != std::string::npos &&
        !equal_ignoring_case(seen.endpoint.name, run.host.name))
      return true;
  return false;
}

void learn_host_name(const Observation& run, StandIns& stand_ins) {
  const std::string_view name = run.host.name;
  const std::string_view label = name.substr(0, name.find('.'));
  const std::string_view domain = name.substr(std::min(label.size() + 1, name.size()));
  if (label.size() < name.size() && !is_part_of_endpoints(name, run)) stand_ins.replace_name(name, "host-1.invalid");
  if (!is_too_common(label) && !is_part_of_endpoints(label, run)) stand_ins.replace_name(label, "host-1");
  // A last label says nothing: think of "build-7.com".
  if (domain.find('.') != domain.npos && !is_part_of_endpoints(domain, run))
    stand_ins.replace_name(domain, "domain-1.invalid");
}

/// "enx0a1b2c3d4e5f" is called after its hardware address (systemd.net-naming-scheme(7)). A stand-in with 12 decimal
/// digits would be taken for an account.
void learn_interfaces(const HostFacts& host, StandIns& stand_ins) {
  if (!host.network) return;
  std::size_t count{};
  for (const Interface& interface : host.network->interfaces)
    if (interface.name.size() == 15 && interface.name.starts_with("enx"))
      stand_ins.replace_name(interface.name, fmt::format("enx{:012x}", 0x0ec600000000U + ++count));
}

void learn_proxies(const HostFacts& host, StandIns& stand_ins) {
  std::size_t count{};
  for (const ProxySetting& proxy : host.proxies) {
    const std::string_view name = host_of_url(proxy.value);
    if (const auto address = Address::parse(name))
      stand_ins.replace(*address);
    else if (!is_too_common(name) && !stand_ins.of_name(name))
      stand_ins.replace_name(name, "proxy-" + std::to_string(++count) + ".invalid");
  }
}

/// The placeholder is nobody's account, unless the user gave it as one.
std::string_view account_to_keep(const Observation& run) {
  const auto given = [](const EndpointObservation& seen) { return seen.endpoint.account == placeholder; };
  return std::any_of(run.endpoints.begin(), run.endpoints.end(), given) ? "" : placeholder;
}

/// What EC2 numbers: the same length and shape for everybody, and nothing that AWS would know. Ranges lose the host
/// bits that their stand-in address has.
void hide_interfaces(Ec2Facts& ec2) {
  for (std::size_t i = 0; i < ec2.interfaces.size(); ++i) {
    Ec2Interface& interface = ec2.interfaces[i];
    if (!interface.mac.empty()) interface.mac = fmt::format("02:00:00:00:00:{:02x}", i + 1);
    if (!interface.interface_id.empty()) interface.interface_id = fmt::format("eni-{}", i + 1);
    if (!interface.subnet_id.empty()) interface.subnet_id = fmt::format("subnet-{}", i + 1);
    if (!interface.vpc_id.empty()) interface.vpc_id = "vpc-1";  // all interfaces of an instance are in one
    for (auto* const ranges : {&interface.subnet_ipv6, &interface.vpc_ipv6})
      if (*ranges)
        for (Prefix& prefix : **ranges) prefix = prefix.masked();
  }
}

}  // namespace

Observation redacted(const Observation& observation) {
  Observation run = observation;
  StandIns stand_ins;
  learn_addresses(run, stand_ins);
  learn_host_name(run, stand_ins);
  learn_interfaces(run.host, stand_ins);
  learn_proxies(run.host, stand_ins);
  each_text(run, [&](std::string& text) {
    each_account(text, [&](std::string_view digits) { stand_ins.avoid_account(digits); });
  });
  const std::string_view keep = account_to_keep(run);
  each_address(run, [&](Address& address, Owner) { address = stand_ins.of(address).value_or(address); });
  each_text(run, [&](std::string& text) { text = redacted_text(text, stand_ins, keep); });
  if (!run.host.name.empty() && run.host.name == observation.host.name) run.host.name = "host-1";
  if (run.host.ec2) hide_interfaces(*run.host.ec2);
  return run;
}

}  // namespace ecr6::report
