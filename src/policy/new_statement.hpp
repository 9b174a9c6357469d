#pragma once

#include <string>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/policy/change.hpp"
#include "ecr6/policy/document.hpp"

namespace ecr6::policy {

/// A statement of the same scope that denies every IPv6 caller on a path except `known`, laid out as `model` is, and
/// indented to stand after it.
[[nodiscard]] std::string deny_unknown_ipv6(const Document& document, const Statement& model, Path path,
                                            const std::vector<Prefix>& known);

/// What goes between two statements: a comma, and a new line with `model`'s indentation when it stands on its own.
[[nodiscard]] std::string separator_after(const Document& document, const Statement& model);

}  // namespace ecr6::policy
