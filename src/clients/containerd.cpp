#include <fmt/format.h>

#include <map>
#include <sstream>
#include <toml.hpp>

#include "ecr6/clients/url.hpp"
#include "readers.hpp"

namespace ecr6::clients {

namespace {

/// The names of the CRI plugin: containerd 1.x (version 2 of the file), and 2.x (version 3) in two parts.
constexpr std::string_view cri_plugins[] = {"io.containerd.grpc.v1.cri", "io.containerd.cri.v1.images", "cri"};

bool nested_too_deep(std::string_view text) {
  int depth = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') ++depth;
    if ((c == ']' || c == '}') && depth > 0) --depth;
    if (depth > deepest_nesting) return true;
  }
  return false;
}

const toml::value* child(const toml::value* table, std::string_view key) {
  if (table == nullptr || !table->is_table()) return nullptr;
  const auto& entries = table->as_table();
  const auto found = entries.find(std::string{key});
  return found == entries.end() ? nullptr : &found->second;
}

std::string place(const std::string& path, const toml::value& value) {
  return source_of(path, value.location().line());
}

std::optional<Sourced> text_at(const std::string& path, const toml::value* table, std::string_view key) {
  const toml::value* const value = child(table, key);
  if (value == nullptr || !value->is_string() || value->as_string().str.empty()) return std::nullopt;
  return Sourced{value->as_string().str, place(path, *value)};
}

void take_endpoints(ContainerdFile& file, const std::string& path, const std::string& registry,
                    const toml::value* endpoints) {
  if (endpoints == nullptr || !endpoints->is_array()) return;
  for (const toml::value& endpoint : endpoints->as_array())
    if (endpoint.is_string())
      file.facts.endpoints.push_back(
          {registry, "endpoint", without_secrets(endpoint.as_string().str), place(path, endpoint)});
}

void take_hosts(ContainerdFile& file, const std::string& path, const toml::value* table, const std::string& kind) {
  if (table == nullptr || !table->is_table()) return;
  for (const auto& [host, value] : table->as_table()) {
    const auto url = parse_url(host);
    const std::string name = url ? url->host : without_secrets(host);
    if (kind == "mirror") {
      file.facts.hosts.push_back({name, kind, place(path, value)});
      take_endpoints(file, path, name, child(&value, "endpoint"));
    }
    if (kind == "configs" && child(&value, "auth") != nullptr)
      file.facts.hosts.push_back({name, "credentials", place(path, value)});
    if (kind == "configs" && child(&value, "tls") != nullptr)
      file.facts.hosts.push_back({name, "tls", place(path, value)});
  }
}

void take_plugin(ContainerdFile& file, const std::string& path, const toml::value* plugin) {
  if (auto image = text_at(path, plugin, "sandbox_image")) file.facts.sandbox_image = std::move(image);
  if (auto image = text_at(path, child(plugin, "pinned_images"), "sandbox"))
    file.facts.sandbox_image = std::move(image);
  const toml::value* const registry = child(plugin, "registry");
  if (auto config_path = text_at(path, registry, "config_path")) file.facts.config_path = std::move(config_path);
  take_hosts(file, path, child(registry, "mirrors"), "mirror");
  take_hosts(file, path, child(registry, "configs"), "configs");
}

ContainerdFile take(const std::string& path, const toml::value& document) {
  ContainerdFile file;
  file.facts.paths.push_back(path);
  for (const std::string_view name : cri_plugins) take_plugin(file, path, child(child(&document, "plugins"), name));
  const toml::value* const imports = child(&document, "imports");
  if (imports != nullptr && imports->is_array())
    for (const toml::value& import : imports->as_array())
      if (import.is_string()) file.imports.push_back(import.as_string().str);
  return file;
}

BrokenFile wrong_type(const std::string& path, const toml::value& value, std::string_view wanted) {
  return {path, fmt::format("line {}: {}", value.location().line(), wanted)};
}

/// containerd refuses the whole file over a wrong type. Its table of hosts has no order, the lines have.
Read<std::vector<RegistryEndpoint>> take_endpoints(const std::string& path, const std::string& registry,
                                                   const toml::value& document) {
  std::map<std::pair<std::size_t, std::string>, RegistryEndpoint> by_line;
  if (const toml::value* const server = child(&document, "server")) {
    if (!server->is_string()) return wrong_type(path, *server, "'server' is no string");
    if (const std::string& url = server->as_string().str; !url.empty())
      by_line[{server->location().line(), url}] = {registry, "server", without_secrets(url), place(path, *server)};
  }
  if (const toml::value* const hosts = child(&document, "host")) {
    if (!hosts->is_table()) return wrong_type(path, *hosts, "'host' is no table");
    for (const auto& [url, value] : hosts->as_table()) {
      if (!value.is_table()) return wrong_type(path, value, "a 'host' is no table");
      by_line[{value.location().line(), url}] = {registry, "host", without_secrets(url), place(path, value)};
    }
  }
  std::vector<RegistryEndpoint> endpoints;
  for (auto& [line, endpoint] : by_line) endpoints.push_back(std::move(endpoint));
  return endpoints;
}

/// What `take` makes of the document, or why it is none.
template <class T, class Take>
Read<T> parsed(const std::string& path, std::string_view text, const Take& take) {
  if (nested_too_deep(text)) return BrokenFile{path, "nested deeper than is read here"};
  try {
    std::istringstream stream{std::string{text}};
    return take(toml::parse(stream, path));
  } catch (const toml::exception& error) {
    // what() would quote the file, which can hold passwords.
    return BrokenFile{path, fmt::format("line {}: not TOML", error.location().line())};
  } catch (const std::exception&) {
    return BrokenFile{path, "not TOML"};
  }
}

}  // namespace

Read<ContainerdFile> read_containerd(const std::string& path, std::string_view text) {
  return parsed<ContainerdFile>(path, text, [&](const toml::value& document) { return take(path, document); });
}

Read<std::vector<RegistryEndpoint>> read_hosts_file(const std::string& path, const std::string& registry,
                                                    std::string_view text) {
  return parsed<std::vector<RegistryEndpoint>>(
      path, text, [&](const toml::value& document) { return take_endpoints(path, registry, document); });
}

}  // namespace ecr6::clients
