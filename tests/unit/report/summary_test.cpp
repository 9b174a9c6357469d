#include <doctest/doctest.h>

#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;

namespace {

struct Row {
  Require require;
  Readiness decided;
  int exit_code;
  Reachability ipv6, ipv4;
  std::string line;
};

Diagnosis diagnosis_of(const Row& row) {
  Diagnosis diagnosis = sample::diagnosis();
  diagnosis.verdict = {row.decided, row.decided, row.require, row.decided, row.exit_code};
  diagnosis.endpoints[0] = {row.ipv6, row.ipv4};
  return diagnosis;
}

using enum Readiness;
constexpr auto good = Reachability::reachable, poor = Reachability::degraded, bad = Reachability::unreachable,
               none = Reachability::no_address;

}  // namespace

TEST_CASE("the summary line has the word of the exit code and what decided it") {
  const Row rows[] = {
      {Require::ipv6, ready, 0, good, good, "ECR6 OK - IPv6 ready: API reachable\n"},
      {Require::ipv6, Readiness::degraded, 1, poor, good, "ECR6 WARNING - IPv6 degraded: API degraded\n"},
      {Require::ipv6, Readiness::degraded, 2, poor, good, "ECR6 CRITICAL - IPv6 degraded: API degraded\n"},
      {Require::ipv6, not_ready, 2, none, good, "ECR6 CRITICAL - IPv6 not ready: API without address\n"},
      {Require::dual, not_ready, 2, good, bad, "ECR6 CRITICAL - both families not ready: API unreachable\n"},
      {Require::any, ready, 0, bad, good, "ECR6 OK - either family ready: API reachable\n"},
      {Require::ipv6, unknown, 3, bad, bad,
       "ECR6 UNKNOWN - IPv6 unknown: the nameserver does not answer AAAA questions f...\n"},
      {Require::migrate, not_ready, 2, bad, good,
       "ECR6 CRITICAL - switching to dual-stack names not ready: the nameserver does...\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.line);
    CHECK(render_summary(sample::run(), diagnosis_of(row)) == row.line);
    CHECK(row.line.size() <= 80);
  }
}

TEST_CASE("a family that was switched off is not what decided") {
  Observation run = sample::run();
  run.settings.ipv6 = false;
  const Row row{Require::any, not_ready, 2, Reachability::not_tested, bad, ""};
  CHECK(render_summary(run, diagnosis_of(row)) == "ECR6 CRITICAL - either family not ready: API unreachable\n");
  const Row switched{Require::migrate, ready, 0, bad, good, ""};
  CHECK(render_summary(sample::run(), diagnosis_of(switched)) ==
        "ECR6 OK - switching to dual-stack names ready: API reachable\n");
}

TEST_CASE("an unknown verdict quotes a problem of the family that decides") {
  Diagnosis diagnosis = sample::diagnosis();
  diagnosis.verdict = {Readiness::unknown, Readiness::unknown, Require::ipv6, Readiness::unknown, 3};
  const auto finding = [](std::optional<Family> family, std::string summary) {
    return Finding{"net.silent-drop", Severity::error, "ecr.us-west-2.api.aws", family, std::move(summary), {"x"}, "y"};
  };
  diagnosis.findings = {finding(Family::ipv4, "IPv4 is broken"), finding(std::nullopt, "no nameserver answers"),
                        finding(Family::ipv6, "IPv6 was not asked about")};
  CHECK(render_summary(sample::run(), diagnosis) == "ECR6 UNKNOWN - IPv6 unknown: IPv6 was not asked about\n");
  diagnosis.findings.pop_back();
  CHECK(render_summary(sample::run(), diagnosis) == "ECR6 UNKNOWN - IPv6 unknown: no nameserver answers\n");
}

TEST_CASE("equal roles are counted and the worst comes first") {
  Observation run = sample::run();
  Diagnosis diagnosis = sample::diagnosis();
  for (auto& endpoint : run.endpoints) endpoint.required = true;
  run.endpoints[2].endpoint.role = Role::other;
  diagnosis.endpoints[1].ipv6 = Reachability::reachable;
  diagnosis.verdict = {not_ready, not_ready, Require::ipv6, not_ready, 2};
  run.endpoints[2].endpoint.name = "mirror.example";
  CHECK(render_summary(run, diagnosis) ==
        "ECR6 CRITICAL - IPv6 not ready: mirror.example unreachable, 2 x API reachable\n");
}

TEST_CASE("circumstances come before the verdict and stay within the line") {
  Observation run = sample::run();
  run.interrupted = true;
  run.settings.lab = "healthy|x";
  const std::string line = render_summary(run, sample::diagnosis());
  CHECK(line == "ECR6 OK - [lab healthy/x] interrupted; IPv6 ready: API reachable\n");
  Diagnosis diagnosis = sample::diagnosis();
  diagnosis.verdict = {unknown, unknown, Require::ipv6, unknown, 3};
  diagnosis.endpoints[0] = {};
  run.settings.lab.clear();
  CHECK(render_summary(run, diagnosis) == "ECR6 UNKNOWN - interrupted; IPv6 unknown: API not tested\n");
}
