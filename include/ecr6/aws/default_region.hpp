#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "ecr6/core/problem.hpp"

namespace ecr6::aws {

/// The value of an environment variable; empty when it is not set. One that is set to nothing counts as not set.
using EnvironmentLookup = std::function<std::optional<std::string>(std::string_view name)>;

struct DefaultRegion {
  std::string region;  ///< lower case, matches a partition's pattern
  std::string source;  ///< where it comes from, for people: "AWS_REGION", "profile 'x' in /home/u/.aws/config"
};

/// A shared config file as it was found; `text` is empty when there is none.
struct ConfigFile {
  std::string path;
  std::optional<std::string> text;
};

/// Where AWS's tools look for the shared config file: AWS_CONFIG_FILE, or ~/.aws/config below HOME. A leading `~/`
/// is HOME. Empty when neither variable is set.
[[nodiscard]] std::string config_path(const EnvironmentLookup& environment);

/// The region that AWS's tools would use: AWS_REGION, AWS_DEFAULT_REGION, then the profile (AWS_PROFILE,
/// AWS_DEFAULT_PROFILE, `default`) in the shared config file. The problem names what to set, the profile that the file
/// lacks, or the variable or file whose region is misspelled.
[[nodiscard]] Expected<DefaultRegion> default_region(const EnvironmentLookup& environment, const ConfigFile& file);

}  // namespace ecr6::aws
