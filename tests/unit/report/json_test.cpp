#include "ecr6/core/json.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "ecr6/core/text.hpp"
#include "ecr6/observation/json.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;
namespace json = boost::json;

namespace {

std::vector<std::string> keys(const json::object& object) {
  std::vector<std::string> names;
  for (const auto& [key, value] : object) names.emplace_back(key);
  return names;
}

}  // namespace

TEST_CASE("the JSON report is the observation with words, findings and verdict added at the end") {
  const json::value root = json::parse(render_json(sample::run(), sample::diagnosis()));
  const auto names = keys(root.as_object());
  CHECK(names.front() == "schema");
  CHECK(names[names.size() - 3] == "endpoints");
  CHECK(names[names.size() - 2] == "findings");
  CHECK(names.back() == "verdict");
  const json::value& layers = root.at("endpoints").at(2);
  CHECK(layers.at("ipv6") == "unreachable");
  CHECK(layers.at("ipv4") == "reachable");
  CHECK(root.at("verdict") ==
        json::value({{"ipv6", "ready"}, {"migrate", "ready"}, {"require", "ipv6"}, {"exit_code", 0}}));
}

TEST_CASE("a finding about the host has null endpoint and family") {
  Diagnosis diagnosis = sample::diagnosis();
  diagnosis.findings[0].endpoint.reset();
  diagnosis.findings[0].family.reset();
  diagnosis.findings[0].evidence = {"\xff"};
  const std::string text = render_json(sample::run(), diagnosis);
  CHECK(repaired_utf8(text) == text);
  const json::value finding = json::parse(text).at("findings").at(0);
  CHECK(keys(finding.as_object()) ==
        std::vector<std::string>{"id", "severity", "endpoint", "family", "summary", "evidence", "advice"});
  CHECK(finding.at("endpoint").is_null());
  CHECK(finding.at("family").is_null());
  CHECK(finding.at("evidence") == json::array{"\xef\xbf\xbd"});
}

TEST_CASE("what was rendered as JSON reads back as the same run") {
  const auto read = observation_from_json(render_json(sample::run(), sample::diagnosis()));
  REQUIRE(std::holds_alternative<Observation>(read));
  CHECK(std::get<Observation>(read) == sample::run());
}
