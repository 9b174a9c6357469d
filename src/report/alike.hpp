#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Sentences that say the same of different things.
namespace ecr6::report {

/// May numbers without a unit differ ("all 2 addresses", "all 8 addresses"), or do they carry the meaning ("status
/// 404")?
enum class Numbers { may_differ, have_to_match };

/// What alike sentences have in common: equal for those that differ in addresses, prefixes, names of hosts, account
/// numbers and times alone (and in numbers, if they may), different for any others. For comparing, not for reading.
[[nodiscard]] std::string frame_of(std::string_view text, Numbers numbers);

/// One sentence for alike ones (at least one): addresses and names become lists ("a, b and c", at most eight), numbers
/// "2/8", more than four of them and times ranges ("3.00 to 3.02 s"). What all have in common stands once.
[[nodiscard]] std::string merged(const std::vector<std::string_view>& alike);

/// "a, b and c"; beyond `most` entries "a, b and 12 more".
[[nodiscard]] std::string listed(const std::vector<std::string>& entries, std::size_t most);

}  // namespace ecr6::report
