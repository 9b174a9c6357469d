#include "fixes.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace ecr6::clients {

namespace {

/// A name that the AWS CLI writes into a header as it stands, or in quotes for a blank.
bool is_plain_name(std::string_view name) {
  const auto plain = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           std::string_view{" _-.@+:/"}.find(c) != std::string_view::npos;
  };
  return !name.empty() && name.front() != '-' && std::all_of(name.begin(), name.end(), plain);
}

bool has_key_as_written(const HomeSurvey& home, const std::string& profile, std::string_view key) {
  const SharedConfig& javascript = home.shared.back();  // the one reader that keeps keys and signs as they are
  const Profile* const found = find_profile(javascript.profiles, profile);
  return found != nullptr && find_value(*found, key, javascript.sdk) != nullptr;
}

}  // namespace

std::string shell_quoted(std::string_view text) {
  std::string out{"'"};
  for (const char c : text) out += c == '\'' ? std::string{"'\\''"} : std::string{c};
  return out + "'";
}

std::string switch_on(const HomeSurvey& home, const std::string& profile, std::string_view key) {
  const SharedConfig& python = home.shared.front();
  const Profile* const found = python.problem ? nullptr : find_profile(python.profiles, profile);
  const bool known = found != nullptr || (profile == "default" && !python.problem);
  if (!known || !is_plain_name(profile))
    return fmt::format("edit {}: {} = true in the profile '{}'", home.aws.config, key, profile);
  const ProfileValue* const value = found == nullptr ? nullptr : find_value(*found, key, python.sdk);
  const bool in_config = value != nullptr && value->source.starts_with(home.aws.config + ':');
  if (value != nullptr && (!in_config || !has_key_as_written(home, profile, key)))
    return fmt::format("edit {}: {} = true", value->source, key);
  // The CLI would write a section [default] of its own, and Python's readers would then see that one alone.
  if (profile == "default" && found != nullptr && found->prefixed)
    return fmt::format("edit {}: {} = true below this header", found->source, key);
  if (profile == "default") return fmt::format("aws configure set default.{} true", key);
  return fmt::format("aws configure set {} true --profile {}", key, shell_quoted(profile));
}

}  // namespace ecr6::clients
