#pragma once

#include <vector>

#include "rules.hpp"

/// What stands beside attempts that failed once TCP stood: certificates, first bytes, clocks, the other family, the
/// other names. Pure.
namespace ecr6 {

/// Appends to the evidence of a finding about `failed`, attempts of one family that failed alike. Nothing for attempts
/// that failed at connect.
void add_tls_evidence(const Scene& scene, const std::vector<const Attempt*>& failed, Finding& finding);

/// "HTTP/1.1 302\x0d\x0a": what is not printable ASCII as its number.
[[nodiscard]] std::string quoted_bytes(std::string_view bytes);

/// How the certificates that the two families show compare, as a line: the same one, or whose the other one is. Empty
/// when a family shows none.
[[nodiscard]] std::string compared_certificates(const EndpointObservation& seen, const Attempt& attempt);

}  // namespace ecr6
