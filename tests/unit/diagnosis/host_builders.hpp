#pragma once

#include <initializer_list>
#include <string_view>
#include <vector>

#include "builders.hpp"

/// Hosts in a few words, for the rules about this machine.
namespace ecr6::build {

/// "2600:1f13::99/64".
[[nodiscard]] InterfaceAddress own(std::string_view prefix);
/// An interface that is up and takes router advertisements, none of which has come.
[[nodiscard]] Interface device(std::string_view name, std::initializer_list<std::string_view> prefixes);
[[nodiscard]] DefaultRoute default_route(Family family, std::string_view gateway, std::string_view interface,
                                         std::string_view origin = "ra");

/// lo; eth0 with 2600:1f13::99/64, fe80::99/64 and 10.0.0.5/24; a default route of each family by it.
[[nodiscard]] NetworkFacts network();
/// The same without what `family` has beyond the link, or without its default route.
[[nodiscard]] NetworkFacts without_address(Family family);
[[nodiscard]] NetworkFacts without_default_route(Family family);
[[nodiscard]] Interface& eth0(NetworkFacts& network);

/// An attempt that failed at once, with what the kernel says of the route.
[[nodiscard]] Attempt failed_here(std::string_view address, Cause cause, std::string_view route_type = "none");
/// An attempt that was sent from `source` and failed.
[[nodiscard]] Attempt failed_from(std::string_view source, std::string_view address, Cause cause);

/// A run of one API whose IPv6 attempts are these, on that host.
[[nodiscard]] Observation on_host(NetworkFacts network, std::vector<Attempt> ipv6);
/// The same whose attempts all go through, the IPv6 ones from `source`.
[[nodiscard]] Observation working_from(NetworkFacts network, std::string_view source);

/// The ids of the findings that begin with "host.", in order.
[[nodiscard]] std::vector<std::string> host_ids(const Observation& run);
/// Whether some line of the finding's evidence, its summary or its advice contains the text.
[[nodiscard]] bool says(const Finding& finding, std::string_view text);

}  // namespace ecr6::build
