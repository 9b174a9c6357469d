#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/diff.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

/// An IPv6 prefix that may be suggested, or why not.
struct PrefixChoice {
  std::optional<Prefix> prefix;
  std::string refusal;  ///< a sentence; empty when there is a prefix
};

/// Reads `ADDRESS/LENGTH`. Refused: IPv4, host bits, what no client can have. Unless forced, also refused: wider than
/// /32 (what S3 Block Public Access calls public), single addresses, unique local prefixes.
[[nodiscard]] PrefixChoice suggestable_prefix(std::string_view text, bool force);

/// What to put into the document's file so that its statements about ECR do not leave IPv6 callers out: prefixes into
/// the lists of statements that lose access; for block lists (gains access, escapes a deny), whose IPv6 counterpart
/// nobody knows, a statement of its own that denies "::/0" except the prefixes. In the order of the file; nothing is
/// ever taken away.
[[nodiscard]] std::vector<Edit> suggest(const Document& document, const std::vector<Prefix>& prefixes);

}  // namespace ecr6::policy
