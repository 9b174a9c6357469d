#include "ecr6/clients/survey.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "readers.hpp"

namespace ecr6::clients {

namespace {

constexpr std::size_t most_profiles = 4096;

/// The facts, or nothing and a note about the broken file.
template <class T>
std::optional<T> settled(Read<T> result, std::vector<BrokenFile>& broken) {
  if (T* const facts = std::get_if<T>(&result)) return std::move(*facts);
  broken.push_back(std::get<BrokenFile>(std::move(result)));
  return std::nullopt;
}

bool was_read(const Snapshot& snapshot, const std::string& path) {
  const ClientFile* const file = snapshot.find(path);
  return file != nullptr && file->state == FileState::read;
}

/// "default", which needs no file; what the environment names, be it in no file; every profile that some SDK knows.
std::vector<std::string> profile_names(const HomeSurvey& home, const Environment& environment) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  const auto add = [&](const std::string& name) {
    if (seen.insert(name).second) names.push_back(name);
  };
  add("default");
  for (const SharedConfig& shared : home.shared) add(active_profile(environment, shared.sdk));
  for (const SharedConfig& shared : home.shared)
    for (const Profile& profile : shared.profiles) add(profile.name);
  return names;
}

ProfileSurvey survey_profile(const Environment& environment, const HomeSurvey& home, const std::string& name) {
  ProfileSurvey profile{name, {}, {}};
  for (const SharedConfig& shared : home.shared) {
    const Profile* const found = find_profile(shared.profiles, name);
    if (found != nullptr && profile.source.empty()) profile.source = found->source;
    for (const Service service : all_services) profile.endpoints.push_back(resolve(environment, shared, name, service));
  }
  return profile;
}

HomeSurvey survey_home(const Snapshot& snapshot, const std::string& path, std::vector<BrokenFile>& broken) {
  HomeSurvey home;
  home.path = path;
  home.aws = aws_paths(snapshot.environment, path);
  const AwsFiles files{{home.aws.config, std::string{snapshot.text(home.aws.config)}},
                       {home.aws.credentials, std::string{snapshot.text(home.aws.credentials)}}};
  for (const Sdk sdk : all_sdks) home.shared.push_back(read_shared_config(files, sdk));
  for (const std::string& file : docker_client_paths(snapshot.environment, path))
    if (was_read(snapshot, file))
      if (auto client = settled(read_docker_client(file, snapshot.text(file)), broken))
        home.docker.push_back(std::move(*client));
  return home;
}

/// The directory's name has the port behind a colon, or between underscores: "host:5000", "host_5000_".
std::string registry_of(const std::string& name) {
  const std::size_t port = name.ends_with('_') ? name.find('_') : name.find(':');
  return port == 0 ? name : name.substr(0, port);
}

void add_registries(const Snapshot& snapshot, Containerd& all, std::vector<BrokenFile>& broken) {
  for (const std::string& directory : certs_directories(snapshot)) {
    const ClientFile* const listing = snapshot.find(directory);
    if (listing == nullptr) continue;
    for (const std::string& name : listing->names) {
      const std::string place = directory + '/' + name;
      const std::string registry = registry_of(name);
      all.hosts.push_back({registry, directory.starts_with("/etc/docker") ? "docker certs.d" : "certs.d", place});
      const std::string file = place + "/hosts.toml";
      if (!was_read(snapshot, file)) continue;
      if (auto endpoints = settled(read_hosts_file(file, registry, snapshot.text(file)), broken))
        std::move(endpoints->begin(), endpoints->end(), std::back_inserter(all.endpoints));
    }
  }
}

/// Later files win, as with containerd's imports.
std::optional<Containerd> survey_containerd(const Snapshot& snapshot, std::vector<BrokenFile>& broken) {
  Containerd all;
  for (const std::string& path : containerd_paths(snapshot)) {
    if (!was_read(snapshot, path)) continue;
    auto file = settled(read_containerd(path, snapshot.text(path)), broken);
    if (!file) continue;
    all.paths.push_back(path);
    if (file->facts.config_path) all.config_path = file->facts.config_path;
    if (file->facts.sandbox_image) all.sandbox_image = file->facts.sandbox_image;
    std::move(file->facts.hosts.begin(), file->facts.hosts.end(), std::back_inserter(all.hosts));
    std::move(file->facts.endpoints.begin(), file->facts.endpoints.end(), std::back_inserter(all.endpoints));
  }
  add_registries(snapshot, all, broken);
  if (all.paths.empty() && all.hosts.empty()) return std::nullopt;
  return all;
}

void survey_proxies(const Snapshot& snapshot, Survey& result) {
  std::vector<ProxyFacts> proxies{proxy_of("environment", snapshot.environment)};
  for (const std::string& unit : units()) proxies.push_back(proxy_of(unit, read_unit(snapshot, unit).environment));
  if (result.daemon) proxies.push_back(result.daemon->proxy);
  for (const HomeSurvey& home : result.homes)
    for (const DockerClient& client : home.docker)
      proxies.insert(proxies.end(), client.proxies.begin(), client.proxies.end());
  for (ProxyFacts& proxy : proxies)
    if (proxy.https) result.proxies.push_back(std::move(proxy));
}

/// What the reader could not get at, in its own words.
void add_unread(const Snapshot& snapshot, std::vector<BrokenFile>& broken) {
  for (const ClientFile& file : snapshot.files) {
    if (file.state == FileState::unreadable) broken.push_back({file.path, "cannot be read: " + file.detail});
    if (file.state == FileState::too_large) broken.push_back({file.path, "larger than is read here: " + file.detail});
  }
}

}  // namespace

Survey survey(const Snapshot& snapshot, const std::optional<std::string>& profile) {
  Survey result;
  for (const std::string& path : snapshot.homes) {
    HomeSurvey home = survey_home(snapshot, path, result.broken);
    auto names = profile ? std::vector{*profile} : profile_names(home, snapshot.environment);
    if (names.size() > most_profiles) {
      result.broken.push_back(
          {home.aws.config, fmt::format("{} profiles, of which {} are looked at", names.size(), most_profiles)});
      names.resize(most_profiles);
    }
    for (const std::string& name : names) home.profiles.push_back(survey_profile(snapshot.environment, home, name));
    result.homes.push_back(std::move(home));
  }
  if (const std::string path{daemon_json_path}; was_read(snapshot, path))
    result.daemon = settled(read_docker_daemon(path, snapshot.text(path)), result.broken);
  result.containerd = survey_containerd(snapshot, result.broken);
  for (const std::string& path : credential_provider_paths(snapshot))
    if (was_read(snapshot, path))
      if (auto providers = settled(read_credential_providers(path, snapshot.text(path)), result.broken))
        std::move(providers->begin(), providers->end(), std::back_inserter(result.providers));
  survey_proxies(snapshot, result);
  for (const std::string& unit : units())
    for (BrokenFile& file : unfollowed_files(snapshot, unit)) result.broken.push_back(std::move(file));
  add_unread(snapshot, result.broken);
  return result;
}

}  // namespace ecr6::clients
