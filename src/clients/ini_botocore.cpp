#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "ecr6/core/text.hpp"
#include "ini_builder.hpp"
#include "ini_lines.hpp"

namespace ecr6::clients {

namespace {

/// With nested lines, of [DEFAULT]: each counts in every section.
constexpr std::size_t most_defaults = 16;

/// RawConfigParser._read of Python 3.11 with its defaults (strict, no inline comments), and botocore's _parse_nested.
class BotocoreReader {
 public:
  IniFile read(const std::vector<IniLine>& lines) {
    for (const IniLine& line : lines) {
      if (built_.file().problem) break;
      take(line);
    }
    close_entry();
    spread_defaults();
    return std::move(built_.file());
  }

 private:
  void take(const IniLine& line) {
    const std::string_view text = trimmed(line.text);
    const bool comment = text.starts_with('#') || text.starts_with(';');
    if (text.empty() || comment) return;  // a comment inside a nested block does not end it
    const std::size_t indent = indentation(line.text);
    if (in_entry_ && indent > indent_) return continue_entry(text, line.number);
    indent_ = indent;
    close_entry();
    if (text.starts_with('[') && text.find(']', 2) != std::string_view::npos) return open_section(text, line.number);
    if (section_.empty()) return fail(line.number, "there is a line before the first [section]");
    open_entry(text, line.number);
  }

  void open_section(std::string_view text, int line) {
    section_ = text.substr(1, text.rfind(']') - 1);
    if (section_ != "DEFAULT" && !seen_.insert({section_, ""}).second)
      return fail(line, "the section is there twice, which Python's parser refuses");
    built_.open(section_, line);
  }

  void open_entry(std::string_view text, int line) {
    const std::size_t separator = text.find_first_of("=:");
    if (separator == std::string_view::npos || separator == 0) return fail(line, "the line is no `key = value`");
    const std::string key = to_lower(trimmed(text.substr(0, separator)));
    if (!seen_.insert({section_, key}).second)
      return fail(line, "the key is there twice in its section, which Python's parser refuses");
    entry_ = {key, std::string{trimmed(text.substr(separator + 1))}, line, {}};
    nested_ = entry_.value.empty();
    nested_at_.clear();
    in_entry_ = true;
  }

  /// An indented line belongs to the value above it; only below an empty value is it a nested key.
  void continue_entry(std::string_view text, int line) {
    if (!nested_) {
      entry_.value += '\n';
      entry_.value += text;
      return;
    }
    const std::size_t separator = text.find('=');
    if (separator == std::string_view::npos) return fail(line, "the nested line is no `key = value`");
    IniEntry entry{
        std::string{trimmed(text.substr(0, separator))}, std::string{trimmed(text.substr(separator + 1))}, line, {}};
    const auto [at, is_new] = nested_at_.try_emplace(entry.key, entry_.nested.size());
    if (is_new)
      entry_.nested.push_back(std::move(entry));
    else
      entry_.nested[at->second] = std::move(entry);
  }

  void close_entry() {
    if (!std::exchange(in_entry_, false)) return;
    built_.put(std::move(entry_));
  }

  /// [DEFAULT], in capitals, is no profile: its keys count in every section that lacks them.
  void spread_defaults() {
    const auto is_default = [](const IniSection& section) { return section.name == "DEFAULT"; };
    auto& sections = built_.file().sections;
    const auto found = std::find_if(sections.begin(), sections.end(), is_default);
    if (found == sections.end()) return;
    std::vector<IniEntry> defaults = std::move(found->entries);
    std::erase_if(defaults, [](const IniEntry& entry) { return !decides_endpoint(entry.key) && entry.nested.empty(); });
    if (defaults.size() > most_defaults) return fail(defaults[most_defaults].line, "more defaults than are read here");
    sections.erase(found);
    for (IniSection& section : sections)
      for (const IniEntry& entry : defaults)
        if (find(section.entries, entry.key) == nullptr) section.entries.push_back(entry);
  }

  void fail(int line, std::string message) { built_.file().problem = IniProblem{line, std::move(message)}; }

  IniBuilder built_;
  std::string section_;
  IniEntry entry_;
  bool in_entry_{};
  bool nested_{};
  std::map<std::string, std::size_t> nested_at_;
  std::size_t indent_{std::numeric_limits<std::size_t>::max()};
  std::set<std::pair<std::string, std::string>> seen_;
};

}  // namespace

IniFile read_botocore(const std::vector<IniLine>& lines) { return BotocoreReader{}.read(lines); }

}  // namespace ecr6::clients
