#include <doctest/doctest.h>

#include <algorithm>

#include "certificate_builders.hpp"

namespace ecr6 {

using build::accepted;
using build::amazon;
using build::amazon_root;
using build::api_with;
using build::failed;
using build::findings;
using build::healthy;
using build::raises;
using build::rejected;
using build::run_at_now;
using build::shown;
using build::verified;

namespace {

Attempt tls(Cause cause) { return failed("2600::1", Reached::tls, cause); }
Attempt http(Cause cause) { return failed("2600::1", Reached::http, cause); }

bool shows(const Finding& finding, std::string_view text) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                     [&](const std::string& line) { return line.find(text) != line.npos; });
}

Attempt elsewhere(Attempt attempt, std::string_view address) {
  attempt.address = Address::parse(address).value();
  attempt.family = attempt.address.family();
  return attempt;
}

}  // namespace

TEST_CASE("one way of failing after TCP stood is not taken for its neighbour") {
  struct Row {
    std::string_view id;
    Attempt attempt;
  };
  const Row rows[] = {
      {"tls.alert", tls(Cause::tls_handshake_failed)},
      {"tls.alert", tls(Cause::tls_too_old)},
      {"tls.certificate-expired", tls(Cause::certificate_not_yet_valid)},
      {"tls.certificate-not-yet-valid", tls(Cause::certificate_expired)},
      {"tls.certificate-name", tls(Cause::certificate_untrusted)},
      {"tls.certificate-untrusted", tls(Cause::certificate_name_mismatch)},
      {"tls.closed-early", tls(Cause::connection_reset)},
      {"tls.closed-early", http(Cause::closed_early)},
      {"tls.handshake-failed", tls(Cause::tls_alert)},
      {"tls.handshake-failed", tls(Cause::not_tls)},
      {"tls.not-tls", tls(Cause::closed_early)},
      {"tls.not-tls", http(Cause::http_malformed)},
      {"tls.old-version", tls(Cause::tls_alert)},
      {"tls.reset-on-hello", failed("2600::1", Reached::connect, Cause::connection_reset)},
      {"tls.reset-on-hello", http(Cause::connection_reset)},
      {"tls.reset-on-hello", tls(Cause::closed_early)},
      {"http.closed-early", tls(Cause::closed_early)},
      {"http.closed-early", http(Cause::connection_reset)},
      {"http.connection-reset", tls(Cause::connection_reset)},
      {"http.connection-reset", http(Cause::closed_early)},
      {"http.headers-too-large", http(Cause::http_malformed)},
      {"http.malformed", http(Cause::http_headers_too_large)},
      {"http.malformed", tls(Cause::not_tls)},
  };
  for (const Row& row : rows) {
    CAPTURE(row.id);
    CHECK_FALSE(raises(run_at_now({api_with({row.attempt})}), row.id));
    CHECK_FALSE(raises(run_at_now({api_with({healthy("2600::1")})}), row.id));
  }
}

TEST_CASE("what fails over both families alike is not blamed on IPv6") {
  const auto reset = tls(Cause::connection_reset);
  const auto line = "IPv4 to the same name fails the same way: the address family is not to blame";
  const auto both = run_at_now({api_with({reset}, {elsewhere(reset, "192.0.2.1")})});
  CHECK(shows(findings(both, "tls.reset-on-hello").at(0), line));
  const auto other = run_at_now({api_with({reset}, {elsewhere(tls(Cause::closed_early), "192.0.2.1")})});
  CHECK_FALSE(shows(findings(other, "tls.reset-on-hello").at(0), line));
  CHECK(shows(findings(other, "tls.reset-on-hello").at(0), "IPv4 to the same name fails too: 192.0.2.1: closed_early"));
  const auto partly = run_at_now({api_with({reset}, {elsewhere(reset, "192.0.2.1"), healthy("192.0.2.2")})});
  CHECK_FALSE(shows(findings(partly, "tls.reset-on-hello").at(0), "fails"));
}

TEST_CASE("whether it is this name or every name is in the evidence of a failed handshake") {
  const auto broken = api_with({tls(Cause::connection_reset)});
  auto sound = build::registry();
  const auto one = run_at_now({broken, sound});
  CHECK(
      shows(findings(one, "tls.reset-on-hello").at(0), "TLS to 123456789012.dkr-ecr.us-west-2.on.aws over IPv6 gets"));
  build::replace(sound, Family::ipv6, {tls(Cause::connection_reset)});
  const auto all = run_at_now({broken, sound});
  CHECK(shows(findings(all, "tls.reset-on-hello").at(0), "1 other name of this run fails the same over IPv6"));
  build::replace(sound, Family::ipv6, {tls(Cause::tls_alert)});
  CHECK_FALSE(shows(findings(run_at_now({broken, sound}), "tls.reset-on-hello").at(0), "over IPv6"));
}

TEST_CASE("the evidence says whose certificate it is, what else is wrong with it, and what the other family shows") {
  auto portal = shown("CN = Portal CA");
  portal.names = {"portal.example"};
  portal.not_after = build::now - std::chrono::days{1};
  portal.key = "RSA 1024";
  portal.signature = "sha256WithRSAEncryption";
  portal.chain = {"CN = portal.example", "CN = Portal CA"};
  const auto run = run_at_now({api_with({rejected("2600::1", Cause::certificate_untrusted, portal)})});
  const auto finding = findings(run, "tls.certificate-untrusted").at(0);
  CHECK(shows(finding, "none of its names is ecr.us-west-2.api.aws"));
  CHECK(shows(finding, "by this host's clock it is also expired"));
  CHECK(shows(finding, "its key is RSA 1024 bits: many clients refuse that"));
  CHECK(shows(finding, "chain of 2; key RSA 1024, signed with sha256WithRSAEncryption; SHA-256 "));
  CHECK(
      shows(finding, "IPv4 shows another certificate: subject CN = ecr.us-west-2.api.aws; issuer C = US, O = Amazon"));
  const auto same = rejected("2600::1", Cause::certificate_untrusted, verified(amazon, amazon_root));
  CHECK(shows(findings(run_at_now({api_with({same})}), "tls.certificate-untrusted").at(0),
              "IPv4 shows the same certificate"));
  auto own = shown("CN = own");
  own.subject = own.issuer;
  const auto self_signed = run_at_now({api_with({rejected("2600::1", Cause::certificate_untrusted, own)})});
  CHECK(shows(findings(self_signed, "tls.certificate-untrusted").at(0), "it is self-signed"));
}

TEST_CASE("the first bytes of a peer that does not speak TLS are put into words where they are known") {
  const auto words = [](std::string_view bytes) {
    auto attempt = tls(Cause::not_tls);
    attempt.first_bytes = bytes;
    return findings(run_at_now({api_with({attempt})}), "tls.not-tls").at(0);
  };
  CHECK(shows(words("HTTP/1.1 302 Found\r\n"), "they are plain HTTP"));
  CHECK(shows(words("<html>"), "HTML"));
  CHECK(shows(words("SSH-2.0-x\r\n"), "SSH"));
  CHECK(shows(words("220 mail ESMTP\r\n"), "mail or FTP"));
  CHECK_FALSE(shows(words("unheard of"), "they are"));
}

}  // namespace ecr6
