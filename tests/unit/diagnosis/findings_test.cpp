#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "builders.hpp"

namespace ecr6 {

using build::failed;
using build::healthy;
using build::raises;

namespace {

Observation with_ipv6(std::vector<Attempt> attempts) {
  auto seen = build::api();
  build::replace(seen, Family::ipv6, std::move(attempts));
  return build::run({seen});
}

Attempt with_icmp(Attempt attempt, std::string_view offender, std::string_view source) {
  attempt.icmp = IcmpError{Address::parse(offender).value(), 1, 1};
  attempt.source_address = Address::parse(source).value();
  return attempt;
}

Attempt at_once(Attempt attempt) {
  attempt.synchronous = true;
  return attempt;
}

}  // namespace

TEST_CASE("a healthy run has nothing to report") {
  CHECK(build::ids(build::run({build::api(), build::registry()})) == std::vector<std::string>{});
}

TEST_CASE("every cause has its finding, with the address, the stage and the cause as evidence") {
  struct Row {
    Attempt attempt;
    std::string_view id;
  };
  const auto connect = [](Cause cause) { return failed("2600::1", Reached::connect, cause); };
  const auto tls = [](Cause cause) { return failed("2600::1", Reached::tls, cause); };
  const auto http = [](Cause cause) { return failed("2600::1", Reached::http, cause); };
  const Row rows[] = {
      {at_once(connect(Cause::network_unreachable)), "host.no-route"},
      {connect(Cause::network_unreachable), "net.no-route-upstream"},
      {at_once(connect(Cause::host_unreachable)), "host.no-route"},
      {connect(Cause::host_unreachable), "net.host-unreachable"},
      {with_icmp(connect(Cause::host_unreachable), "2600::fe", "2600::99"), "net.rejected"},
      {with_icmp(connect(Cause::host_unreachable), "2600::99", "2600::99"), "net.local-firewall"},
      {at_once(connect(Cause::invalid_route)), "host.blackhole-route"},
      {at_once(connect(Cause::address_not_available)), "host.no-usable-address"},
      {at_once(connect(Cause::family_not_supported)), "host.ipv6-disabled"},
      {connect(Cause::connection_refused), "net.refused"},
      {with_icmp(connect(Cause::connection_refused), "2600::fe", "2600::99"), "net.rejected"},
      {with_icmp(connect(Cause::connection_refused), "2600::99", "2600::99"), "net.local-firewall"},
      {connect(Cause::connection_reset), "net.reset"},
      {connect(Cause::admin_prohibited), "net.rejected"},
      {at_once(connect(Cause::permission_denied)), "host.connect-forbidden"},
      {connect(Cause::protocol_error), "net.protocol-error"},
      {with_icmp(connect(Cause::protocol_error), "2600::fe", "2600::99"), "net.rejected"},
      {connect(Cause::connect_timeout), "net.silent-drop"},
      {tls(Cause::tls_timeout), "tls.timeout"},
      {tls(Cause::tls_alert), "tls.alert"},
      {tls(Cause::tls_handshake_failed), "tls.handshake-failed"},
      {tls(Cause::connection_reset), "tls.reset-on-hello"},
      {tls(Cause::not_tls), "tls.not-tls"},
      {tls(Cause::tls_too_old), "tls.old-version"},
      {tls(Cause::closed_early), "tls.closed-early"},
      {tls(Cause::certificate_expired), "tls.certificate-expired"},
      {tls(Cause::certificate_not_yet_valid), "tls.certificate-not-yet-valid"},
      {tls(Cause::certificate_name_mismatch), "tls.certificate-name"},
      {tls(Cause::certificate_untrusted), "tls.certificate-untrusted"},
      {http(Cause::http_timeout), "http.timeout"},
      {http(Cause::http_malformed), "http.malformed"},
      {http(Cause::http_headers_too_large), "http.headers-too-large"},
      {http(Cause::connection_reset), "http.connection-reset"},
      {http(Cause::closed_early), "http.closed-early"},
      {connect(Cause::too_many_files), "host.too-many-files"},
      {connect(Cause::other), "net.other-error"},
      {connect(Cause::deadline_exceeded), "run.deadline"},
      {connect(Cause::interrupted), "run.interrupted"},
  };
  std::set<Cause> covered;
  for (const Row& row : rows) {
    covered.insert(*row.attempt.cause);
    const auto findings = diagnose(with_ipv6({row.attempt})).findings;
    CAPTURE(row.id);
    CAPTURE(to_string(*row.attempt.cause));
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].id == row.id);
    CHECK_FALSE(findings[0].evidence.empty());
    CHECK_FALSE(findings[0].advice.empty());
    if (row.id.starts_with("run.") || row.id.starts_with("host.")) continue;  // about no one endpoint
    CHECK(findings[0].endpoint == "ecr.us-west-2.api.aws");
    CHECK(findings[0].family == Family::ipv6);
    CHECK(findings[0].severity == Severity::error);
    CHECK(findings[0].evidence[0].find("2600::1") == 0);
    CHECK(findings[0].evidence[0].find(to_string(*row.attempt.cause)) != std::string::npos);
  }
  CHECK(covered.size() == static_cast<std::size_t>(Cause::other) + 1);
}

