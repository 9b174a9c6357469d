#include <doctest/doctest.h>

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "report/wrap.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::size_t longest_line(const std::string& text) {
  std::size_t longest{};
  for (const std::string_view line : split(text, '\n')) longest = std::max(longest, columns(line));
  return longest;
}

std::string without_colour(std::string text) {
  for (auto at = text.find('\x1b'); at != text.npos; at = text.find('\x1b'))
    text.erase(at, text.find('m', at) - at + 1);
  return text;
}

constexpr std::string_view whole = R"(ecr6 0.1.0 on build-7.corp.example, 2026-08-22T15:17:05Z, took 182 ms

ENDPOINT                      IPv6                 IPv4                 RACE
ecr.us-west-2.api.aws *
  API, dual-stack             reachable     24 ms  reachable     24 ms  IPv6
api.ecr.us-west-2.amazonaws.com
  API, IPv4 only              no address           reachable     24 ms  IPv4
prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com
  layers, dual-stack          unreachable  3.00 s  reachable     24 ms  IPv4
* decides the verdicts; RACE: the family that a client racing both would use

Findings: 1 warning

WARNING  dns.timeout
  prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com,
  IPv6
  seen   AAAA from 10.20.0.2: timeout after 3.00 s
  means  the nameserver does not answer AAAA questions for this name
  do     Ask it with dig; a firewall or resolver that drops AAAA questions has
         to be mended.

Verdicts
  IPv6 alone      ready      An ECR client on this host works over IPv6 alone.
  switch names    ready      You can switch to the dual-stack names now; IPv4
                             may stay as it is.
  exit code       0          decided by --require ipv6 (ready)

ECR6 OK - IPv6 ready: API reachable
)";

}  // namespace

TEST_CASE("the text report is a table, findings, verdicts and a summary within 80 columns") {
  CHECK(render_text(sample::run(), sample::diagnosis(), Style{}) == whole);
  CHECK(longest_line(std::string{whole}) <= 80);
}

TEST_CASE("the report fits every width from 60 columns on") {
  for (int width = 60; width <= 120; width += 5) {
    CAPTURE(width);
    const std::string text = render_text(sample::run(), sample::diagnosis(), {.colour = false, .width = width});
    CHECK(longest_line(text) <= static_cast<std::size_t>(std::max(width, 79)));
    CHECK(contains(text, "unreachable  3.00 s"));
  }
}

TEST_CASE("colour adds ANSI codes and changes no word") {
  const std::string text = render_text(sample::run(), sample::diagnosis(), {.colour = true, .width = 80});
  CHECK(without_colour(text) == whole);
  CHECK(contains(text, "  API, dual-stack             \x1b[32mreachable  \x1b[0m   24 ms  "));
  CHECK(contains(text, "\x1b[31munreachable\x1b[0m  3.00 s"));
  CHECK(contains(text, "\x1b[33mWARNING\x1b[0m  \x1b[1mdns.timeout\x1b[0m\n"));
  CHECK(contains(text, "\x1b[32mECR6 OK\x1b[0m - IPv6 ready: API reachable\n"));
}

TEST_CASE("a run that was cut short or not on the real network says so at the top") {
  Observation run = sample::run();
  run.interrupted = run.deadline_exceeded = true;
  run.settings.lab = "no-aaaa";
  const std::string text = render_text(run, sample::diagnosis(), Style{});
  CHECK(contains(text, "!! LAB RUN: scenario no-aaaa of the embedded ECR on loopback;"));
  CHECK(contains(text, "!! INTERRUPTED: the run was stopped by hand;"));
  CHECK(contains(text, "!! DEADLINE: the run was cut off after 15.00 s (--deadline);"));
  CHECK(text.find("!! LAB") < text.find("ENDPOINT"));
  CHECK(longest_line(text) <= 80);
  CHECK(contains(render_verbose(run, sample::diagnosis(), Style{}), "!! INTERRUPTED"));
}

TEST_CASE("notes, unusual names and ports are in the text") {
  Observation run = sample::run();
  run.notes = {"the sovereign cloud's dual-stack registry is left out"};
  run.endpoints[0].endpoint.port = 8443;
  run.endpoints[0].endpoint.confirmed = false;
  run.endpoints[1].right_name = "ecr.us-west-2.api.aws";
  run.endpoints[1].endpoint.confirmed = false;
  run.endpoints[1].race = {};
  const std::string text = render_text(run, sample::diagnosis(), Style{});
  CHECK(contains(text, "Notes\n  the sovereign cloud's dual-stack registry is left out\n"));
  CHECK(contains(text, "ecr.us-west-2.api.aws:8443 * (unconfirmed name)\n"));
  CHECK(contains(text, "api.ecr.us-west-2.amazonaws.com (wrong name)\n"));
  CHECK(contains(text, "reachable     24 ms  none\n"));
}

TEST_CASE("nothing from outside reaches the terminal unescaped") {
  Observation run = sample::run();
  Diagnosis diagnosis = sample::diagnosis();
  const std::string evil = "\x1b[2J\r\nevil\xff\xe2\x80\xae";
  run.endpoints[0].endpoint.name = run.host.name = evil;
  run.notes = {evil};
  run.settings.lab = evil;
  diagnosis.findings[0].evidence = {evil};
  diagnosis.findings[0].summary = diagnosis.findings[0].advice = evil;
  diagnosis.findings[0].endpoint = diagnosis.findings[0].id = evil;
  const std::string text = render_text(run, diagnosis, Style{});
  CHECK(contains(text, "\\x1b[2J\\x0d\\x0aevil\\xff\\u{202e}"));
  CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c == '\x1b' || c == '\r' || c == '\xff'; }));
  CHECK(repaired_utf8(text) == text);
}

TEST_CASE("an empty run renders") {
  const std::string text = render_text(Observation{}, Diagnosis{}, Style{});
  CHECK(contains(text, "No endpoint was probed.\n"));
  CHECK(contains(text, "Findings: none\n"));
  CHECK(contains(text, "ECR6 UNKNOWN - IPv6 unknown: no endpoint that could decide was tested\n"));
}
