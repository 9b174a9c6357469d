#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ecr6/clients/facts.hpp"
#include "ecr6/clients/paths.hpp"
#include "ecr6/clients/resolve.hpp"
#include "ecr6/clients/snapshot.hpp"

namespace ecr6::clients {

struct ProfileSurvey {
  std::string name;
  std::string source;                     ///< "PATH:LINE"; empty when no file has it
  std::vector<ClientEndpoint> endpoints;  ///< every SDK and service, in that order
};

/// The tools of one user.
struct HomeSurvey {
  std::string path;
  AwsPaths aws;
  std::vector<SharedConfig> shared;  ///< per SDK, in the order of all_sdks
  std::vector<ProfileSurvey> profiles;
  std::vector<DockerClient> docker;
};

/// Everything that a snapshot says about ECR's clients.
struct Survey {
  std::vector<HomeSurvey> homes;
  std::optional<DockerDaemon> daemon;
  std::optional<Containerd> containerd;
  std::vector<CredentialProvider> providers;
  std::vector<ProxyFacts> proxies;  ///< those that are set
  std::vector<BrokenFile> broken;   ///< files that are there but cannot be used; the survey goes on without them
};

/// `profile` limits the AWS part to one profile, which need not exist.
[[nodiscard]] Survey survey(const Snapshot& snapshot, const std::optional<std::string>& profile);

}  // namespace ecr6::clients
