#include <doctest/doctest.h>

#include "clients/readers.hpp"
#include "clients/rules.hpp"

using namespace ecr6::clients;

namespace {

const std::string host = "123456789012.dkr.ecr.us-west-2.amazonaws.com";
const std::string twin = "123456789012.dkr-ecr.us-west-2.on.aws";

std::vector<RegistryEndpoint> endpoints_of(const std::string& registry, const std::string& text) {
  const auto read = read_hosts_file("/c/hosts.toml", registry, text);
  REQUIRE(std::holds_alternative<std::vector<RegistryEndpoint>>(read));
  return std::get<std::vector<RegistryEndpoint>>(read);
}

/// "LINE: message", or empty when the file is sound.
std::string complaint(const std::string& text) {
  const auto read = read_hosts_file("/c/hosts.toml", "docker.io", text);
  const auto* const broken = std::get_if<BrokenFile>(&read);
  return broken == nullptr ? std::string{} : broken->message;
}

std::vector<Finding> judged(std::vector<RegistryEndpoint> endpoints) {
  Survey survey;
  survey.containerd.emplace().endpoints = std::move(endpoints);
  std::vector<Finding> findings;
  judge_containerd(survey, findings);
  return findings;
}

}  // namespace

TEST_CASE("hosts.toml: server and hosts in the order of their lines, userinfo left out") {
  const auto endpoints = endpoints_of("docker.io",
                                      "server = \"https://registry-1.docker.io\"\n\n"
                                      "[host.\"https://me:SECRET@z.example/v2/hub\"]\n  override_path = true\n"
                                      "[host.\"a.example:5000\"]\n[host.\"a.example:5000\".header]\nx = \"SECRET\"\n");
  REQUIRE(endpoints.size() == 3);
  CHECK(endpoints[0].kind == "server");
  CHECK(endpoints[0].source == "/c/hosts.toml:1");
  CHECK(endpoints[1].url == "https://z.example/v2/hub");
  CHECK(endpoints[1].source == "/c/hosts.toml:3");
  CHECK(endpoints[2].url == "a.example:5000");
  CHECK(endpoints[2].source == "/c/hosts.toml:5");
  CHECK(endpoints_of("docker.io", "host = {\"a.example\" = {}, \"b.example\" = {}}\n").size() == 2);
  CHECK(endpoints_of("docker.io", "").empty());
}

TEST_CASE("a hosts.toml that containerd refuses is named with its line") {
  CHECK(complaint("server = \"https://x\"\n[host.\"https://SECRET\n") == "line 2: not TOML");
  CHECK(complaint("\nserver = 1\n") == "line 2: 'server' is no string");
  CHECK(complaint("host = \"https://x\"\n") == "line 1: 'host' is no table");
  CHECK(complaint("[host]\n\"https://x\" = 1\n") == "line 2: a 'host' is no table");
  CHECK(complaint("capabilities = [\"pull\"]\n").empty());
}

TEST_CASE("an endpoint by an IPv4-only ECR name is a finding, with the same URL by the dual-stack name") {
  const auto findings = judged({{"docker.io", "host", "https://" + host + "/v2/docker-hub", "/c:3"},
                                {twin, "server", "https://" + host, "/d:1"},
                                {"_default", "endpoint", "https://public.ecr.aws", "/e:2"}});
  REQUIRE(findings.size() == 3);
  CHECK(findings[0].id == "config.containerd-ipv4-only-endpoint");
  CHECK(findings[0].fixes.at(0) == "edit /c:3: https://" + twin + "/v2/docker-hub");
  CHECK(findings[0].evidence.at(0) == "/c:3: host https://" + host + "/v2/docker-hub");
  CHECK(findings[1].summary.find(twin + ", which is dual-stack, from " + host) != std::string::npos);
  CHECK(findings[2].fixes.at(0) == "edit /e:2: https://ecr-public.aws.com");
}

TEST_CASE("an endpoint by any other name is none") {
  CHECK(judged({{host, "server", "https://" + twin, "/c:1"},
                {"docker.io", "host", "https://registry-1.docker.io", "/c:2"},
                {"docker.io", "host", "https://" + host + ".example/v2", "/c:3"},
                {"docker.io", "host", "(not a URL)", "/c:4"},
                {"docker.io", "endpoint", "https://mirror.example/" + host, "/c:5"}})
            .empty());
}
