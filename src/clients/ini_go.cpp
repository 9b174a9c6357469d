#include "ecr6/core/text.hpp"
#include "ini_builder.hpp"
#include "ini_lines.hpp"

namespace ecr6::clients {

namespace {

std::string_view without_comment(std::string_view line) { return line.substr(0, line.find_first_of("#;")); }

/// `=` or `:`, whichever comes first.
std::size_t separator_of(std::string_view text) { return text.find_first_of("=:"); }

std::string unquoted(std::string_view value) {
  const bool quoted =
      value.size() > 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front();
  return std::string{quoted ? value.substr(1, value.size() - 2) : value};
}

IniEntry entry_of(std::string_view text, int line) {
  const std::size_t separator = separator_of(text);
  return {to_lower(trimmed(text.substr(0, separator))), unquoted(trimmed(text.substr(separator + 1))), line, {}};
}

/// The blanks inside a section's name become one: "profile   dev" is "profile dev".
std::string section_name(std::string_view header) {
  const std::string_view name = trimmed(header.substr(1, header.size() - 2));
  const std::size_t blank = name.find_first_of(" \t");
  if (blank == std::string_view::npos) return std::string{name};
  return std::string{name.substr(0, blank)} + ' ' + std::string{trimmed(name.substr(blank))};
}

/// tokenize() and parse() of aws-sdk-go-v2 internal/ini, sub-properties included.
class GoReader {
 public:
  IniFile read(const std::vector<IniLine>& lines) {
    for (const IniLine& line : lines) {
      if (built_.file().problem) break;
      take(line);
    }
    return std::move(built_.file());
  }

 private:
  void take(const IniLine& line) {
    const std::string_view text = trimmed(line.text);
    if (text.empty() || text.front() == '#' || text.front() == ';') return;
    const std::string_view bare = without_comment(line.text);
    const std::string_view header = bare.substr(0, bare.find_last_not_of(" \t") + 1);
    if (header.starts_with('[') && header.ends_with(']')) return open_section(header, line.number);
    if (is_blank(line.text.front())) return take_indented(text, line.number);
    if (separator_of(bare) == std::string_view::npos) return fail(line.number);
    if (!built_.is_open()) return;
    IniEntry entry = entry_of(bare, line.number);
    key_ = entry.key;
    built_.put(std::move(entry));
  }

  void open_section(std::string_view header, int line) {
    const std::string section = section_name(header);
    key_.clear();
    built_.close();
    if (!section.empty()) built_.open(section, line);
  }

  /// Below an empty value an indented line is a nested key; below any other it is more of the value, or nothing.
  void take_indented(std::string_view text, int line) {
    if (key_.empty()) return;
    IniEntry& above = *built_.find(key_);
    const bool property = separator_of(text) != std::string_view::npos;
    if (property && above.value.empty()) built_.put_nested(key_, entry_of(text, line));
    if (!property && !above.value.empty()) above.value += "\n" + std::string{text};
  }

  void fail(int line) {
    built_.file().problem = IniProblem{line, "the line is no `key = value`, which the Go SDK refuses"};
  }

  IniBuilder built_;
  std::string key_;
};

}  // namespace

IniFile read_go(const std::vector<IniLine>& lines) { return GoReader{}.read(lines); }

}  // namespace ecr6::clients
