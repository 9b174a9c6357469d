#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The files `~/.aws/config` and `~/.aws/credentials`, read as each SDK reads them. The readers differ in comments,
/// separators, upper case, continuation lines and duplicates, and so one file can mean three things.
namespace ecr6::clients {

enum class IniDialect {
  botocore,    ///< Python's RawConfigParser (strict), then one level of nesting for values that start with a newline
  go,          ///< aws-sdk-go-v2 internal/ini
  javascript,  ///< @smithy/core shared-ini-file-loader
};

struct IniEntry {
  std::string key;               ///< as the SDK looks it up: lower case for botocore and Go, as written for JavaScript
  std::string value;             ///< empty when the key is not one that decides an endpoint: secrets are not kept
  int line{};                    ///< 1-based
  std::vector<IniEntry> nested;  ///< the indented lines below `key =`

  friend bool operator==(const IniEntry&, const IniEntry&) = default;
};

struct IniSection {
  std::string name;  ///< between the brackets, trimmed: "default", "profile dev", "services x"
  int line{};
  std::vector<IniEntry> entries;  ///< in file order; a repeated key appears once, with the value that counts

  friend bool operator==(const IniSection&, const IniSection&) = default;
};

/// Why an SDK refuses the whole file. Never quotes the line: it may hold a secret.
struct IniProblem {
  int line{};
  std::string message;

  friend bool operator==(const IniProblem&, const IniProblem&) = default;
};

struct IniFile {
  std::vector<IniSection> sections;
  std::optional<IniProblem> problem;  ///< JavaScript never has one: what it cannot read it skips
};

/// Reads a whole file. At most 100 000 lines are looked at; more is a problem.
[[nodiscard]] IniFile read_ini(std::string_view text, IniDialect dialect);

[[nodiscard]] const IniEntry* find(const std::vector<IniEntry>& entries, std::string_view key);

}  // namespace ecr6::clients
