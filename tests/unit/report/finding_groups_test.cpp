#include "report/finding_groups.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "report/blocks.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found{};
  for (auto at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
  return found;
}

/// A silent family of the endpoint with this number, on two addresses.
Finding silent(int number, Severity severity = Severity::error) {
  Finding finding;
  finding.id = "net.silent-drop";
  finding.severity = severity;
  finding.endpoint = fmt::format("ecr.region-{}.api.aws", number);
  finding.family = Family::ipv6;
  finding.summary = fmt::format("IPv6: no answer at all (all {} addresses)", 1 + number);
  for (const int address : {1, 2})
    finding.evidence.push_back(
        fmt::format("2001:db8:{:x}::{}: connect_timeout at connect after 3.0{} s", number, address, number % 4));
  finding.evidence.emplace_back("IPv4 to the same name is reachable");
  finding.advice = "Check the security group.";
  return finding;
}

std::string block_of(std::vector<Finding> findings) {
  Diagnosis diagnosis;
  diagnosis.findings = std::move(findings);
  return findings_block(diagnosis, Style{});
}

}  // namespace

TEST_CASE("one fault of several endpoints is told once: who, what was seen, what it means, what to do") {
  CHECK(block_of({silent(1), silent(2)}) == R"(Findings: 2 errors

ERROR  net.silent-drop  2 endpoints, IPv6
  ecr.region-1.api.aws
  ecr.region-2.api.aws
  seen   2001:db8:1::1, 2001:db8:1::2, 2001:db8:2::1 and 2001:db8:2::2:
         connect_timeout at connect after 3.01 to 3.02 s
  seen   IPv4 to the same name is reachable
  means  IPv6: no answer at all (all 2/3 addresses)
  do     Check the security group.
)");
}

TEST_CASE("findings that differ in what a reader acts on stand apart") {
  const auto groups_with = [](void (*change)(Finding&)) {
    std::vector<Finding> findings{silent(1), silent(2)};
    change(findings[1]);
    return groups_of(findings).size();
  };
  CHECK(groups_with([](Finding&) {}) == 1);
  CHECK(groups_with([](Finding& finding) { finding.id = "net.filtered"; }) == 2);
  CHECK(groups_with([](Finding& finding) { finding.severity = Severity::warning; }) == 2);
  CHECK(groups_with([](Finding& finding) { finding.family = Family::ipv4; }) == 2);
  CHECK(groups_with([](Finding& finding) { finding.family.reset(); }) == 2);
  CHECK(groups_with([](Finding& finding) { finding.summary = "IPv6: some answers (all 2 addresses)"; }) == 2);
  CHECK(groups_with([](Finding& finding) { finding.advice += " Then the firewall."; }) == 2);
  CHECK(groups_with([](Finding& finding) { finding.endpoint.reset(); }) == 2);
}

TEST_CASE("what is about the host is never put together") {
  std::vector<Finding> findings{silent(1), silent(1)};
  for (Finding& finding : findings) finding.endpoint.reset();
  CHECK(groups_of(findings).size() == 2);
  findings.push_back(silent(1));
  CHECK(groups_of(findings).size() == 3);
}

TEST_CASE("evidence that not all endpoints have says how many do") {
  std::vector<Finding> findings{silent(1), silent(2), silent(3)};
  findings[1].evidence.pop_back();
  const std::string text = block_of(findings);
  CHECK(contains(text, "  seen   IPv4 to the same name is reachable (2 of 3 endpoints)\n"));
  CHECK(!contains(text, "(3 of 3"));
}

TEST_CASE("sixty-eight endpoints take a few lines, and every bound is visible") {
  std::vector<Finding> findings;
  for (int i = 0; i < 68; ++i) findings.push_back(silent(i));
  const std::string text = block_of(findings);
  CHECK(count(text, "\n") < 25);
  CHECK(contains(text, "  ecr.region-4.api.aws\n  and 63 more\n"));
  CHECK(contains(text, "129 more"));
  CHECK(contains(text, "(all 1 to 68 addresses)"));
  CHECK(contains(text, "Findings: 68 errors\n"));
}

TEST_CASE("more kinds of evidence than a reader takes in are counted") {
  Finding finding = silent(1);
  finding.evidence.clear();
  for (int i = 0; i < 20; ++i) finding.evidence.push_back(fmt::format("status {} of 2001:db8::1", 400 + i / 2));
  const std::string text = block_of({finding});
  CHECK(count(text, "  seen   status ") == 8);
  CHECK(contains(text, "  seen   and 4 more lines in --json\n"));
  finding.evidence.resize(16);
  CHECK(!contains(block_of({finding}), "in --json"));
}

TEST_CASE("the same advice is read once, but other advice of the same id is given") {
  const std::string text = block_of({silent(1), silent(2, Severity::warning)});
  CHECK(count(text, "Check the security group.") == 1);
  CHECK(contains(text, "WARNING  net.silent-drop  ecr.region-2.api.aws, IPv6\n"));
  CHECK(text.ends_with("  do     as for net.silent-drop above\n"));
  Finding other = silent(2, Severity::warning);
  other.advice = "Check the router.";
  CHECK(contains(block_of({silent(1), other}), "Check the router."));
}

TEST_CASE("each endpoint's own name in the advice is kept") {
  std::vector<Finding> findings{silent(1), silent(2)};
  findings[0].advice = "Use ecr.us-west-2.api.aws.";
  findings[1].advice = "Use 123456789012.dkr-ecr.us-west-2.on.aws.";
  CHECK(
      contains(block_of(findings), "  do     Use ecr.us-west-2.api.aws and 123456789012.dkr-ecr.us-west-2.on.aws.\n"));
}
