#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "ecr6/clients/environment_file.hpp"
#include "ecr6/clients/facts.hpp"
#include "ecr6/clients/snapshot.hpp"

/// One reader per format. Each gives the facts, or why the text cannot be understood. Exceptions of the libraries end
/// in the file that calls them.
namespace ecr6::clients {

/// Brackets nested deeper than this are not given to a parser that recurses.
inline constexpr int deepest_nesting = 128;

template <class T>
using Read = std::variant<T, BrokenFile>;

[[nodiscard]] Read<DockerClient> read_docker_client(const std::string& path, std::string_view text);
[[nodiscard]] Read<DockerDaemon> read_docker_daemon(const std::string& path, std::string_view text);

/// Adds what one file says to what is known; `imports` are the patterns of further files.
struct ContainerdFile {
  Containerd facts;
  std::vector<std::string> imports;
};
[[nodiscard]] Read<ContainerdFile> read_containerd(const std::string& path, std::string_view text);
/// A hosts.toml; `registry` is the host that its directory is named after.
[[nodiscard]] Read<std::vector<RegistryEndpoint>> read_hosts_file(const std::string& path, const std::string& registry,
                                                                  std::string_view text);

[[nodiscard]] Read<std::vector<CredentialProvider>> read_credential_providers(const std::string& path,
                                                                              std::string_view text);

/// The unit's environment after the main file and the drop-ins, in that order of application.
[[nodiscard]] UnitEnvironment read_unit(const Snapshot& snapshot, const std::string& unit);
/// The environment files that the unit names, in order, patterns filled in from the directories that are known.
[[nodiscard]] std::vector<std::string> environment_files(const Snapshot& snapshot, const std::string& unit);
/// The directories of those patterns.
[[nodiscard]] std::vector<std::string> environment_directories(const Snapshot& snapshot, const std::string& unit);
/// Those with a specifier, or a pattern for a directory: their variables are unknown.
[[nodiscard]] std::vector<BrokenFile> unfollowed_files(const Snapshot& snapshot, const std::string& unit);
/// Where systemd looks for a unit and for its own system.conf, the strongest first, and the units that are read.
[[nodiscard]] const std::vector<std::string>& unit_directories();
[[nodiscard]] const std::vector<std::string>& manager_directories();
[[nodiscard]] const std::vector<std::string>& units();

[[nodiscard]] std::string source_of(const std::string& path, std::size_t line);
/// "PATH:LINE" of the first place behind the name of `section` where a JSON text has this string in quotes; without
/// such a section the first place of all; "PATH" when there is none.
[[nodiscard]] std::string source_of_key(const std::string& path, std::string_view text, std::string_view key,
                                        std::string_view section = {});
/// The proxy that a program with this environment uses for https.
[[nodiscard]] ProxyFacts proxy_of(const std::string& user, const Environment& environment);

}  // namespace ecr6::clients
