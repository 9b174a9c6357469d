#include "ecr6/aws/default_region.hpp"

#include <fmt/format.h>

#include "ecr6/aws/partitions.hpp"
#include "ecr6/aws/shared_config.hpp"

namespace ecr6::aws {

namespace {

std::optional<std::string> non_empty(const EnvironmentLookup& environment, std::string_view name) {
  auto value = environment(name);
  return value && value->empty() ? std::nullopt : value;
}

Expected<DefaultRegion> checked(std::string_view text, std::string source) {
  auto region = checked_region(text);
  if (!region) return problem(fmt::format("{} (from {})", region.error().sentence, source));
  return DefaultRegion{std::move(*region), std::move(source)};
}

Problem nothing_found(std::string_view profile, const ConfigFile& file) {
  const std::string where = file.path.empty() ? "without HOME there is no shared config file"
                            : file.text       ? fmt::format("profile '{}' in {} sets none", profile, file.path)
                                              : fmt::format("there is no {}", file.path);
  return problem(fmt::format(
      "no target, and no default region: AWS_REGION and AWS_DEFAULT_REGION are not set, and {}; name a region "
      "(ecr6 check us-west-2) or set AWS_REGION",
      where));
}

}  // namespace

std::string config_path(const EnvironmentLookup& environment) {
  const auto home = non_empty(environment, "HOME");
  const auto path = non_empty(environment, "AWS_CONFIG_FILE");
  if (!path) return home ? *home + "/.aws/config" : "";
  return home && path->starts_with("~/") ? *home + path->substr(1) : *path;
}

Expected<DefaultRegion> default_region(const EnvironmentLookup& environment, const ConfigFile& file) {
  for (const char* variable : {"AWS_REGION", "AWS_DEFAULT_REGION"})
    if (const auto region = non_empty(environment, variable)) return checked(*region, variable);
  auto named = non_empty(environment, "AWS_PROFILE");
  if (!named) named = non_empty(environment, "AWS_DEFAULT_PROFILE");
  const std::string profile = named.value_or("default");
  const SharedConfig config = parse_shared_config(file.text.value_or(""));
  if (const auto region = profile_setting(config, profile, "region"))
    return checked(*region, fmt::format("profile '{}' in {}", profile, file.path));
  if (named && file.text && !has_profile(config, profile))
    return problem(
        fmt::format("no target, and the profile '{}' that the environment names is not in {}; name a region "
                    "or set AWS_REGION",
                    profile, file.path));
  return nothing_found(profile, file);
}

}  // namespace ecr6::aws
