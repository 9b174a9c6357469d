#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace ecr6::clients {

struct Variable {
  std::string name;
  std::string value;
  std::string source;  ///< "environment", or "PATH:LINE" of the file that sets it
};

/// The environment that the clients have. Only asked by name; a later setting of a name wins.
class Environment {
 public:
  void set(Variable variable);
  void unset(std::string_view name);
  /// Null when it is not set; a variable may be set and empty.
  [[nodiscard]] const Variable* find(std::string_view name) const;
  /// Its value, or empty text.
  [[nodiscard]] std::string_view value(std::string_view name) const;
  [[nodiscard]] const std::vector<Variable>& all() const { return variables_; }

 private:
  std::vector<Variable> variables_;
};

}  // namespace ecr6::clients
