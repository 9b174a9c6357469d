#include <fnmatch.h>

#include <algorithm>
#include <map>
#include <utility>

#include "ecr6/clients/url.hpp"
#include "ecr6/core/text.hpp"
#include "readers.hpp"

namespace ecr6::clients {

namespace {

struct UnitLine {
  std::string key;
  std::string value;
  int line{};
};

/// The lines of one section, continuation lines joined, comments left out.
std::vector<UnitLine> section_lines(std::string_view text, std::string_view wanted) {
  std::vector<UnitLine> lines;
  std::string pending;
  std::string section;
  int number = 0;
  int first = 0;
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    const std::string_view line = trimmed(raw);
    if (pending.empty()) first = number;
    if (line.starts_with('#') || line.starts_with(';')) continue;
    const bool more = line.ends_with('\\');
    pending += more ? line.substr(0, line.size() - 1) : line;
    if (more) {
      pending += ' ';
      continue;
    }
    const std::string whole = std::exchange(pending, {});
    if (whole.starts_with('[')) section = whole;
    const std::size_t equals = whole.find('=');
    if (section != wanted || equals == std::string::npos) continue;
    lines.push_back({std::string{trimmed(std::string_view{whole}.substr(0, equals))},
                     std::string{trimmed(std::string_view{whole}.substr(equals + 1))}, first});
  }
  return lines;
}

/// Words between blanks, quotes taken off, as systemd splits `Environment=`.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  char quote = 0;
  bool open = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 1 < text.size() && quote != '\'') {
      word += text[++i];
    } else if (quote != 0 ? c == quote : (c == '"' || c == '\'')) {
      quote = quote != 0 ? '\0' : c;
      open = true;
    } else if (quote == 0 && (c == ' ' || c == '\t')) {
      if (open || !word.empty()) words.push_back(std::exchange(word, {}));
      open = false;
    } else {
      word += c;
    }
  }
  if (open || !word.empty()) words.push_back(word);
  return words;
}

/// `%%` is a percent sign; what the other specifiers stand for is not known here, and they stay.
std::string without_specifiers(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text.substr(i, 2) == "%%") ++i;
  }
  return out;
}

void assign(Environment& environment, std::string_view assignment, const std::string& source) {
  const std::size_t equals = assignment.find('=');
  if (equals == std::string_view::npos || equals == 0) return;
  environment.set(
      {std::string{assignment.substr(0, equals)}, without_specifiers(assignment.substr(equals + 1)), source});
}

/// Takes a variable out: `NAME`, or `NAME=VALUE` for that value alone.
void take_out(Environment& environment, std::string_view word) {
  const std::size_t equals = word.find('=');
  const std::string_view name = word.substr(0, equals);
  const bool any = equals == std::string_view::npos;
  if (any || environment.value(name) == word.substr(equals + 1)) environment.unset(name);
}

std::vector<UnitLine> service_lines(std::string_view text) { return section_lines(text, "[Service]"); }

/// A name in a stronger directory hides the same name in a weaker.
void add_drop_ins(const Snapshot& snapshot, const std::string& directory,
                  std::map<std::string, std::string>& drop_ins) {
  const ClientFile* const listing = snapshot.find(directory);
  if (listing == nullptr) return;
  for (const std::string& name : listing->names)
    if (name.ends_with(".conf")) drop_ins.emplace(name, directory + '/' + name);
}

/// The main file of the strongest directory, then the drop-ins by name, those of `shared` (a directory for every unit
/// of a type) among them. Nothing when there is neither a main file nor a drop-in of its own.
std::vector<std::string> layers_of(const Snapshot& snapshot, const std::vector<std::string>& directories,
                                   const std::string& main, const std::string& shared) {
  std::vector<std::string> files;
  std::map<std::string, std::string> drop_ins;
  for (const std::string& directory : directories) {
    const std::string path = directory + '/' + main;
    const ClientFile* const file = snapshot.find(path);
    if (files.empty() && file != nullptr && file->state == FileState::read) files.push_back(path);
    add_drop_ins(snapshot, path + ".d", drop_ins);
  }
  if (files.empty() && drop_ins.empty()) return {};
  if (!shared.empty())
    for (const std::string& directory : directories) add_drop_ins(snapshot, directory + '/' + shared, drop_ins);
  for (const auto& [name, path] : drop_ins) files.push_back(path);
  return files;
}

std::vector<std::string> unit_files(const Snapshot& snapshot, const std::string& unit) {
  return layers_of(snapshot, unit_directories(), unit, "service.d");
}

/// `DefaultEnvironment=` of the manager, which every unit starts from.
Environment manager_environment(const Snapshot& snapshot) {
  Environment environment;
  for (const std::string& path : layers_of(snapshot, manager_directories(), "system.conf", {}))
    for (const UnitLine& line : section_lines(snapshot.text(path), "[Manager]")) {
      if (line.key != "DefaultEnvironment") continue;
      if (line.value.empty()) environment = {};
      for (const std::string& word : words_of(line.value))
        assign(environment, word, source_of(path, static_cast<std::size_t>(line.line)));
    }
  return environment;
}

/// The values of `EnvironmentFile=` that count, the leading `-` taken off.
std::vector<Sourced> named_files(const Snapshot& snapshot, const std::string& unit) {
  std::vector<Sourced> files;
  for (const std::string& path : unit_files(snapshot, unit))
    for (const UnitLine& line : service_lines(snapshot.text(path))) {
      if (line.key != "EnvironmentFile") continue;
      if (line.value.empty()) files.clear();
      if (!line.value.empty())
        files.push_back({line.value.substr(line.value.starts_with('-') ? 1 : 0),
                         source_of(path, static_cast<std::size_t>(line.line))});
    }
  return files;
}

