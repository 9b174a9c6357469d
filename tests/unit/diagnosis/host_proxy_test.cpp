#include <doctest/doctest.h>

#include "diagnosis/no_proxy.hpp"
#include "host_builders.hpp"

namespace ecr6 {

using namespace build;

namespace {

using Ids = std::vector<std::string>;

Observation behind(std::vector<ProxySetting> proxies, std::string no_proxy) {
  Observation run = build::run({api(), registry()});
  run.host.proxies = std::move(proxies);
  run.host.no_proxy = std::move(no_proxy);
  return run;
}

const std::vector<ProxySetting> both_cases{{"HTTPS_PROXY", "http://upper.example:3128"},
                                           {"https_proxy", "http://lower.example:3128"}};

}  // namespace

TEST_CASE("NO_PROXY is read as each client reads it") {
  struct Row {
    std::string_view list, host;
    bool go, curl, python;
  };
  const Row rows[] = {
      {"", "ecr.us-west-2.api.aws", false, false, false},
      {"*", "ecr.us-west-2.api.aws", true, true, true},
      {" * ", "ecr.us-west-2.api.aws", true, true, true},
      {"a.example,*", "ecr.us-west-2.api.aws", true, false, false},
      {"api.aws", "ecr.us-west-2.api.aws", true, true, true},
      {".api.aws", "ecr.us-west-2.api.aws", true, true, true},
      {"*.api.aws", "ecr.us-west-2.api.aws", true, false, false},
      {"API.AWS", "ecr.us-west-2.api.aws", true, true, true},
      {"ecr.us-west-2.api.aws", "ecr.us-west-2.api.aws", true, true, true},
      {".ecr.us-west-2.api.aws", "ecr.us-west-2.api.aws", false, true, true},
      {"pi.aws", "ecr.us-west-2.api.aws", false, false, false},
      {"xecr.us-west-2.api.aws", "ecr.us-west-2.api.aws", false, false, false},
      {"api.aws:443", "ecr.us-west-2.api.aws", true, false, true},
      {"api.aws:8443", "ecr.us-west-2.api.aws", false, false, false},
      {"x.example, api.aws", "ecr.us-west-2.api.aws", true, true, true},
      {"x.example api.aws", "ecr.us-west-2.api.aws", false, true, false},
      {".", "ecr.us-west-2.api.aws", false, false, false},
      {",,", "ecr.us-west-2.api.aws", false, false, false},
      {"2600::/12", "2600:1f13::1", true, true, false},
      {"2600:1f13::1", "2600:1f13::1", true, true, true},
      {"2600:1f13:0::1", "2600:1f13::1", true, true, false},
      {"[2600:1f13::1]:443", "2600:1f13::1", true, false, true},
      {"10.0.0.0/8", "10.1.2.3", true, true, false},
      {"10.0.0.0/8", "11.1.2.3", false, false, false},
      {"10.0.0.0/8", "ecr.us-west-2.api.aws", false, false, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.list);
    CAPTURE(row.host);
    CHECK(exempts(ProxyDialect::go, row.list, row.host, 443) == row.go);
    CHECK(exempts(ProxyDialect::curl, row.list, row.host, 443) == row.curl);
    CHECK(exempts(ProxyDialect::python, row.list, row.host, 443) == row.python);
  }
}

TEST_CASE("the proxy is named, and what becomes of each endpoint") {
  const Finding finding =
      findings(behind({{"https_proxy", "http://proxy.example:3128"}}, ".api.aws"), "host.proxy").at(0);
  CHECK(finding.severity == Severity::warning);
  CHECK_FALSE(finding.endpoint);
  CHECK(says(finding, "http://proxy.example:3128"));
  CHECK(finding.evidence == Ids{"https_proxy=http://proxy.example:3128", "NO_PROXY=.api.aws",
                                "exempt through NO_PROXY: ecr.us-west-2.api.aws",
                                "through the proxy: 123456789012.dkr-ecr.us-west-2.on.aws"});
}

TEST_CASE("a proxy from which every endpoint is exempt is a note") {
  const auto found = findings(behind({{"HTTPS_PROXY", "http://proxy.example"}}, "api.aws,on.aws"), "host.proxy");
  REQUIRE(found.size() == 1);
  CHECK(found[0].severity == Severity::info);
  CHECK(says(found[0], "exempts every endpoint"));
}

TEST_CASE("no proxy, or an empty variable, is none") {
  CHECK_FALSE(raises(behind({}, "x.example"), "host.proxy"));
  CHECK_FALSE(raises(behind({{"HTTPS_PROXY", ""}}, ""), "host.proxy"));
}

TEST_CASE("clients that take different variables are told apart") {
  const Finding two = findings(behind(both_cases, ""), "host.proxy").at(0);
  CHECK(says(two, "Docker and containerd: http://upper.example:3128"));
  CHECK(says(two, "curl: http://lower.example:3128"));
  CHECK(says(two, "the AWS CLI: http://lower.example:3128"));
  CHECK(says(two, "NO_PROXY is not set"));
  const Finding all = findings(behind({{"ALL_PROXY", "socks5://proxy.example"}}, ""), "host.proxy").at(0);
  CHECK(says(all, "curl: socks5://proxy.example"));
  CHECK_FALSE(says(all, "Docker and containerd: "));
  Observation run = behind({{"HTTPS_PROXY", "http://proxy.example"}}, "api.aws");
  run.host.no_proxy_lower_case = "on.aws";
  const Finding mixed = findings(run, "host.proxy").at(0);
  CHECK(says(mixed, "no_proxy=on.aws"));
  CHECK(says(mixed,
             "through the proxy for curl and the AWS CLI, exempt for Docker and containerd: ecr.us-west-2.api.aws"));
}

TEST_CASE("of many endpoints behind a proxy some are named and the rest is counted") {
  Observation run = behind({{"HTTPS_PROXY", "http://proxy.example"}}, "");
  for (int i = 0; i < 9; ++i) run.endpoints.push_back(other_host("h" + std::to_string(i) + ".example"));
  CHECK(says(findings(run, "host.proxy").at(0), "h5.example and 3 more"));
}

}  // namespace ecr6
