#include <algorithm>

#include "own_network.hpp"
#include "trouble.hpp"

namespace ecr6 {

namespace {

/// The kernel has IPv6 all the same: devices have its settings, or addresses.
bool kernel_has_ipv6(const NetworkFacts& network) {
  return std::any_of(network.interfaces.begin(), network.interfaces.end(), [](const Interface& interface) {
    return interface.ipv6_disabled.has_value() ||
           std::any_of(interface.addresses.begin(), interface.addresses.end(),
                       [](const InterfaceAddress& own) { return own.address.is_v6(); });
  });
}

constexpr std::string_view sandbox_advice =
    "A sandbox (seccomp, systemd's RestrictAddressFamilies=) refuses sockets of this family to this process. Have it "
    "allow AF_INET6 and AF_INET, or run ecr6 outside; clients in the same sandbox fail likewise.";

void sandboxed(Finding& finding, std::string_view evidence) {
  finding.summary = "this process may not make sockets of the family, though the kernel has it";
  finding.evidence.emplace_back(evidence);
  finding.advice = sandbox_advice;
}

void kernel_without_ipv6(const Trouble& trouble, Finding& finding) {
  const auto& network = trouble.run.host.network;
  if (network && network->ipv6_off_at_boot.value_or(false)) {
    finding.summary = "the kernel was started with IPv6 switched off";
    finding.evidence.emplace_back("the kernel parameter ipv6.disable is 1");
    finding.advice = "Remove ipv6.disable=1 from the kernel's command line ('cat /proc/cmdline') and restart.";
    return;
  }
  if (network && kernel_has_ipv6(*network))
    return sandboxed(finding, "interfaces have IPv6, and an IPv6 socket cannot be made");
  finding.summary = "the kernel has no IPv6, or a sandbox keeps this process from it";
  finding.evidence.emplace_back(network ? "no interface has any IPv6 setting or address" : "socket() refuses IPv6");
  finding.advice =
      "Look for ipv6.disable=1 on the kernel's command line ('cat /proc/cmdline'), for a module that is missing "
      "('modprobe ipv6'), and for a sandbox (seccomp, systemd's RestrictAddressFamilies=).";
}

void too_many_files(Finding& finding) {
  finding.id = "host.too-many-files";
  finding.summary = "this process or machine ran out of file descriptors; those addresses were not tested";
  finding.advice = "Raise the limit ('ulimit -n'; of the machine: sysctl fs.file-max) or lower --concurrency.";
}

}  // namespace

void describe_process(const Trouble& trouble, Finding& finding) {
  if (trouble.cause == HostCause::too_many_files) return too_many_files(finding);
  if (trouble.cause != HostCause::family_unsupported) return;
  finding.id = trouble.family == Family::ipv6 ? "host.ipv6-disabled" : "host.ipv4-disabled";
  if (trouble.family == Family::ipv6) return kernel_without_ipv6(trouble, finding);
  sandboxed(finding, "no Linux kernel is without IPv4");
}

}  // namespace ecr6
