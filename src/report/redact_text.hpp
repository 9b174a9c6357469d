#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "stand_ins.hpp"

namespace ecr6::report {

/// Each maximal run of characters that `belongs` accepts, replaced by what `replace` makes of it; the rest stays.
[[nodiscard]] std::string replace_runs(std::string_view text, bool (*belongs)(char),
                                       const std::function<std::string(std::string_view)>& replace);

/// Calls `visit` with each run of exactly 12 digits: what an account number looks like.
void each_account(std::string_view text, const std::function<void(std::string_view)>& visit);

/// Text with the names, then the addresses, then the account numbers in it replaced. `keep` is one account number
/// that stays: the placeholder of a run without account; empty for none.
[[nodiscard]] std::string redacted_text(std::string_view text, StandIns& stand_ins, std::string_view keep);

}  // namespace ecr6::report
