#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ecr6/aws/default_region.hpp"

namespace ecr6::host {

/// What says that this process runs inside a container, in words; empty when nothing does. Reads files and the
/// environment alone, those that may be read: /.dockerenv, /run/.containerenv (Podman), /run/systemd/container (nspawn
/// and others), the environment of process 1 (LXC, for root), its cgroups, and KUBERNETES_SERVICE_HOST.
[[nodiscard]] std::vector<std::string> container_marks(const aws::EnvironmentLookup& environment);

/// The container engine that a /proc/PID/cgroup names: "docker", "kubepods", "libpod", "lxc", "containerd"; or empty.
[[nodiscard]] std::string_view engine_of_cgroup(std::string_view text);

/// The value of `container=` among the NUL-terminated settings of /proc/PID/environ; empty without it.
[[nodiscard]] std::string container_setting(std::string_view environ);

}  // namespace ecr6::host
