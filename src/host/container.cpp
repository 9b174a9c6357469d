#include "host/container.hpp"

#include <fmt/format.h>

#include <optional>

#include "ecr6/core/text.hpp"
#include "host/text_file.hpp"

namespace ecr6::host {

namespace {

constexpr std::size_t most_bytes = std::size_t{256} * 1024;

std::optional<std::string> text_of(const std::string& path) {
  const auto text = read_text_file(path, most_bytes);
  return text ? *text : std::nullopt;
}

}  // namespace

std::string_view engine_of_cgroup(std::string_view text) {
  for (const std::string_view line : split(text, '\n')) {
    const auto path = line.rfind(':');
    if (path == line.npos) continue;
    for (const std::string_view engine : {"kubepods", "docker", "libpod", "containerd", "lxc"})
      for (const std::string_view part : split(line.substr(path + 1), '/'))
        // "docker", "docker-0123.scope", "kubepods.slice"; a service such as docker.service runs on the host itself.
        if (part.starts_with(engine) && !part.ends_with(".service") && !part.ends_with(".socket")) return engine;
  }
  return {};
}

std::string container_setting(std::string_view environ) {
  constexpr std::string_view key = "container=";
  for (const std::string_view setting : split(environ, '\0'))
    if (setting.starts_with(key)) return std::string{setting.substr(key.size())};
  return {};
}

std::vector<std::string> container_marks(const aws::EnvironmentLookup& environment) {
  std::vector<std::string> marks;
  for (const char* const path : {"/.dockerenv", "/run/.containerenv"})
    if (text_of(path)) marks.push_back(fmt::format("{} exists", path));
  if (const auto name = text_of("/run/systemd/container"); name && !trimmed(*name).empty())
    marks.push_back(fmt::format("/run/systemd/container says {}", trimmed(*name)));
  if (const auto settings = text_of("/proc/1/environ"))
    if (const std::string name = container_setting(*settings); !name.empty())
      marks.push_back(fmt::format("process 1 has container={}", name));
  if (const auto groups = text_of("/proc/1/cgroup"))
    if (const auto engine = engine_of_cgroup(*groups); !engine.empty())
      marks.push_back(fmt::format("/proc/1/cgroup names {}", engine));
  if (!environment("KUBERNETES_SERVICE_HOST").value_or("").empty())
    marks.emplace_back("KUBERNETES_SERVICE_HOST is set");
  return marks;
}

}  // namespace ecr6::host
