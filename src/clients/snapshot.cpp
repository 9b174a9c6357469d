#include "ecr6/clients/snapshot.hpp"

#include <algorithm>
#include <set>

#include "ecr6/clients/paths.hpp"
#include "ecr6/core/text.hpp"
#include "readers.hpp"

namespace ecr6::clients {

namespace {

/// A directory with more entries than this is somebody else's; the rest is not read.
constexpr std::size_t most_names = 256;

void want_home(const Snapshot& snapshot, const std::string& home, std::vector<Want>& wants) {
  const AwsPaths aws = aws_paths(snapshot.environment, home);
  wants.push_back({aws.config, false});
  wants.push_back({aws.credentials, false});
  for (std::string& path : docker_client_paths(snapshot.environment, home)) wants.push_back({std::move(path), false});
}

void want_drop_ins(const Snapshot& snapshot, const std::string& directory, std::vector<Want>& wants) {
  wants.push_back({directory, true});
  const ClientFile* const listing = snapshot.find(directory);
  for (std::size_t i = 0; listing != nullptr && i < std::min(listing->names.size(), most_names); ++i)
    if (listing->names[i].ends_with(".conf")) wants.push_back({directory + '/' + listing->names[i], false});
}

void want_layers(const Snapshot& snapshot, const std::string& path, std::vector<Want>& wants) {
  wants.push_back({path, false});
  want_drop_ins(snapshot, path + ".d", wants);
}

void want_units(const Snapshot& snapshot, std::vector<Want>& wants) {
  for (const std::string& directory : manager_directories()) want_layers(snapshot, directory + "/system.conf", wants);
  for (const std::string& directory : unit_directories()) want_drop_ins(snapshot, directory + "/service.d", wants);
  for (const std::string& unit : units()) {
    for (const std::string& directory : unit_directories()) want_layers(snapshot, directory + '/' + unit, wants);
    for (std::string& path : environment_directories(snapshot, unit)) wants.push_back({std::move(path), true});
    for (std::string& path : environment_files(snapshot, unit)) wants.push_back({std::move(path), false});
  }
}

void want_containerd(const Snapshot& snapshot, std::vector<Want>& wants) {
  for (std::string& path : containerd_paths(snapshot)) wants.push_back({std::move(path), false});
  for (std::string& directory : containerd_import_directories(snapshot)) wants.push_back({std::move(directory), true});
  for (const std::string& directory : certs_directories(snapshot)) {
    wants.push_back({directory, true});
    const ClientFile* const listing = snapshot.find(directory);
    for (std::size_t i = 0; listing != nullptr && i < std::min(listing->names.size(), most_names); ++i)
      wants.push_back({directory + '/' + listing->names[i] + "/hosts.toml", false});
  }
}

}  // namespace

const ClientFile* Snapshot::find(std::string_view path) const {
  const auto same = [&](const ClientFile& file) { return file.path == path; };
  const auto found = std::find_if(files.begin(), files.end(), same);
  return found == files.end() ? nullptr : &*found;
}

std::string_view Snapshot::text(std::string_view path) const {
  const ClientFile* const file = find(path);
  return file == nullptr ? std::string_view{} : std::string_view{file->text};
}

std::vector<Want> wanted(const Snapshot& snapshot) {
  std::vector<Want> wants;
  for (const std::string& home : snapshot.homes) want_home(snapshot, home, wants);
  wants.push_back({std::string{daemon_json_path}, false});
  want_units(snapshot, wants);
  want_containerd(snapshot, wants);
  for (std::string& path : credential_provider_paths(snapshot)) wants.push_back({std::move(path), false});
  std::set<std::string> seen;
  const auto settled = [&](const Want& want) {
    return want.path.empty() || snapshot.find(want.path) != nullptr || !seen.insert(want.path).second;
  };
  std::erase_if(wants, settled);
  return wants;
}

std::string_view to_string(FileState state) {
  switch (state) {
    case FileState::read:
      return "read";
    case FileState::absent:
      return "absent";
    case FileState::unreadable:
      return "unreadable";
    case FileState::too_large:
      return "too_large";
  }
  return "";
}

}  // namespace ecr6::clients
