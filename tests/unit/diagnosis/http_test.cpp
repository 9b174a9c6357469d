#include <doctest/doctest.h>

#include <algorithm>

#include "builders.hpp"

namespace ecr6 {

using build::findings;
using build::raises;

namespace {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The endpoint in this role; every address of a family answers with its status, and both with the headers.
EndpointObservation answering(Role role, int ipv6, int ipv4, Headers headers = {}) {
  auto seen = role == Role::registry ? build::registry() : build::api();
  seen.endpoint.role = role;
  for (Attempt& attempt : seen.attempts) {
    attempt.http->status = attempt.family == Family::ipv6 ? ipv6 : ipv4;
    attempt.http->headers = headers;
    for (const auto& [name, value] : headers)
      if (name == "Server") attempt.http->server = value;
  }
  return seen;
}

bool shows(const Finding& finding, std::string_view text) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                     [&](const std::string& line) { return line.find(text) != line.npos; });
}

}  // namespace

TEST_CASE("what is not ECR's or S3's answer is named, by role") {
  struct Row {
    std::string_view name;
    Role role;
    int status;
    Headers headers;
    bool odd;
  };
  const Headers version{{"Docker-Distribution-Api-Version", "registry/2.0"}};
  const Row rows[] = {
      {"a registry's 401", Role::registry, 401, version, false},
      {"401 of something else", Role::registry, 401, {}, true},
      {"200 of a registry", Role::registry, 200, version, true},
      {"an API's 404", Role::api, 404, {}, false},
      {"an API's 403", Role::api, 403, {}, false},
      {"an API's 499", Role::api, 499, {}, false},
      {"an API's 500", Role::api, 500, {}, true},
      {"a redirect of an API", Role::api, 302, {}, true},
      {"just before the redirects", Role::api, 299, {}, false},
      {"just after the redirects", Role::api, 400, {}, false},
      {"a proxy's login", Role::public_api, 407, {}, true},
      {"S3's 403", Role::layers, 403, {{"Server", "AmazonS3"}}, false},
      {"S3's 403 by its id", Role::layers, 403, {{"x-amz-request-id", "1"}}, false},
      {"CloudFront's in place of S3's", Role::layers, 403, {{"Server", "CloudFront"}}, true},
      {"CloudFront's", Role::public_layers, 403, {{"X-Amz-Cf-Id", "1"}}, false},
      {"another store's", Role::layers, 403, {{"Server", "nginx"}}, true},
      {"another host's redirect", Role::other, 302, {}, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto run = build::run({answering(row.role, row.status, row.status, row.headers)});
    CHECK(raises(run, "http.unexpected-answer") == row.odd);
    if (row.odd && row.role != Role::registry) CHECK(diagnose(run).endpoints[0].ipv6 == Reachability::reachable);
  }
}

TEST_CASE("an answer that is not ECR's is compared with the other family's") {
  const auto same = build::run({answering(Role::api, 503, 503)});
  CHECK(
      shows(findings(same, "http.unexpected-answer").at(0), "IPv4 gets the same: the address family is not to blame"));
  const auto other = build::run({answering(Role::api, 505, 404)});
  const auto finding = findings(other, "http.unexpected-answer").at(0);
  CHECK(shows(finding, "IPv4 gets 404"));
  CHECK(finding.advice.find("505 comes from firewalls") == 0);
  CHECK(findings(other, "http.unexpected-answer").size() == 1);
  const auto portal = build::run({answering(Role::api, 302, 302, {{"Location", "http://portal.example/"}})});
  CHECK(shows(findings(portal, "http.unexpected-answer").at(0), "sent on to http://portal.example/"));
}

TEST_CASE("a denial over IPv6 alone, and a status that differs, are not said of a status that both families get") {
  struct Row {
    int ipv6, ipv4;
    bool denied, differs;
  };
  const Row rows[] = {
      {403, 404, true, false}, {404, 403, false, true},  {403, 403, false, false}, {200, 404, false, true},
      {451, 200, true, false}, {404, 404, false, false}, {403, 503, false, true},  {401, 404, true, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.ipv6);
    CAPTURE(row.ipv4);
    const auto run = build::run({answering(Role::api, row.ipv6, row.ipv4)});
    CHECK(raises(run, "http.denied-over-ipv6") == row.denied);
    CHECK(raises(run, "http.status-differs") == row.differs);
  }
  auto one_address = answering(Role::api, 403, 404);
  one_address.attempts[0].http->status = 404;
  CHECK_FALSE(raises(build::run({one_address}), "http.denied-over-ipv6"));
}

}  // namespace ecr6
