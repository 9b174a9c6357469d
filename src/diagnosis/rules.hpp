#pragma once

#include <span>
#include <vector>

#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/observation.hpp"
#include "silence.hpp"

/// A rule looks at facts and appends what it finds. It never looks at another rule's findings, and none changes a word.
namespace ecr6 {

using Findings = std::vector<Finding>;

/// The run as a whole.
struct RunScene {
  const Observation& run;
  const std::vector<Silence>& silences;  ///< of each nameserver
};

/// One endpoint in its run.
struct Scene {
  const Observation& run;
  const std::vector<Silence>& silences;  ///< of each nameserver
  const EndpointObservation& seen;
  const EndpointVerdict& words;
};

using EndpointRule = void (*)(const Scene& scene, Findings& findings);
using RunRule = void (*)(const RunScene& scene, Findings& findings);

/// Every rule, layer by layer: this machine, names, path, TLS, HTTP, ECR.
[[nodiscard]] std::span<const EndpointRule> endpoint_rules();
[[nodiscard]] std::span<const RunRule> run_rules();

// dns.cpp
void name_has_no_address(const Scene& scene, Findings& findings);
void name_not_found(const Scene& scene, Findings& findings);
void lookup_fails(const Scene& scene, Findings& findings);
// dns_answers.cpp
void addresses_filtered(const Scene& scene, Findings& findings);
void nameservers_disagree(const Scene& scene, Findings& findings);
void nameserver_is_silent(const RunScene& scene, Findings& findings);
// dns_addresses.cpp
void address_is_nat64(const Scene& scene, Findings& findings);
void address_is_special(const Scene& scene, Findings& findings);
// dns_system.cpp
void system_differs(const Scene& scene, Findings& findings);
// dns_nameservers.cpp
void nameserver_is_slow(const RunScene& scene, Findings& findings);
void tcp_fallback_is_broken(const RunScene& scene, Findings& findings);
// private_link.cpp
void on_private_link(const Scene& scene, Findings& findings);
void private_link_shadows(const Scene& scene, Findings& findings);
void current_on_private_link(const Scene& scene, Findings& findings);
// ecr.cpp
void wrong_name(const Scene& scene, Findings& findings);
void older_name(const Scene& scene, Findings& findings);
void not_an_ecr_name(const Scene& scene, Findings& findings);
void unconfirmed_name(const Scene& scene, Findings& findings);
void layers_without_ipv6(const Scene& scene, Findings& findings);
void public_name_without_ipv6(const Scene& scene, Findings& findings);
// address_ranges.cpp
void address_not_amazons(const Scene& scene, Findings& findings);
void address_of_another_region(const Scene& scene, Findings& findings);
// attempts.cpp
void attempts_fail(const Scene& scene, Findings& findings);
// stall_rules.cpp
void attempts_stall(const Scene& scene, Findings& findings);
// tls.cpp
void certificate_is_a_strangers(const Scene& scene, Findings& findings);
void certificate_is_weak(const Scene& scene, Findings& findings);
void clock_is_off(const RunScene& scene, Findings& findings);
// some_addresses.cpp
void some_addresses_fail(const Scene& scene, Findings& findings);
// net.cpp
void path_is_slower(const Scene& scene, Findings& findings);
void path_is_lossy(const Scene& scene, Findings& findings);
// path_mtu.cpp
void path_mtu_is_smaller(const RunScene& scene, Findings& findings);
// ping.cpp
void only_ping_works(const Scene& scene, Findings& findings);
// http.cpp
void unexpected_answer(const Scene& scene, Findings& findings);
void status_differs(const Scene& scene, Findings& findings);
// instance.cpp
void instance_has_no_ipv6(const RunScene& scene, Findings& findings);
void metadata_is_unavailable(const RunScene& scene, Findings& findings);
// host_names.cpp
void hosts_file(const Scene& scene, Findings& findings);
void prefers_ipv4(const RunScene& scene, Findings& findings);
// host_proxy.cpp
void proxy(const RunScene& scene, Findings& findings);
// host_sources.cpp
void source_is_temporary(const RunScene& scene, Findings& findings);
void source_is_deprecated(const RunScene& scene, Findings& findings);
void source_is_unique_local(const RunScene& scene, Findings& findings);
// host_troubles.cpp
void host_is_in_the_way(const RunScene& scene, Findings& findings);
void container_has_no_ipv6(const RunScene& scene, Findings& findings);
// run.cpp
void addresses_left_out(const Scene& scene, Findings& findings);
void ended_early(const RunScene& scene, Findings& findings);
void nothing_required(const RunScene& scene, Findings& findings);
void nameservers_ignored(const RunScene& scene, Findings& findings);
void account_is_placeholder(const RunScene& scene, Findings& findings);
void embedded_lab(const RunScene& scene, Findings& findings);

}  // namespace ecr6
