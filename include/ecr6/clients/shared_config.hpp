#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/clients/environment.hpp"
#include "ecr6/clients/ini.hpp"
#include "ecr6/clients/sdk.hpp"

namespace ecr6::clients {

/// A file as it was read: its path on the machine it is about, and its text. Empty text for a file that is not there.
struct TextFile {
  std::string path;
  std::string text;
};

/// The two files of the AWS tools.
struct AwsFiles {
  TextFile config;
  TextFile credentials;
};

/// One value of a profile, and where it stands.
struct ProfileValue {
  IniEntry entry;
  std::string source;  ///< "PATH:LINE"
};

/// A profile as one SDK sees it.
struct Profile {
  std::string name;
  std::string source;  ///< "PATH:LINE" of its header in the config file, else in the credentials file
  bool in_config{};
  bool prefixed{};  ///< its header there is [profile NAME]
  std::vector<ProfileValue> config;
  std::vector<ProfileValue> credentials;
};

/// Everything in the two files that one SDK can use.
struct SharedConfig {
  Sdk sdk{};
  std::vector<Profile> profiles;
  std::vector<Profile> services;       ///< the `[services NAME]` sections
  std::vector<ProfileValue> strays;    ///< sections with an endpoint's keys that are no profile; the key is the name
  std::optional<std::string> problem;  ///< why this SDK refuses the files, with PATH:LINE; then nothing works with it
};

[[nodiscard]] SharedConfig read_shared_config(const AwsFiles& files, Sdk sdk);

[[nodiscard]] const Profile* find_profile(const std::vector<Profile>& profiles, std::string_view name);

/// The value that counts when both files have the key: botocore prefers the credentials file; Go too, but for
/// endpoint_url and services only when the config file lacks the profile; JavaScript prefers the config file but for
/// the region.
[[nodiscard]] const ProfileValue* find_value(const Profile& profile, std::string_view key, Sdk sdk);

/// The profile that this SDK uses when nobody names one: from the environment, else "default".
[[nodiscard]] std::string active_profile(const Environment& environment, Sdk sdk);

}  // namespace ecr6::clients
