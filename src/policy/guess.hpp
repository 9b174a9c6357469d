#pragma once

#include "reader.hpp"

namespace ecr6::policy {

/// Where a policy was found: the object around it and the key it stands under. Nothing for a bare policy.
struct Wrapper {
  const Source* source{};
  std::optional<std::uint32_t> object;
  std::string key;
};

/// Sets the type by the wrapper's fields, else by the statements' shape, and says which.
void guess_type(Document& document, const Wrapper& wrapper);

}  // namespace ecr6::policy
