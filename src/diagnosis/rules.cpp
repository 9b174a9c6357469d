#include "rules.hpp"

namespace ecr6 {

std::span<const EndpointRule> endpoint_rules() {
  static constexpr EndpointRule rules[] = {
      hosts_file,
      wrong_name,
      older_name,
      not_an_ecr_name,
      unconfirmed_name,
      name_not_found,
      name_has_no_address,
      lookup_fails,
      addresses_filtered,
      nameservers_disagree,
      address_is_nat64,
      address_is_special,
      system_differs,
      on_private_link,
      private_link_shadows,
      current_on_private_link,
      layers_without_ipv6,
      public_name_without_ipv6,
      attempts_fail,
      certificate_is_a_strangers,
      certificate_is_weak,
      attempts_stall,
      some_addresses_fail,
      path_is_slower,
      path_is_lossy,
      unexpected_answer,
      status_differs,
      addresses_left_out,
      only_ping_works,
      address_not_amazons,
      address_of_another_region,
  };
  return rules;
}

std::span<const RunRule> run_rules() {
  static constexpr RunRule rules[] = {
      proxy,
      host_is_in_the_way,
      container_has_no_ipv6,
      source_is_temporary,
      source_is_deprecated,
      source_is_unique_local,
      prefers_ipv4,
      nameserver_is_silent,
      nameserver_is_slow,
      tcp_fallback_is_broken,
      nameservers_ignored,
      ended_early,
      nothing_required,
      account_is_placeholder,
      embedded_lab,
      clock_is_off,
      path_mtu_is_smaller,
      instance_has_no_ipv6,
      metadata_is_unavailable,
  };
  return rules;
}

}  // namespace ecr6
