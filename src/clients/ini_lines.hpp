#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/clients/ini.hpp"

/// What the three readers of AWS's INI files share.
namespace ecr6::clients {

struct IniLine {
  std::string_view text;  ///< without its line end
  int number{};
};

[[nodiscard]] std::vector<IniLine> lines_of(std::string_view text);
[[nodiscard]] bool is_blank(char c);
/// How many blanks the line starts with.
[[nodiscard]] std::size_t indentation(std::string_view line);

/// Whether the key decides an endpoint. The values of all others are dropped as soon as the file is read.
[[nodiscard]] bool decides_endpoint(std::string_view key);

[[nodiscard]] IniFile read_botocore(const std::vector<IniLine>& lines);
[[nodiscard]] IniFile read_go(const std::vector<IniLine>& lines);
[[nodiscard]] IniFile read_javascript(const std::vector<IniLine>& lines);

}  // namespace ecr6::clients
