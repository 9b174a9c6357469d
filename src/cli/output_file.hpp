#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ecr6::cli {

/// Replaces a file in one step: written beside it with mode 0644 less the umask, then renamed, so that a reader sees
/// the old or the new text and nothing between. A symbolic link keeps pointing where it does; a device or pipe is
/// written to as it is. Empty on success, otherwise one sentence.
[[nodiscard]] std::optional<std::string> write_file(const std::string& path, std::string_view text);

}  // namespace ecr6::cli