bool is_pattern(std::string_view path) { return path.find_first_of("*?[") != std::string_view::npos; }

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

/// Specifiers, and patterns for directories, are not followed here.
bool is_followed(const std::string& path) {
  return path.starts_with('/') && path.find('%') == std::string::npos && !is_pattern(directory_of(path));
}

void apply(const UnitLine& line, const std::string& path, UnitEnvironment& unit) {
  const std::string source = source_of(path, static_cast<std::size_t>(line.line));
  if (line.key == "Environment") {
    if (line.value.empty()) unit.environment = {};
    for (const std::string& word : words_of(line.value)) assign(unit.environment, word, source);
  }
  if (line.key == "ExecStart") {
    if (line.value.empty()) unit.command.clear();
    unit.command.push_back({line.value, source});
  }
}

}  // namespace

const std::vector<std::string>& unit_directories() {
  static const std::vector<std::string> directories{"/etc/systemd/system", "/run/systemd/system",
                                                    "/usr/local/lib/systemd/system", "/usr/lib/systemd/system",
                                                    "/lib/systemd/system"};
  return directories;
}

const std::vector<std::string>& manager_directories() {
  static const std::vector<std::string> directories{"/etc/systemd", "/run/systemd", "/usr/local/lib/systemd",
                                                    "/usr/lib/systemd", "/lib/systemd"};
  return directories;
}

const std::vector<std::string>& units() {
  static const std::vector<std::string> names{"docker.service", "containerd.service", "kubelet.service",
                                              "crio.service"};
  return names;
}

void read_environment_file(const std::string& path, std::string_view text, Environment& environment) {
  std::size_t number = 0;
  for (const std::string_view raw : split(text, '\n')) {
    ++number;
    std::string_view line = trimmed(raw);
    if (line.starts_with("export ")) line = trimmed(line.substr(7));
    const std::size_t equals = line.find('=');
    if (line.empty() || line.front() == '#' || equals == std::string_view::npos) continue;
    std::string_view value = trimmed(line.substr(equals + 1));
    const bool quoted = value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value[0];
    if (quoted) value = value.substr(1, value.size() - 2);
    environment.set({std::string{trimmed(line.substr(0, equals))}, std::string{value}, source_of(path, number)});
  }
}

UnitEnvironment read_unit(const Snapshot& snapshot, const std::string& unit) {
  UnitEnvironment result;
  result.unit = unit;
  for (const std::string& path : unit_files(snapshot, unit))
    for (const UnitLine& line : service_lines(snapshot.text(path))) apply(line, path, result);
  Environment merged = unit_files(snapshot, unit).empty() ? Environment{} : manager_environment(snapshot);
  for (const Variable& variable : result.environment.all()) merged.set(variable);
  result.environment = std::move(merged);
  std::vector<std::string> unwanted;
  for (const std::string& path : unit_files(snapshot, unit))
    for (const UnitLine& line : service_lines(snapshot.text(path))) {
      if (line.key != "UnsetEnvironment") continue;
      if (line.value.empty()) unwanted.clear();
      for (std::string& word : words_of(line.value)) unwanted.push_back(std::move(word));
    }
  // Whatever the order of the lines, files win over Environment= (systemd.exec(5)).
  for (const std::string& file : environment_files(snapshot, unit))
    read_environment_file(file, snapshot.text(file), result.environment);
  for (const std::string& word : unwanted) take_out(result.environment, word);
  return result;
}

std::vector<std::string> environment_files(const Snapshot& snapshot, const std::string& unit) {
  std::vector<std::string> files;
  for (const auto& [path, source] : named_files(snapshot, unit)) {
    if (!is_followed(path)) continue;
    if (!is_pattern(path)) files.push_back(path);
    const ClientFile* const listing = is_pattern(path) ? snapshot.find(directory_of(path)) : nullptr;
    if (listing == nullptr) continue;
    for (const std::string& name : listing->names)
      if (fnmatch(path.c_str() + directory_of(path).size() + 1, name.c_str(), FNM_PERIOD) == 0)
        files.push_back(directory_of(path) + '/' + name);
  }
  return files;
}

std::vector<std::string> environment_directories(const Snapshot& snapshot, const std::string& unit) {
  std::vector<std::string> directories;
  for (const auto& [path, source] : named_files(snapshot, unit))
    if (is_followed(path) && is_pattern(path)) directories.push_back(directory_of(path));
  return directories;
}

std::vector<BrokenFile> unfollowed_files(const Snapshot& snapshot, const std::string& unit) {
  std::vector<BrokenFile> files;
  for (const auto& [path, source] : named_files(snapshot, unit))
    if (!is_followed(path))
      files.push_back({path, "not read, what it stands for is not worked out here; " + source + " names it"});
  return files;
}

ProxyFacts proxy_of(const std::string& user, const Environment& environment) {
  const auto either = [&](std::string_view upper, std::string_view lower) -> std::optional<Sourced> {
    for (const std::string_view name : {upper, lower})
      if (const Variable* const variable = environment.find(name); variable != nullptr && !variable->value.empty())
        return Sourced{variable->value, variable->source};
    return std::nullopt;
  };
  ProxyFacts proxy{user, either("HTTPS_PROXY", "https_proxy"), either("NO_PROXY", "no_proxy")};
  if (proxy.https) proxy.https->text = without_secrets(proxy.https->text);
  return proxy;
}

}  // namespace ecr6::clients
