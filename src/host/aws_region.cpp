#include "aws_region.hpp"

#include <cstdlib>

#include "text_file.hpp"

namespace ecr6::host {

namespace {

constexpr std::size_t config_limit = std::size_t{1024} * 1024;

bool is_set(const aws::EnvironmentLookup& lookup, std::string_view name) { return !lookup(name).value_or("").empty(); }

}  // namespace

aws::EnvironmentLookup environment() {
  return [](std::string_view name) -> std::optional<std::string> {
    const char* const value = std::getenv(std::string{name}.c_str());
    return value == nullptr ? std::nullopt : std::optional<std::string>{value};
  };
}

Expected<aws::DefaultRegion> default_region() {
  const auto lookup = environment();
  aws::ConfigFile file{aws::config_path(lookup), std::nullopt};
  const bool needs_file = !is_set(lookup, "AWS_REGION") && !is_set(lookup, "AWS_DEFAULT_REGION");
  if (needs_file && !file.path.empty()) {
    auto text = read_text_file(file.path, config_limit);
    if (!text) return problem(text.error().sentence + "; name a region, or set AWS_REGION");
    file.text = std::move(*text);
  }
  return aws::default_region(lookup, file);
}

}  // namespace ecr6::host
