#include <algorithm>

#include "ecr6/core/text.hpp"
#include "ini_builder.hpp"
#include "ini_lines.hpp"

namespace ecr6::clients {

namespace {

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
}

bool is_name(char c) { return is_word(c) || std::string_view{"@+.%:/"}.find(c) != std::string_view::npos; }

bool all_of(std::string_view text, bool (*predicate)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), predicate);
}

/// A comment starts at `;` or `#` behind a blank or at the line's start.
std::string_view without_comment(std::string_view line) {
  for (std::size_t i = 0; i < line.size(); ++i)
    if ((line[i] == '#' || line[i] == ';') && (i == 0 || is_blank(line[i - 1]))) return line.substr(0, i);
  return line;
}

/// "profile dev" and `profile "dev"` give "profile dev"; a name with a blank in it is nobody's profile.
/// Empty: the section is skipped.
std::string section_name(std::string_view name) {
  const std::size_t blank = name.find_first_of(" \t");
  if (blank == std::string_view::npos) return std::string{name};
  const std::string_view kind = name.substr(0, blank);
  std::string_view rest = name.substr(blank + 1);
  const bool quoted = rest.size() > 2 && (rest.front() == '"' || rest.front() == '\'') && rest.back() == rest.front();
  if (quoted) rest = rest.substr(1, rest.size() - 2);
  if (!all_of(kind, is_word) || !all_of(rest, is_name)) return {};
  const bool known = kind == "profile" || kind == "sso-session" || kind == "services";
  return known ? std::string{kind} + ' ' + std::string{rest} : std::string{};
}

/// parseIni() of @smithy/core.
class JavascriptReader {
 public:
  IniFile read(const std::vector<IniLine>& lines) {
    for (const IniLine& line : lines) take(line);
    return std::move(built_.file());
  }

 private:
  void take(const IniLine& line) {
    const std::string_view text = trimmed(without_comment(line.text));
    if (text.size() >= 2 && text.front() == '[' && text.back() == ']') {
      const std::string section = section_name(text.substr(1, text.size() - 2));
      above_.clear();
      built_.close();
      if (!section.empty()) built_.open(section, line.number);
      return;
    }
    const std::size_t separator = text.find('=');
    if (!built_.is_open() || separator == std::string_view::npos || separator == 0) return;
    take_entry({std::string{trimmed(text.substr(0, separator))},
                std::string{trimmed(text.substr(separator + 1))},
                line.number,
                {}},
               is_blank(line.text.front()));
  }

  /// After `key =` every indented line is a nested key; the first one that is not indented ends the block.
  void take_entry(IniEntry entry, bool indented) {
    if (entry.value.empty()) {
      above_ = entry.key;
      if (built_.find(entry.key) == nullptr) built_.put(std::move(entry));
      return;
    }
    if (!indented) above_.clear();
    if (above_.empty()) return built_.put(std::move(entry));
    built_.put_nested(above_, std::move(entry));
  }

  IniBuilder built_;
  std::string above_;
};

}  // namespace

IniFile read_javascript(const std::vector<IniLine>& lines) { return JavascriptReader{}.read(lines); }

}  // namespace ecr6::clients
