#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6 {

/// Text from outside made safe for a terminal: control bytes (C0, DEL, C1), bidirectional overrides and invalid
/// UTF-8 become `\xNN` or `\u{NNNN}`; everything else stays. The backslash itself stays.
[[nodiscard]] std::string printable(std::string_view text);

/// JSON text that may reach a terminal: DEL, C1 controls and bidirectional marks, which JSON lets stand in strings
/// (RFC 8259 §7), become `\uNNNN` escapes. Its meaning stays. `json` is valid UTF-8.
[[nodiscard]] std::string disarmed_json(std::string_view json);

/// Valid UTF-8: each byte that is not part of a well-formed sequence (RFC 3629) becomes U+FFFD.
[[nodiscard]] std::string repaired_utf8(std::string_view text);

[[nodiscard]] std::string to_lower(std::string_view ascii);
[[nodiscard]] bool equal_ignoring_case(std::string_view left, std::string_view right);
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// The pieces between separators, empty ones included; one empty piece for an empty text.
[[nodiscard]] std::vector<std::string_view> split(std::string_view text, char separator);
[[nodiscard]] std::string join(const std::vector<std::string>& pieces, std::string_view separator);

/// How many single-character edits (Levenshtein) lead from one text to the other; for "did you mean".
[[nodiscard]] std::size_t edit_distance(std::string_view from, std::string_view to);

}  // namespace ecr6
