#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ecr6::aws {

/// `key = value` in a shared config file. A key with an empty value may be followed by indented lines of its own.
struct ConfigEntry {
  std::string key;  ///< lower case
  std::string value;
  std::size_t line{};                 ///< 1-based
  std::vector<ConfigEntry> nested{};  ///< one level, as in `ecr =` and, indented, `use_dualstack_endpoint = true`
};

struct ConfigSection {
  std::string name;  ///< as between the brackets, inner white space made one space: "default", "profile x"
  std::size_t line{};
  std::vector<ConfigEntry> entries;
};

/// ~/.aws/config, read as AWS's tools do: `#` and `;` start a comment line, and after white space also end a value;
/// keys in any case; of repeated keys the last wins; lines that are none of these are skipped and listed.
/// Source: AWS SDKs and Tools Reference Guide, "Shared config and credentials files".
struct SharedConfig {
  std::vector<ConfigSection> sections;  ///< in file order; a repeated section stands here twice
  std::vector<std::size_t> unreadable;  ///< 1-based numbers of the lines that could not be read
};

[[nodiscard]] SharedConfig parse_shared_config(std::string_view text);

/// A profile's setting: from `[profile NAME]`; for the default profile `[profile default]` goes before `[default]`.
/// Empty when the profile does not set it, or sets it to nothing.
[[nodiscard]] std::optional<std::string> profile_setting(const SharedConfig& config, std::string_view profile,
                                                         std::string_view key);
/// True when the file has the profile, with or without settings.
[[nodiscard]] bool has_profile(const SharedConfig& config, std::string_view profile);

}  // namespace ecr6::aws
