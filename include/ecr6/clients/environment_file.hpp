#pragma once

#include <string>
#include <string_view>

#include "ecr6/clients/environment.hpp"

namespace ecr6::clients {

/// Adds the names and values of an environment file (/etc/environment, systemd's EnvironmentFile): `NAME=value` lines,
/// quotes and a leading `export` taken off, `#` at the line's start is a comment.
void read_environment_file(const std::string& path, std::string_view text, Environment& environment);

}  // namespace ecr6::clients
