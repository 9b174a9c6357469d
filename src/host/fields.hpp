#pragma once

#include <string_view>
#include <vector>

namespace ecr6::host {

/// The words of a line of a file in /etc, without the comment that starts at '#'.
[[nodiscard]] std::vector<std::string_view> fields(std::string_view line);

}  // namespace ecr6::host
