#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "ecr6/core/text.hpp"
#include "report/blocks.hpp"
#include "report/wrap.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;
namespace json = boost::json;

namespace {

Attempt silent(std::string_view peer) {
  Attempt attempt = sample::refused(peer);
  attempt.cause = Cause::connect_timeout;
  attempt.connect_time = Duration{3'000'000};
  return attempt;
}

/// A required endpoint whose IPv6 is silent.
EndpointObservation api(std::string_view name, Duration ipv4) {
  auto seen = sample::dual_stack_api();
  seen.endpoint.name = name;
  seen.attempts = {silent("2600:1f14::1"), sample::went_through("52.94.1.1", ipv4)};
  return seen;
}

std::string block(std::vector<EndpointObservation> endpoints) {
  Observation run = sample::run();
  run.endpoints = std::move(endpoints);
  return forecasts_block(run, diagnose(run), Style{});
}

constexpr Duration near{4'000}, far{100'000};

}  // namespace

TEST_CASE("endpoints where clients do the same are one block, with the times of all") {
  CHECK(block({api("one.example", near), api("two.example", far)}) == R"(What clients would do
  one.example
  two.example
    Docker, containerd  connects over IPv4 after 300 ms to 400 ms: no answer
                        from an IPv6 address
    AWS CLI, boto3      waits 60 s for an IPv6 address, then connects over IPv4
    curl                connects over IPv4 after 200 ms to 300 ms: no answer
                        from an IPv6 address
    Java                connects over IPv4 after 4 ms to 100 ms
    RFC 8305            connects over IPv4 after 250 ms to 350 ms: no answer
                        from an IPv6 address
)");
}

TEST_CASE("endpoints that differ are told apart, and many are counted") {
  auto refused = api("refused.example", near);
  refused.attempts[0] = sample::refused("2600:1f14::1");
  const std::string two = block({api("silent.example", near), refused});
  CHECK(two.find("  silent.example\n") < two.find("  refused.example\n"));
  CHECK(
      two.find("  refused.example\n    Docker, containerd  connects over IPv4 after 16 ms: an IPv6 address fails\n") !=
      std::string::npos);
  std::vector<EndpointObservation> many;
  for (int i = 0; i < 9; ++i) many.push_back(api("e" + std::to_string(i) + ".example", near));
  CHECK(block(many).find("  e2.example\n  and 6 more\n    Docker") != std::string::npos);
  many.resize(4);
  CHECK(block(many).find("  e3.example\n    Docker") != std::string::npos);
}

TEST_CASE("healthy endpoints, those that decide nothing and those not tested are left out") {
  auto optional = api("optional.example", near);
  optional.required = false;
  auto untested = sample::dual_stack_api();
  untested.ipv6_lookup = untested.ipv4_lookup = sample::failed(DnsOutcome::server_failure, Duration{900});
  untested.attempts.clear();
  CHECK(block({sample::dual_stack_api(), optional, untested}).empty());
}

TEST_CASE("names from outside are escaped and lines fit") {
  const std::string text = block({api("evil\x1b[2J.example", near)});
  CHECK(text.find("evil\\x1b[2J.example") != std::string::npos);
  for (const std::string_view line : split(text, '\n')) CHECK(columns(line) <= 80);
}

TEST_CASE("the JSON report has each client's forecast with each endpoint") {
  Observation run = sample::run();
  run.endpoints = {api("one.example", near), sample::dual_stack_api()};
  const json::value root = json::parse(render_json(run, diagnose(run)));
  const json::array& clients = root.at("endpoints").at(0).at("forecast").as_array();
  CHECK(clients.size() == all_clients.size());
  CHECK(clients[1] ==
        json::parse(R"({"client": "aws_cli", "outcome": "connects", "family": "ipv4", "address": "52.94.1.1",
                        "cause": null, "lookup_ms": 1.4, "lookup_at_least": false, "duration_ms": 60004,
                        "duration_at_least": false, "passed_over": [{"family": "ipv6", "address": "2600:1f14::1",
                        "cause": "connect_timeout", "waited_ms": 60000}],
                        "words": "waits 60 s for an IPv6 address, then connects over IPv4"})"));
  CHECK(root.at("endpoints").at(1).at("forecast").at(0).at("family") == "ipv6");
}

TEST_CASE("a forecast that is not known has nulls, and a redacted run forecasts the same") {
  Observation run = sample::run();
  run.endpoints = {api("one.example", near)};
  run.endpoints[0].attempts[0].cause = Cause::interrupted;
  run.endpoints[0].attempts[0].connect_time = Duration{1};
  const json::value root = json::parse(render_json(run, diagnose(run)));
  const json::value& docker = root.at("endpoints").at(0).at("forecast").at(0);
  CHECK(docker.at("outcome") == "unknown");
  CHECK(docker.at("family").is_null());
  CHECK(docker.at("lookup_ms").is_null());
  CHECK(docker.at("duration_ms").is_null());
  const auto hidden = diagnose(redacted(run)).forecasts, open = diagnose(run).forecasts;
  REQUIRE(hidden.size() == 1);
  for (std::size_t i = 0; i < all_clients.size(); ++i) CHECK(are_alike(hidden[0][i], open[0][i]));
}
