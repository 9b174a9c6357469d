#include "ecr6/clients/ini.hpp"

#include <algorithm>
#include <array>

#include "ecr6/core/text.hpp"
#include "ini_lines.hpp"

namespace ecr6::clients {

namespace {

constexpr std::size_t most_lines = 100'000;

/// The keys that decide an endpoint. Every other value is dropped as soon as the file is read.
constexpr std::array<std::string_view, 6> kept_keys{"region",
                                                    "services",
                                                    "endpoint_url",
                                                    "use_dualstack_endpoint",
                                                    "use_fips_endpoint",
                                                    "ignore_configured_endpoint_urls"};

void forget_others(std::vector<IniEntry>& entries) {
  for (IniEntry& entry : entries) {
    const bool kept = std::find(kept_keys.begin(), kept_keys.end(), to_lower(entry.key)) != kept_keys.end();
    if (!kept) entry.value.clear();
    // What continues a value may be another key with a secret. It is enough to know that something does.
    if (const std::size_t end = entry.value.find('\n'); end != std::string::npos)
      entry.value.replace(end, std::string::npos, " (and more lines)");
    forget_others(entry.nested);
  }
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

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::size_t indentation(std::string_view line) {
  return static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_blank) - line.begin());
}

IniSection& section_named(IniFile& file, std::string_view name, int line) {
  const auto same = [&](const IniSection& section) { return section.name == name; };
  const auto found = std::find_if(file.sections.begin(), file.sections.end(), same);
  if (found != file.sections.end()) return *found;
  return file.sections.emplace_back(IniSection{std::string{name}, line, {}});
}

IniEntry& put(std::vector<IniEntry>& entries, IniEntry entry) {
  const auto same = [&](const IniEntry& old) { return old.key == entry.key; };
  const auto found = std::find_if(entries.begin(), entries.end(), same);
  if (found == entries.end()) return entries.emplace_back(std::move(entry));
  return *found = std::move(entry);
}

IniFile read_ini(std::string_view text, IniDialect dialect) {
  const std::vector<IniLine> lines = lines_of(text);
  if (lines.size() > most_lines) return {{}, IniProblem{static_cast<int>(most_lines), "more lines than are read here"}};
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
