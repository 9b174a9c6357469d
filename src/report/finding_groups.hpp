#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ecr6/diagnosis/diagnosis.hpp"

namespace ecr6::report {

/// Findings of one id, severity and family that say the same of different endpoints; at least one. Pointers into the
/// diagnosis.
using FindingGroup = std::vector<const Finding*>;

/// In the order of each group's first finding. What is about the host stands alone.
[[nodiscard]] std::vector<FindingGroup> groups_of(const std::vector<Finding>& findings);

/// Lines of evidence that say the same of different addresses, as one.
struct Evidence {
  std::string text;         ///< as from merged()
  std::size_t lines{};      ///< how many stand behind it
  std::size_t endpoints{};  ///< how many of the group's endpoints have such a line
};

/// All evidence of a group, in the order of its first lines.
[[nodiscard]] std::vector<Evidence> evidence_of(const FindingGroup& group);

[[nodiscard]] std::string summary_of(const FindingGroup& group);
[[nodiscard]] std::string advice_of(const FindingGroup& group);

}  // namespace ecr6::report
