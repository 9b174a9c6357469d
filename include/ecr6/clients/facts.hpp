#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ecr6/clients/environment.hpp"

/// What the files of Docker, containerd, the kubelet and systemd say, secrets left out.
namespace ecr6::clients {

/// A text and where it stands: "PATH:LINE".
struct Sourced {
  std::string text;
  std::string source;
};

/// A file that is there but cannot be understood.
struct BrokenFile {
  std::string path;
  std::string message;  ///< with the line when the parser says it; never quotes the file
};

/// A proxy and its exceptions, as one program has them.
struct ProxyFacts {
  std::string user;              ///< "docker.service", "docker daemon.json", "environment"
  std::optional<Sourced> https;  ///< the URL without userinfo
  std::optional<Sourced> no_proxy;
};

/// A registry host for which a Docker configuration has credentials.
struct RegistryCredential {
  std::string host;  ///< lower case, with its port when it is not the default
  std::string how;   ///< "helper ecr-login", "store desktop", "stored in the file"
  std::string source;
};

/// One Docker client configuration: `~/.docker/config.json` and files of its format.
struct DockerClient {
  std::string path;
  std::string store;  ///< credsStore; empty when there is none
  std::vector<RegistryCredential> credentials;
  std::vector<ProxyFacts> proxies;  ///< given to containers, not used for pulls
};

/// `/etc/docker/daemon.json`.
struct DockerDaemon {
  std::string path;
  std::optional<bool> ipv6, ip6tables;
  std::optional<Sourced> fixed_cidr_v6, bridge, bip;
  std::string ipv6_source, ip6tables_source;
  std::vector<Sourced> mirrors;  ///< URLs without userinfo
  ProxyFacts proxy;
};

/// A registry host that containerd has settings for.
struct ContainerdHost {
  std::string host;
  std::string kind;  ///< "mirror", "credentials", "tls", "certs.d", "docker certs.d"
  std::string source;
};

/// Where containerd sends the requests for the images of a registry.
struct RegistryEndpoint {
  std::string registry;  ///< the host in the image names, or "_default", "*"
  std::string kind;      ///< "server" and "host" of a hosts.toml, "endpoint" of a mirror in the configuration
  std::string url;       ///< without userinfo
  std::string source;
};

struct Containerd {
  std::vector<std::string> paths;  ///< the files that were read
  std::optional<Sourced> config_path, sandbox_image;
  std::vector<ContainerdHost> hosts;
  std::vector<RegistryEndpoint> endpoints;
};

/// One entry of the kubelet's credential provider configuration.
struct CredentialProvider {
  std::string name;
  std::string source;
  std::vector<Sourced> match_images;
};

/// A systemd unit's own environment, from the unit and its drop-ins.
struct UnitEnvironment {
  std::string unit;
  Environment environment;
  std::vector<Sourced> command;  ///< ExecStart lines
};

}  // namespace ecr6::clients
