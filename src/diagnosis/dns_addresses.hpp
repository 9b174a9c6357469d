#pragma once

#include "rules.hpp"

namespace ecr6 {

/// An attempt to an address that nothing can be reached at (or, IPv4-mapped, that is IPv4 in disguise): DNS gave a
/// wrong address, and what became of the attempt says nothing about the path.
[[nodiscard]] bool is_explained_by_its_address(const Scene& scene, const Attempt& attempt);

}  // namespace ecr6
