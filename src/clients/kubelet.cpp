#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include "readers.hpp"

namespace ecr6::clients {

namespace {

constexpr std::size_t most_providers = 64;
constexpr std::size_t most_patterns = 1024;

std::string place(const std::string& path, const YAML::Node& node) {
  const int line = node.Mark().line;
  return line < 0 ? path : source_of(path, static_cast<std::size_t>(line) + 1);
}

CredentialProvider take_provider(const std::string& path, const YAML::Node& node) {
  CredentialProvider provider;
  provider.source = place(path, node);
  if (node["name"] && node["name"].IsScalar()) provider.name = node["name"].Scalar();
  const YAML::Node patterns = node["matchImages"];
  if (!patterns || !patterns.IsSequence()) return provider;
  for (std::size_t i = 0; i < patterns.size() && i < most_patterns; ++i)
    if (patterns[i].IsScalar()) provider.match_images.push_back({patterns[i].Scalar(), place(path, patterns[i])});
  return provider;
}

}  // namespace

Read<std::vector<CredentialProvider>> read_credential_providers(const std::string& path, std::string_view text) {
  std::vector<CredentialProvider> providers;
  try {
    const YAML::Node document = YAML::Load(std::string{text});
    if (!document.IsMap()) return BrokenFile{path, "not a YAML mapping"};
    const YAML::Node list = document["providers"];
    if (!list || !list.IsSequence()) return providers;
    for (std::size_t i = 0; i < list.size() && i < most_providers; ++i)
      if (list[i].IsMap()) providers.push_back(take_provider(path, list[i]));
  } catch (const YAML::Exception& error) {
    return BrokenFile{path, fmt::format("line {}: not YAML", error.mark.line + 1)};
  } catch (const std::exception&) {
    return BrokenFile{path, "not YAML"};
  }
  return providers;
}

}  // namespace ecr6::clients
