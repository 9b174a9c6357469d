#include <fmt/format.h>

#include "ecr6/clients/resolve.hpp"
#include "ecr6/core/text.hpp"

namespace ecr6::clients {

namespace {

struct Reader {
  const Environment& environment;
  const SharedConfig& shared;
  const Profile* profile;  ///< null when no file has it
};

const ProfileValue* file_value(const Reader& reader, std::string_view key) {
  return reader.profile == nullptr ? nullptr : find_value(*reader.profile, key, reader.shared.sdk);
}

/// What a text means as a boolean; empty where the SDK does not take it for one.
std::optional<bool> boolean(std::string_view text, Sdk sdk) {
  if (is_python(sdk)) return equal_ignoring_case(text, "true");
  const bool exact = sdk == Sdk::js_v3;
  if (text == "true" || (!exact && equal_ignoring_case(text, "true"))) return true;
  if (text == "false" || (!exact && equal_ignoring_case(text, "false"))) return false;
  return std::nullopt;
}

/// A switch's text at one place.
struct SwitchText {
  std::string text;
  std::string source;
};

/// The environment first, then the file. An empty variable is a value for Python and JavaScript, and nothing for Go.
std::vector<SwitchText> switch_texts(const Reader& reader, std::string_view variable, std::string_view key) {
  std::vector<SwitchText> texts;
  const Variable* const set = reader.environment.find(variable);
  if (set != nullptr && !(reader.shared.sdk == Sdk::go_v2 && set->value.empty()))
    texts.push_back({set->value, fmt::format("{}={} ({})", variable, set->value, set->source)});
  if (const ProfileValue* const value = file_value(reader, key))
    texts.push_back({value->entry.value, fmt::format("{} = {} ({})", key, value->entry.value, value->source)});
  return texts;
}

/// The first text decides. One that JavaScript cannot read sends it to the next place (measured with client-ecr
/// 3.1169); Go stops over it in the environment, and reads it as false in a file.
Switch read_switch(const Reader& reader, std::string_view variable, std::string_view key) {
  const Sdk sdk = reader.shared.sdk;
  Switch result;
  for (const auto& [text, source] : switch_texts(reader, variable, key)) {
    const auto on = boolean(text, sdk);
    const bool odd = text != "true" && text != "false";
    const bool from_environment = source.starts_with(variable);
    if (odd) result.doubts.push_back(fmt::format("{} counts as {}", source, on ? *on ? "true" : "false" : "no answer"));
    if (!on && sdk == Sdk::js_v3) continue;
    if (!on && from_environment) result.error = ClientError{Refusal::boolean, source + " is neither true nor false"};
    result.on = on.value_or(false);
    result.source = source;
    return result;
  }
  return result;
}

void read_region(Settings& settings, const Reader& reader) {
  const Sdk sdk = reader.shared.sdk;
  for (const std::string_view name : {"AWS_REGION", "AWS_DEFAULT_REGION"}) {
    const bool reads = name == "AWS_REGION" ? sdk != Sdk::botocore : sdk != Sdk::js_v3;
    const Variable* const set = reader.environment.find(name);
    if (!reads || set == nullptr || (sdk == Sdk::go_v2 && set->value.empty())) continue;
    settings.region = set->value;
    settings.region_source = fmt::format("{} ({})", name, set->source);
    return;
  }
  const ProfileValue* const value = file_value(reader, "region");
  if (value == nullptr) return;
  settings.region = value->entry.value;
  settings.region_source = fmt::format("region ({})", value->source);
}

/// `fips-us-east-1` and `us-east-1-fips` are older spellings of a region and the FIPS switch.
void split_fips_region(Settings& settings) {
  if (!settings.region) return;
  std::string_view region = *settings.region;
  const bool prefix = region.starts_with("fips-");
  if (prefix) region.remove_prefix(5);
  const bool suffix = region.ends_with("-fips");
  if (suffix) region.remove_suffix(5);
  if (!prefix && !suffix) return;
  settings.region = std::string{region};
  settings.fips.on = true;
  settings.fips.source = settings.region_source;
}

std::string variable_of(Service service) {
  return service == Service::ecr ? "AWS_ENDPOINT_URL_ECR" : "AWS_ENDPOINT_URL_ECR_PUBLIC";
}

/// The URL of the `[services NAME]` section that the profile names; an error where the section is missing.
std::optional<ProfileValue> services_url(Settings& settings, const Reader& reader, Service service) {
  const ProfileValue* const named = file_value(reader, "services");
  if (named == nullptr) return std::nullopt;
  const Profile* const section = find_profile(reader.shared.services, named->entry.value);
  if (section == nullptr) {
    if (is_python(reader.shared.sdk))
      settings.error = ClientError{
          Refusal::services, fmt::format("the profile asks for the services section '{}', which is not there ({})",
                                         named->entry.value, named->source)};
    return std::nullopt;
  }
  for (const ProfileValue& value : section->config) {
    if (value.entry.key != to_string(service)) continue;
    const IniEntry* const url = find(value.entry.nested, "endpoint_url");
    if (url == nullptr || url->value.empty()) continue;
    const std::string path = value.source.substr(0, value.source.rfind(':'));
    return ProfileValue{*url, fmt::format("{}:{}", path, url->line)};
  }
  return std::nullopt;
}

bool missing_services(const Reader& reader) {
  const ProfileValue* const named = file_value(reader, "services");
  return named != nullptr && find_profile(reader.shared.services, named->entry.value) == nullptr;
}

void set_url(Settings& settings, std::string url, std::string source) {
  settings.endpoint_url = std::move(url);
  settings.endpoint_url_source = std::move(source);
}

/// Service variable, general variable, services section, profile: the first that is not empty.
void read_endpoint_url(Settings& settings, const Reader& reader, Service service) {
  for (const std::string& name : {variable_of(service), std::string{"AWS_ENDPOINT_URL"}})
    if (const Variable* const set = reader.environment.find(name); set != nullptr && !set->value.empty())
      return set_url(settings, set->value, fmt::format("{} ({})", name, set->source));
  const Sdk sdk = reader.shared.sdk;
  // Go looks no further for a service's own URL once the general variable exists, be it empty.
  const bool skip_services = sdk == Sdk::go_v2 && reader.environment.find("AWS_ENDPOINT_URL") != nullptr &&
                             reader.environment.find(variable_of(service)) == nullptr;
  if (!skip_services)
    if (const auto url = services_url(settings, reader, service))
      return set_url(settings, url->entry.value, fmt::format("services section ({})", url->source));
  if (settings.error || (sdk == Sdk::js_v3 && missing_services(reader))) return;
  const ProfileValue* const value = file_value(reader, "endpoint_url");
  if (value != nullptr && !value->entry.value.empty())
    set_url(settings, value->entry.value, fmt::format("endpoint_url ({})", value->source));
}

/// Only a profile that was asked for has to be there: for Python and Go, not for JavaScript.
std::optional<ClientError> missing_profile(const Reader& reader, const std::string& name) {
  if (reader.profile != nullptr || name == "default" || reader.shared.sdk == Sdk::js_v3) return std::nullopt;
  return ClientError{Refusal::profile, fmt::format("the profile '{}' is in no file that this client reads", name)};
}

}  // namespace

Settings read_settings(const Environment& environment, const SharedConfig& shared, const std::string& profile,
                       Service service) {
  Settings settings;
  const Reader reader{environment, shared, find_profile(shared.profiles, profile)};
  settings.error =
      shared.problem ? std::optional{ClientError{Refusal::file, *shared.problem}} : missing_profile(reader, profile);
  if (settings.error) return settings;
  read_region(settings, reader);
  settings.dual_stack = read_switch(reader, "AWS_USE_DUALSTACK_ENDPOINT", "use_dualstack_endpoint");
  settings.fips = read_switch(reader, "AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint");
  split_fips_region(settings);
  const Switch ignored = read_switch(reader, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls");
  for (const Switch* word : std::initializer_list<const Switch*>{&settings.dual_stack, &settings.fips, &ignored})
    if (word->error && !settings.error) settings.error = word->error;
  if (!ignored.on && !settings.error) read_endpoint_url(settings, reader, service);
  return settings;
}

}  // namespace ecr6::clients
