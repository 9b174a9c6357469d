#include "ecr6/clients/environment.hpp"

#include <algorithm>

namespace ecr6::clients {

void Environment::set(Variable variable) {
  const auto same = [&](const Variable& old) { return old.name == variable.name; };
  const auto found = std::find_if(variables_.begin(), variables_.end(), same);
  if (found == variables_.end()) return variables_.push_back(std::move(variable));
  *found = std::move(variable);
}

void Environment::unset(std::string_view name) {
  std::erase_if(variables_, [&](const Variable& variable) { return variable.name == name; });
}

const Variable* Environment::find(std::string_view name) const {
  const auto same = [&](const Variable& variable) { return variable.name == name; };
  const auto found = std::find_if(variables_.begin(), variables_.end(), same);
  return found == variables_.end() ? nullptr : &*found;
}

std::string_view Environment::value(std::string_view name) const {
  const Variable* const variable = find(name);
  return variable == nullptr ? std::string_view{} : std::string_view{variable->value};
}

}  // namespace ecr6::clients
