#include "ecr6/aws/shared_config.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"

namespace ecr6::aws {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }
bool is_comment_mark(char c) { return c == '#' || c == ';'; }

/// A value ends at a comment mark that white space stands before.
std::string_view without_comment(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i)
    if (is_comment_mark(text[i]) && is_blank(text[i - 1])) return text.substr(0, i);
  return text;
}

std::optional<ConfigEntry> read_entry(std::string_view line, std::size_t number) {
  const auto equals = line.find('=');
  const auto key = trimmed(line.substr(0, equals));
  if (equals == line.npos || key.empty()) return std::nullopt;
  ConfigEntry entry;
  entry.key = to_lower(key);
  // From the sign on, so that `key = # none` has white space before its mark.
  entry.value = std::string{trimmed(without_comment(line.substr(equals + 1)))};
  if (!entry.value.empty() && is_comment_mark(entry.value.front()) && is_blank(line[equals + 1])) entry.value.clear();
  entry.line = number;
  return entry;
}

/// `[profile  x]` gives "profile x"; what follows the bracket is a comment.
std::optional<std::string> read_section_name(std::string_view line) {
  const auto end = line.find(']');
  if (end == line.npos) return std::nullopt;
  std::vector<std::string> words;
  std::string spaced{line.substr(1, end - 1)};
  std::replace_if(spaced.begin(), spaced.end(), is_blank, ' ');
  for (const std::string_view word : split(spaced, ' '))
    if (!word.empty()) words.emplace_back(word);
  return join(words, " ");
}

class Reader {
 public:
  void read_line(std::string_view line, std::size_t number) {
    const std::string_view text = trimmed(line);
    if (text.empty() || is_comment_mark(text.front())) return;
    const std::size_t indent = line.find_first_not_of(" \t");
    if (indent > indent_ && read_continuation(text, number)) return;
    if (text.front() == '[') return read_section(text, number);
    auto entry = read_entry(text, number);
    if (!entry || config_.sections.empty() || !in_section_) return config_.unreadable.push_back(number);
    config_.sections.back().entries.push_back(std::move(*entry));
    indent_ = indent;
  }

  [[nodiscard]] SharedConfig take() { return std::move(config_); }

 private:
  void read_section(std::string_view text, std::size_t number) {
    auto name = read_section_name(text);
    in_section_ = name.has_value();
    if (!name) return config_.unreadable.push_back(number);
    config_.sections.push_back({std::move(*name), number, {}});
  }

  /// A line that is indented deeper belongs to the entry before it: nested settings below an empty value, else more of
  /// the value. False when no entry stands before it.
  bool read_continuation(std::string_view text, std::size_t number) {
    if (!in_section_ || config_.sections.empty() || config_.sections.back().entries.empty()) return false;
    ConfigEntry& parent = config_.sections.back().entries.back();
    auto entry = parent.value.empty() ? read_entry(text, number) : std::nullopt;
    if (entry)
      parent.nested.push_back(std::move(*entry));
    else if (parent.value.empty())
      config_.unreadable.push_back(number);
    else
      parent.value.append("\n").append(text);
    return true;
  }

  SharedConfig config_;
  bool in_section_{};
  std::size_t indent_{};  ///< of the last entry
};

bool names_profile(const ConfigSection& section, std::string_view profile) {
  return section.name == "profile " + std::string{profile} || (profile == "default" && section.name == "default");
}

/// The last value that the sections of one name give to a key.
std::optional<std::string> setting(const SharedConfig& config, std::string_view section, std::string_view key) {
  std::optional<std::string> found;
  for (const ConfigSection& candidate : config.sections)
    if (candidate.name == section)
      for (const ConfigEntry& entry : candidate.entries)
        if (entry.key == key) found = entry.value;
  return found && found->empty() ? std::nullopt : found;
}

}  // namespace

SharedConfig parse_shared_config(std::string_view text) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  Reader reader;
  std::size_t number = 0;
  for (const std::string_view line : split(text, '\n')) reader.read_line(line, ++number);
  return reader.take();
}

std::optional<std::string> profile_setting(const SharedConfig& config, std::string_view profile, std::string_view key) {
  if (auto value = setting(config, "profile " + std::string{profile}, key)) return value;
  return profile == "default" ? setting(config, "default", key) : std::nullopt;
}

bool has_profile(const SharedConfig& config, std::string_view profile) {
  return std::any_of(config.sections.begin(), config.sections.end(),
                     [&](const ConfigSection& section) { return names_profile(section, profile); });
}

}  // namespace ecr6::aws