TEST_CASE("eight addresses that die the same way are one finding with a line for each") {
  std::vector<Attempt> attempts;
  for (int i = 1; i <= 8; ++i)
    attempts.push_back(failed("2600::" + std::to_string(i), Reached::connect, Cause::connect_timeout));
  const auto findings = build::findings(with_ipv6(attempts), "net.silent-drop");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].evidence.size() == 10);  // and which hop answers last, and how IPv4 fares
  CHECK(findings[0].summary.find("all 8 addresses") != std::string::npos);
}

TEST_CASE("a fault of a family that --require does not look at is a warning") {
  auto seen = build::api();
  build::replace(seen, Family::ipv4, {failed("192.0.2.1", Reached::connect, Cause::connection_refused)});
  auto run = build::run({seen});
  const auto severity = [&](Require require) {
    run.settings.require = require;
    return build::findings(run, "net.refused").at(0).severity;
  };
  CHECK(severity(Require::ipv6) == Severity::warning);
  CHECK(severity(Require::any) == Severity::warning);
  CHECK(severity(Require::migrate) == Severity::warning);
  CHECK(severity(Require::dual) == Severity::error);
}

TEST_CASE("two faults of one family are two findings") {
  const auto run = with_ipv6({failed("2600::1", Reached::connect, Cause::connection_refused),
                              failed("2600::2", Reached::connect, Cause::connect_timeout)});
  CHECK(build::ids(run) == std::vector<std::string>{"net.refused", "net.silent-drop"});
}

TEST_CASE("a fault on one address of several is a warning, and so is one of an endpoint that does not decide") {
  const auto some = with_ipv6({healthy("2600::1"), failed("2600::2", Reached::connect, Cause::connection_refused)});
  CHECK(build::findings(some, "net.refused").at(0).severity == Severity::warning);
  CHECK(build::findings(some, "net.refused").at(0).summary.find("1 of 2 addresses") != std::string::npos);
  auto seen = build::current_api();
  build::replace(seen, Family::ipv4, {failed("192.0.2.1", Reached::connect, Cause::connection_refused)});
  CHECK(build::findings(build::run({seen}), "net.refused").at(0).severity == Severity::warning);
}

TEST_CASE("the certificate and the first bytes are shown, each certificate once") {
  auto attempt = failed("2600::1", Reached::tls, Cause::certificate_name_mismatch);
  attempt.tls.emplace();
  attempt.tls->subject = "CN = portal.example";
  attempt.tls->issuer = "CN = Portal CA";
  attempt.tls->names = {"portal.example"};
  auto twin = attempt;
  twin.address = Address::parse("2600::2").value();
  const auto finding = build::findings(with_ipv6({attempt, twin}), "tls.certificate-name").at(0);
  const auto shows = [&](std::string_view text) {
    return std::count_if(finding.evidence.begin(), finding.evidence.end(),
                         [&](const std::string& line) { return line.find(text) != line.npos; });
  };
  CHECK(shows("CN = portal.example; issuer CN = Portal CA") == 1);
  auto plain = failed("2600::1", Reached::tls, Cause::not_tls);
  plain.first_bytes = "HTTP/1.1 302\r\n";
  CHECK(build::findings(with_ipv6({plain}), "tls.not-tls").at(0).evidence.at(1) ==
        "first bytes from 2600::1: HTTP/1.1 302\\x0d\\x0a");
}

TEST_CASE("statuses: unexpected, denied over IPv6, different") {
  auto registry = build::registry();
  registry.attempts[0].http->status = registry.attempts[1].http->status = 403;
  CHECK(build::ids(build::run({registry})) ==
        std::vector<std::string>{"http.unexpected-answer", "http.denied-over-ipv6"});
  auto api = build::api();
  api.attempts[0].http->status = api.attempts[1].http->status = 200;
  CHECK(build::ids(build::run({api})) == std::vector<std::string>{"http.status-differs"});
  api.attempts[2].http->status = 200;
  CHECK(build::ids(build::run({api})).empty());
}

