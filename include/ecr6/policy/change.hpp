#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "ecr6/policy/condition.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

/// How a statement's meaning for an IPv6 caller differs from what it says about IPv4 callers.
enum class Change {
  loses_access,       ///< an Allow that no IPv6 address satisfies
  loses_access_deny,  ///< a Deny that every IPv6 address satisfies; no Allow can overrule it
  gains_access,       ///< an Allow that every IPv6 address satisfies, and not every IPv4 address
  escapes_deny,       ///< a Deny that no IPv6 address satisfies
};

[[nodiscard]] std::string_view to_string(Change word);

/// What a statement's address conditions come to on one path.
struct Shift {
  std::size_t statement{};  ///< index into the document's statements
  Path path{};
  std::optional<Change> change;
  bool ipv6_only{};  ///< the reverse: it treats IPv4 callers as the four classes say of IPv6 callers
  /// A statement of the same document and scope that speaks for the family that this one leaves out.
  std::optional<std::size_t> companion;
};

/// The statements with address conditions that do not treat both families alike, in order. "Every IPv6 address" is
/// every one that such a caller can have: listing fc00::/7 says nothing about callers on the Internet.
[[nodiscard]] std::vector<Shift> shifts(const Document& document);

/// Whether the statement filters on the caller's address on this path.
[[nodiscard]] bool filters_address(const Statement& statement, Path path);

}  // namespace ecr6::policy
