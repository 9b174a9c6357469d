#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace ecr6 {

/// Raw bytes as lower-case hexadecimal digits, two for each: JSON strings carry text, not bytes.
[[nodiscard]] std::string to_hex(std::string_view bytes);
/// The inverse; empty when the digits do not come in pairs or are none.
[[nodiscard]] std::optional<std::string> from_hex(std::string_view digits);

}  // namespace ecr6
