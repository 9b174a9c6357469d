#include "ecr6/clients/ini.hpp"

#include <algorithm>
#include <array>

#include "ecr6/core/text.hpp"
#include "ini_lines.hpp"

namespace ecr6::clients {

namespace {

constexpr std::size_t most_lines = 100'000;

constexpr std::array<std::string_view, 6> kept_keys{"region",
                                                    "services",
                                                    "endpoint_url",
                                                    "use_dualstack_endpoint",
                                                    "use_fips_endpoint",
                                                    "ignore_configured_endpoint_urls"};

void forget_others(std::vector<IniEntry>& entries) {
  for (IniEntry& entry : entries) {
    if (!decides_endpoint(entry.key)) entry.value.clear();
    // What continues a value may be another key with a secret. It is enough to know that something does.
    if (const std::size_t end = entry.value.find('\n'); end != std::string::npos)
      entry.value.replace(end, std::string::npos, " (and more lines)");
    forget_others(entry.nested);
  }
}

/// The first line that is not UTF-8; 0 for none.
int first_invalid(const std::vector<IniLine>& lines) {
  const auto invalid = [](const IniLine& line) { return repaired_utf8(line.text) != line.text; };
  const auto found = std::find_if(lines.begin(), lines.end(), invalid);
  return found == lines.end() ? 0 : found->number;
}

IniFile read_lines(const std::vector<IniLine>& lines, IniDialect dialect) {
  switch (dialect) {
    case IniDialect::botocore:
      return read_botocore(lines);
    case IniDialect::go:
      return read_go(lines);
    case IniDialect::javascript:
      return read_javascript(lines);
  }
  return {};
}

}  // namespace

std::vector<IniLine> lines_of(std::string_view text) {
  std::vector<IniLine> lines;
  for (std::string_view line : split(text, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back({line, static_cast<int>(lines.size()) + 1});
    if (lines.size() > most_lines) break;
  }
  return lines;
}

bool decides_endpoint(std::string_view key) {
  return std::find(kept_keys.begin(), kept_keys.end(), to_lower(key)) != kept_keys.end();
}

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t indentation(std::string_view line) {
  return static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_blank) - line.begin());
}

IniFile read_ini(std::string_view text, IniDialect dialect) {
  const std::vector<IniLine> lines = lines_of(text);
  if (lines.size() > most_lines) return {{}, IniProblem{static_cast<int>(most_lines), "more lines than are read here"}};
  if (const int bad = dialect == IniDialect::botocore ? first_invalid(lines) : 0; bad != 0)
    return {{}, IniProblem{bad, "the text is not UTF-8, which Python refuses"}};
  IniFile file = read_lines(lines, dialect);
  for (IniSection& section : file.sections) forget_others(section.entries);
  return file;
}

const IniEntry* find(const std::vector<IniEntry>& entries, std::string_view key) {
  const auto same = [&](const IniEntry& entry) { return entry.key == key; };
  const auto found = std::find_if(entries.begin(), entries.end(), same);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace ecr6::clients
