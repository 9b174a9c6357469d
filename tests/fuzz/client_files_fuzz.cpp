#include <array>
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ecr6/clients/audit.hpp"
#include "ecr6/clients/render.hpp"

using namespace ecr6::clients;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

constexpr std::array<std::string_view, 8> paths{"/root/.aws/config",
                                                "/root/.aws/credentials",
                                                "/root/.docker/config.json",
                                                "/etc/docker/daemon.json",
                                                "/etc/containerd/config.toml",
                                                "/etc/eks/image-credential-provider/config.json",
                                                "/etc/kubelet.env",
                                                "/etc/systemd/system/docker.service"};

}  // namespace

/// The first byte says which file the rest is. Whatever it is, the survey ends, and its JSON is JSON.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string path{paths[data[0] % paths.size()]};
  Snapshot snapshot;
  snapshot.homes = {"/root"};
  snapshot.files.push_back({path, FileState::read, std::string{data + 1, data + size}, {}, {}});
  snapshot.files.push_back({"/etc/systemd/system/kubelet.service",
                            FileState::read,
                            "[Service]\nEnvironmentFile=/etc/kubelet.env\n",
                            {},
                            {}});
  for (const Want& want : wanted(snapshot)) require(!want.path.empty());
  const Survey result = survey(snapshot, std::nullopt);
  const std::vector<Finding> findings = audit(result);
  const Report report{"/", snapshot, result, findings};
  boost::json::parse_options options;
  options.max_depth = 64;
  boost::json::error_code error;
  static_cast<void>(boost::json::parse(render_json(report), error, {}, options));
  require(!error);
  require(!render_text(report).empty() && !render_fixes(report).empty());
  for (const Finding& finding : findings) require(finding.id.starts_with("config.") && !finding.advice.empty());
  return 0;
}
