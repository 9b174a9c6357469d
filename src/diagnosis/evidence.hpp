#pragma once

#include "rules.hpp"

/// Facts as lines of evidence. Text from outside is quoted as it came; whoever renders it escapes it.
namespace ecr6 {

/// "2600:1f13::1", "192.0.2.1"; with a port other than the usual one "[2600:1f13::1]:8443".
[[nodiscard]] std::string where(const Address& address, std::uint16_t port, std::uint16_t usual);

/// "[2600:1f13::1]:443: connection_refused at connect after 12 ms (Connection refused)".
[[nodiscard]] std::string line_of(const Attempt& attempt);

/// "nameserver 192.0.2.53: server_failure for AAAA after 2.0 ms".
[[nodiscard]] std::string line_of(const Observation& run, const ServerAnswer& answer, Family family);

/// That nameserver answered nothing in the whole run.
[[nodiscard]] bool is_silent(const Scene& scene, const ServerAnswer& answer);

/// "AAAA" or "A".
[[nodiscard]] std::string_view record_type(Family family);

[[nodiscard]] std::string addresses_of(const std::vector<AddressRecord>& records);

/// "192.0.2.53", or "[2001:db8::53]:5353": a nameserver of the run by its index.
[[nodiscard]] std::string nameserver_text(const Observation& run, std::size_t index);

/// A finding about this endpoint, and about one family or (empty) both.
[[nodiscard]] Finding finding_about(const Scene& scene, std::string_view id, std::optional<Family> family);

/// How many of the family's addresses: "2 of 8 addresses", "the only address", "all 8 addresses".
[[nodiscard]] std::string share_of(const Scene& scene, Family family, std::size_t failed);

/// The other family's state is evidence, too: what works there is not to blame here.
void add_other_family(const Scene& scene, Family family, Finding& finding);

/// A fault that can make the exit code bad, by what --require looks at, is an error; any other is a warning. Empty: it
/// is about both families.
[[nodiscard]] Severity severity_of_failure(const Scene& scene, std::optional<Family> family = std::nullopt);

/// The dual-stack endpoint of the run that stands for the same service; null when there is none.
[[nodiscard]] const EndpointObservation* dual_stack_twin(const Scene& scene);

/// The name to use in place of an IPv4-only one, whether the run has it or not; empty when there is none.
[[nodiscard]] std::string dual_stack_name(const Scene& scene);

}  // namespace ecr6
