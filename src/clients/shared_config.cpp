#include "ecr6/clients/shared_config.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ecr6/core/text.hpp"

namespace ecr6::clients {

namespace {

IniDialect dialect_of(Sdk sdk) {
  if (is_python(sdk)) return IniDialect::botocore;
  return sdk == Sdk::go_v2 ? IniDialect::go : IniDialect::javascript;
}

/// "NAME" of "KIND NAME", quotes taken off as a shell would; empty when the header is not of that shape.
std::optional<std::string> name_behind(std::string_view header, std::string_view kind, Sdk sdk) {
  if (!header.starts_with(kind)) return std::nullopt;
  const std::string_view rest = header.substr(kind.size());
  const std::string_view name = trimmed(rest);
  if (name.empty() || rest.size() == name.size()) return std::nullopt;
  // Only Python splits like a shell here; Go takes quotes literally, and JavaScript's reader has taken them off.
  if (!is_python(sdk)) return std::string{name};
  const char quote = name.front();
  if (quote == '"' || quote == '\'') {
    if (name.size() < 2 || name.find(quote, 1) != name.size() - 1) return std::nullopt;
    return std::string{name.substr(1, name.size() - 2)};
  }
  if (name.find_first_of(" \t\"'\\") != std::string_view::npos) return std::nullopt;
  return std::string{name};
}

std::vector<ProfileValue> values_of(const IniSection& section, const std::string& path) {
  std::vector<ProfileValue> values;
  for (const IniEntry& entry : section.entries) values.push_back({entry, fmt::format("{}:{}", path, entry.line)});
  return values;
}

/// Profiles by name; a file may have tens of thousands.
class Named {
 public:
  explicit Named(std::vector<Profile>& profiles) : profiles_{profiles} {}

  Profile& of(const std::string& name, std::string source) {
    const auto [found, is_new] = at_.try_emplace(name, profiles_.size());
    if (is_new) profiles_.push_back({name, std::move(source), false, false, {}, {}});
    return profiles_[found->second];
  }

 private:
  std::vector<Profile>& profiles_;
  std::map<std::string, std::size_t> at_;
};

/// A section that would matter if it were a profile.
bool would_decide(const IniSection& section) {
  if (section.name == "default" || section.name.starts_with("sso-session")) return false;
  for (const std::string_view key : {"region", "endpoint_url", "use_dualstack_endpoint", "use_fips_endpoint"})
    if (find(section.entries, key) != nullptr) return true;
  return false;
}

void take_config(SharedConfig& shared, Named& profiles, const IniFile& file, const std::string& path) {
  Named services_sections{shared.services};
  bool prefixed_default = false;
  for (const IniSection& section : file.sections) {
    const std::string source = fmt::format("{}:{}", path, section.line);
    if (const auto services = name_behind(section.name, "services", shared.sdk)) {
      services_sections.of(*services, source).config = values_of(section, path);
      continue;
    }
    auto name = name_behind(section.name, "profile", shared.sdk);
    // Python takes whichever of [default] and [profile default] comes last, the others the prefixed one.
    if (!name && section.name == "default" && (is_python(shared.sdk) || !prefixed_default)) name = "default";
    if (!name && would_decide(section)) shared.strays.push_back({{section.name, {}, section.line, {}}, source});
    if (!name) continue;
    prefixed_default = prefixed_default || (*name == "default" && section.name != "default");
    Profile& profile = profiles.of(*name, source);
    profile.source = source;
    profile.config = values_of(section, path);
    profile.in_config = true;
    profile.prefixed = section.name != "default";
  }
}

void take_credentials(Sdk sdk, Named& profiles, const IniFile& file, const std::string& path) {
  for (const IniSection& section : file.sections) {
    if (sdk == Sdk::go_v2 && section.name.starts_with("profile ")) continue;
    profiles.of(section.name, fmt::format("{}:{}", path, section.line)).credentials = values_of(section, path);
  }
}

const ProfileValue* value_in(const std::vector<ProfileValue>& values, std::string_view key) {
  const auto same = [&](const ProfileValue& value) { return value.entry.key == key; };
  const auto found = std::find_if(values.begin(), values.end(), same);
  return found == values.end() ? nullptr : &*found;
}

bool prefers_credentials(const Profile& profile, std::string_view key, Sdk sdk) {
  if (is_python(sdk)) return true;
  if (sdk == Sdk::js_v3) return key == "region";
  return key == "region" || key.starts_with("use_") || !profile.in_config;
}

}  // namespace

SharedConfig read_shared_config(const AwsFiles& files, Sdk sdk) {
  SharedConfig shared;
  shared.sdk = sdk;
  const IniFile config = read_ini(files.config.text, dialect_of(sdk));
  const IniFile credentials = read_ini(files.credentials.text, dialect_of(sdk));
  for (const auto& [file, path] : {std::pair{&config, &files.config.path}, {&credentials, &files.credentials.path}})
    if (file->problem && !shared.problem)
      shared.problem = fmt::format("{}:{}: {}", *path, file->problem->line, file->problem->message);
  Named profiles{shared.profiles};
  take_config(shared, profiles, config, files.config.path);
  take_credentials(sdk, profiles, credentials, files.credentials.path);
  return shared;
}

const Profile* find_profile(const std::vector<Profile>& profiles, std::string_view name) {
  const auto same = [&](const Profile& profile) { return profile.name == name; };
  const auto found = std::find_if(profiles.begin(), profiles.end(), same);
  return found == profiles.end() ? nullptr : &*found;
}

const ProfileValue* find_value(const Profile& profile, std::string_view key, Sdk sdk) {
  const ProfileValue* const config = value_in(profile.config, key);
  const ProfileValue* const credentials = value_in(profile.credentials, key);
  if (config == nullptr && sdk == Sdk::go_v2 && !prefers_credentials(profile, key, sdk)) return nullptr;
  if (prefers_credentials(profile, key, sdk)) return credentials != nullptr ? credentials : config;
  return config != nullptr ? config : credentials;
}

std::string active_profile(const Environment& environment, Sdk sdk) {
  const bool first_default = sdk == Sdk::botocore;
  const std::string_view first = first_default ? "AWS_DEFAULT_PROFILE" : "AWS_PROFILE";
  const std::string_view second = first_default ? "AWS_PROFILE" : "AWS_DEFAULT_PROFILE";
  for (const std::string_view name : {first, second}) {
    if (sdk == Sdk::js_v3 && name == "AWS_DEFAULT_PROFILE") continue;
    // Python takes a variable that is set and empty for a profile without a name.
    const Variable* const set = environment.find(name);
    if (set != nullptr && (is_python(sdk) || !set->value.empty())) return set->value;
  }
  return "default";
}

}  // namespace ecr6::clients
