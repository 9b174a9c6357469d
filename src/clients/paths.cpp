#include "ecr6/clients/paths.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "readers.hpp"

namespace ecr6::clients {

namespace {

constexpr std::string_view containerd_config = "/etc/containerd/config.toml";
constexpr std::string_view provider_flag = "--image-credential-provider-config";
constexpr std::size_t most_imports = 32;

std::string expanded(std::string_view path, const std::string& home) {
  if (path == "~" || path.starts_with("~/")) return home + std::string{path.substr(1)};
  return std::string{path};
}

std::string path_or(const Environment& environment, std::string_view variable, const std::string& home,
                    std::string_view fallback) {
  const std::string_view value = environment.value(variable);
  return value.empty() ? home + std::string{fallback} : expanded(value, home);
}

std::vector<std::string> import_patterns(const Snapshot& snapshot) {
  const std::string path{containerd_config};
  auto file = read_containerd(path, snapshot.text(path));
  if (auto* read = std::get_if<ContainerdFile>(&file)) return std::move(read->imports);
  return {};
}

std::string directory_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

/// "PREFIX*SUFFIX" is the only shape of pattern that is used.
void add_matching(const Snapshot& snapshot, const std::string& pattern, std::vector<std::string>& paths) {
  const std::string directory = directory_of(pattern);
  const std::string_view last = std::string_view{pattern}.substr(directory.size() + 1);
  const std::size_t star = last.find('*');
  const ClientFile* const listing = snapshot.find(directory);
  if (listing == nullptr) return;
  for (const std::string& name : listing->names) {
    const bool long_enough = name.size() + 1 >= last.size();
    if (long_enough && name.starts_with(last.substr(0, star)) && name.ends_with(last.substr(star + 1)))
      paths.push_back(directory + '/' + name);
  }
}

/// The value behind the flag, after `=` or a blank, quotes taken off.
std::string flag_value(std::string_view command) {
  const std::size_t at = command.find(provider_flag);
  if (at == std::string_view::npos) return {};
  std::string_view rest = command.substr(at + provider_flag.size());
  if (!rest.starts_with('=') && !rest.starts_with(' ')) return {};
  rest.remove_prefix(1);
  if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
  return std::string{rest.substr(0, rest.find_first_of(" \t\"'"))};
}

}  // namespace

AwsPaths aws_paths(const Environment& environment, const std::string& home) {
  return {path_or(environment, "AWS_CONFIG_FILE", home, "/.aws/config"),
          path_or(environment, "AWS_SHARED_CREDENTIALS_FILE", home, "/.aws/credentials")};
}

std::vector<std::string> docker_client_paths(const Environment& environment, const std::string& home) {
  std::vector<std::string> paths{path_or(environment, "DOCKER_CONFIG", home, "/.docker") + "/config.json",
                                 home + "/.config/containers/auth.json"};
  if (home == "/root") paths.emplace_back("/var/lib/kubelet/config.json");
  return paths;
}

std::vector<std::string> containerd_paths(const Snapshot& snapshot) {
  std::vector<std::string> paths{std::string{containerd_config}};
  for (const std::string& pattern : import_patterns(snapshot)) {
    if (pattern.find('*') == std::string::npos)
      paths.push_back(pattern);
    else if (pattern.find('/') != std::string::npos)
      add_matching(snapshot, pattern, paths);
  }
  if (paths.size() > most_imports) paths.resize(most_imports);
  return paths;
}

std::vector<std::string> containerd_import_directories(const Snapshot& snapshot) {
  std::vector<std::string> directories;
  for (const std::string& pattern : import_patterns(snapshot)) {
    const std::string directory = directory_of(pattern);
    if (pattern.find('*') > directory.size() && pattern.find('*') != std::string::npos)
      directories.push_back(directory);
  }
  return directories;
}

std::vector<std::string> certs_directories(const Snapshot& snapshot) {
  std::vector<std::string> directories{"/etc/containerd/certs.d", "/etc/docker/certs.d"};
  for (const std::string& path : containerd_paths(snapshot)) {
    const auto file = read_containerd(path, snapshot.text(path));
    const auto* const read = std::get_if<ContainerdFile>(&file);
    if (read == nullptr || !read->facts.config_path) continue;
    for (const std::string_view directory : split(read->facts.config_path->text, ':'))
      if (std::find(directories.begin(), directories.end(), directory) == directories.end())
        directories.emplace_back(directory);
  }
  return directories;
}

std::vector<std::string> credential_provider_paths(const Snapshot& snapshot) {
  std::vector<std::string> paths{"/etc/eks/image-credential-provider/config.json",
                                 "/etc/eks/ecr-credential-provider/ecr-credential-provider-config",
                                 "/etc/kubernetes/credential-provider-config.yaml"};
  const UnitEnvironment kubelet = read_unit(snapshot, "kubelet.service");
  std::vector<std::string> commands;
  for (const Sourced& line : kubelet.command) commands.push_back(line.text);
  for (const Variable& variable : kubelet.environment.all()) commands.push_back(variable.value);
  for (const std::string& command : commands)
    if (std::string path = flag_value(command); path.starts_with('/')) paths.push_back(std::move(path));
  return paths;
}

}  // namespace ecr6::clients
