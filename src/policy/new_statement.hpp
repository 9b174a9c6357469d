#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/policy/change.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

/// A statement of the same scope that denies every IPv6 caller on a path except `known`, laid out as `model` is, and
/// indented to stand after it. `sid` is its Sid; empty for none.
[[nodiscard]] std::string deny_unknown_ipv6(const Document& document, const Shift& shift, const std::string& sid,
                                            const std::vector<Prefix>& known);

/// A Sid made from `base` that is not taken; from then on it is.
[[nodiscard]] std::string fresh_sid(const std::string& base, std::unordered_set<std::string>& taken);

/// What goes between two statements: a comma, and a new line with `model`'s indentation when it stands on its own.
[[nodiscard]] std::string separator_after(const Document& document, const Statement& model);

}  // namespace ecr6::policy
