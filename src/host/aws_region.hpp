#pragma once

#include "ecr6/aws/default_region.hpp"

namespace ecr6::host {

/// This process's environment.
[[nodiscard]] aws::EnvironmentLookup environment();

/// The region that AWS's tools would use on this host, as aws::default_region finds it. The shared config file is read
/// only when the environment names no region; at most 1 MiB of it.
[[nodiscard]] Expected<aws::DefaultRegion> default_region();

}  // namespace ecr6::host