TEST_CASE("names: wrong, older, not ECR's, unconfirmed") {
  auto wrong = build::api();
  wrong.endpoint.name = "api.ecr.us-west-2.api.aws";
  wrong.right_name = "ecr.us-west-2.api.aws";
  wrong.required = false;
  const auto finding = build::findings(build::run({build::api(), wrong}), "dns.wrong-name").at(0);
  CHECK(finding.advice.find("Use ecr.us-west-2.api.aws") == 0);
  auto older = build::current_api();
  older.endpoint.name = "ecr.us-west-2.amazonaws.com";
  older.right_name = "api.ecr.us-west-2.amazonaws.com";
  CHECK(raises(build::run({build::api(), older}), "ecr.older-name"));
  CHECK_FALSE(raises(build::run({build::api(), older}), "dns.wrong-name"));
  older.right_name.reset();  // a plan gives none: the verdict is not carried by today's name
  CHECK(raises(build::run({build::api(), older}), "ecr.older-name"));
  older.endpoint.name = "ecr-fips.us-west-2.amazonaws.com";
  CHECK_FALSE(raises(build::run({build::api(), older}), "ecr.older-name"));
  CHECK(raises(build::run({build::other_host("registry.example")}), "ecr.not-an-ecr-name"));
  CHECK(raises(build::run({build::other_host("ecr.us-west-2.api.aws.evil.example")}), "ecr.not-an-ecr-name"));
  CHECK_FALSE(raises(build::run({build::api()}), "ecr.not-an-ecr-name"));
  auto unconfirmed = build::api();
  unconfirmed.endpoint.confirmed = false;
  CHECK(build::findings(build::run({unconfirmed}), "ecr.unconfirmed-name").at(0).severity == Severity::info);
  wrong.endpoint.confirmed = false;
  CHECK_FALSE(raises(build::run({build::api(), wrong}), "ecr.unconfirmed-name"));
}

TEST_CASE("a question that the end of the run cut off says nothing about the nameserver") {
  auto slow = build::api();
  slow.ipv6_lookup = slow.ipv4_lookup = build::nothing(DnsOutcome::timeout);
  slow.attempts.clear();
  Observation run = build::run({slow});
  run.settings.timeout = slow.ipv6_lookup->duration + Duration{1};
  CHECK(build::ids(run) == std::vector<std::string>{"dns.resolver-unreachable"});
  run.deadline_exceeded = true;
  CHECK(build::ids(run) == std::vector<std::string>{"run.deadline"});
}

TEST_CASE("notes about the run") {
  Observation run = build::run({build::api()});
  run.nameservers.push_back({Address::parse("192.0.2.54").value(), 53, "", "/etc/resolv.conf", false});
  CHECK(build::ids(run) == std::vector<std::string>{"run.nameservers-ignored"});
  for (Nameserver& nameserver : run.nameservers) {
    nameserver.used_by_system = false;
    nameserver.source = "--resolver";
  }
  CHECK(build::ids(run).empty());
  run.settings.lab = "healthy";
  CHECK(build::ids(run) == std::vector<std::string>{"run.lab"});
  CHECK(build::ids(build::run({})) == std::vector<std::string>{"run.nothing-required"});
  auto many = build::api();
  many.ipv6_left_out = 3;
  CHECK(build::findings(build::run({many}), "run.addresses-left-out").at(0).evidence.at(0) ==
        "3 more IPv6 addresses were not tried");
}

TEST_CASE("the placeholder account is mentioned once, however many registries used it") {
  auto first = build::registry(), second = build::registry();
  first.placeholder_account = second.placeholder_account = true;
  const auto findings = build::findings(build::run({first, second}), "run.placeholder-account");
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].evidence.size() == 2);
}

TEST_CASE("findings are ranked: errors, warnings, notes; in the order of the endpoints within") {
  auto broken = build::registry();
  build::replace(broken, Family::ipv6, {failed("2600::1", Reached::connect, Cause::connect_timeout)});
  auto partly = build::api();
  partly.attempts[0] = failed("2600:1f13::1", Reached::connect, Cause::connection_refused);
  const auto run = build::run({partly, build::current_api(), broken});
  CHECK(build::ids(run) ==
        std::vector<std::string>{"net.silent-drop", "net.refused", "net.some-addresses-fail", "dns.no-aaaa"});
}

}  // namespace ecr6
