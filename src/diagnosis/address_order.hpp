#pragma once

#include "dial.hpp"

/// The order in which a resolver library gives addresses to an application (RFC 6724 §6). Pure.
namespace ecr6 {

/// glibc 2.36 has RFC 3484's tables, and gai.conf(5) may replace its precedences; Go has RFC 6724's and reads no file.
enum class PolicyTable { glibc, rfc_6724 };

/// By the rules that a record can tell: avoid unusable destinations (1), prefer matching scope (2), matching label (5)
/// and higher precedence (6). What they leave equal stays in the order that it has.
[[nodiscard]] Candidates in_order(Candidates list, PolicyTable table, const HostFacts& host);

}  // namespace ecr6
