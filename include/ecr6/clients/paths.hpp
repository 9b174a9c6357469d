#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/clients/snapshot.hpp"

/// Where each program keeps its configuration, given what is known so far.
namespace ecr6::clients {

inline constexpr std::string_view daemon_json_path = "/etc/docker/daemon.json";

struct AwsPaths {
  std::string config;
  std::string credentials;
};

/// From AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, else `~/.aws`. A leading `~` is the home.
[[nodiscard]] AwsPaths aws_paths(const Environment& environment, const std::string& home);

/// `$DOCKER_CONFIG/config.json` or `~/.docker/config.json`, and Podman's file of the same format; for root's home also
/// the kubelet's.
[[nodiscard]] std::vector<std::string> docker_client_paths(const Environment& environment, const std::string& home);

/// containerd's configuration and the files that it imports, as far as they are known.
[[nodiscard]] std::vector<std::string> containerd_paths(const Snapshot& snapshot);
/// The directories whose listing the import patterns need.
[[nodiscard]] std::vector<std::string> containerd_import_directories(const Snapshot& snapshot);
/// Where a directory per registry host lies.
[[nodiscard]] std::vector<std::string> certs_directories(const Snapshot& snapshot);

/// The kubelet's credential provider configuration: what its unit says, and where images of EKS keep it.
[[nodiscard]] std::vector<std::string> credential_provider_paths(const Snapshot& snapshot);

}  // namespace ecr6::clients
