#pragma once

#include "ecr6/report/report.hpp"

/// Runs put together by hand, for the renderers.
namespace ecr6::sample {

inline Address address(std::string_view text) { return Address::parse(text).value(); }

inline TlsFacts certificate() {
  TlsFacts tls;
  tls.version = "TLSv1.3";
  tls.cipher = "TLS_AES_128_GCM_SHA256";
  tls.alpn = "http/1.1";
  tls.subject = "CN = ecr.us-west-2.api.aws";
  tls.issuer = "C = US, O = Amazon, CN = Amazon RSA 2048 M02";
  tls.names = {"ecr.us-west-2.api.aws"};
  tls.not_before = from_rfc3339("2026-01-02T03:04:05Z").value();
  tls.not_after = from_rfc3339("2027-02-28T23:59:59Z").value();
  tls.verified = true;
  tls.verify = "ok";
  return tls;
}

inline Attempt went_through(std::string_view peer, Duration connect) {
  Attempt attempt;
  attempt.address = address(peer);
  attempt.family = attempt.address.family();
  attempt.source_address = address(attempt.address.is_v6() ? "2600:1f18::5" : "10.20.0.5");
  attempt.reached = Reached::done;
  attempt.connect_time = connect;
  attempt.tls_time = Duration{12'000};
  attempt.http_time = Duration{2'500};
  attempt.tls = certificate();
  HttpFacts http;
  http.target = "/";
  http.status = 404;
  http.reason = "Not Found";
  http.headers = {{"x-amzn-RequestId", "abc"}, {"Content-Length", "29"}};
  attempt.http = http;
  return attempt;
}

inline Attempt refused(std::string_view peer) {
  Attempt attempt;
  attempt.address = address(peer);
  attempt.family = attempt.address.family();
  attempt.source_address = address("2600:1f18::5");
  attempt.cause = Cause::connection_refused;
  attempt.detail = "Connection refused";
  attempt.connect_time = Duration{12'000};
  return attempt;
}

inline Lookup looked_up(ServerAnswer answer) { return merge({std::move(answer)}); }

inline Lookup answered(std::initializer_list<std::string_view> addresses) {
  ServerAnswer answer;
  answer.outcome = DnsOutcome::answered;
  for (const std::string_view text : addresses) answer.records.push_back({address(text), 60});
  answer.duration = Duration{1'400};
  return looked_up(answer);
}

inline Lookup failed(DnsOutcome outcome, Duration duration) {
  ServerAnswer answer;
  answer.outcome = outcome;
  answer.duration = duration;
  return looked_up(answer);
}

inline EndpointObservation endpoint(std::string_view name, Role role, Addressing addressing) {
  EndpointObservation seen;
  seen.endpoint.name = name;
  seen.endpoint.role = role;
  seen.endpoint.addressing = addressing;
  seen.endpoint.partition = "aws";
  seen.endpoint.region = "us-west-2";
  return seen;
}

inline EndpointObservation dual_stack_api() {
  EndpointObservation api = endpoint("ecr.us-west-2.api.aws", Role::api, Addressing::dual_stack);
  api.required = true;
  api.why = "the API of us-west-2";
  api.ipv6_lookup = answered({"2600:1f14::1"});
  api.ipv4_lookup = answered({"52.94.1.1"});
  api.attempts = {went_through("2600:1f14::1", Duration{9'500}), went_through("52.94.1.1", Duration{9'100})};
  api.race = {Family::ipv6, address("2600:1f14::1"), Duration{9'600}};
  return api;
}

inline EndpointObservation current_api() {
  EndpointObservation api = endpoint("api.ecr.us-west-2.amazonaws.com", Role::api, Addressing::ipv4_only);
  api.ipv6_lookup = failed(DnsOutcome::no_data, Duration{900});
  api.ipv4_lookup = answered({"52.94.1.2"});
  api.attempts = {went_through("52.94.1.2", Duration{9'100})};
  api.race = {Family::ipv4, address("52.94.1.2"), Duration{9'200}};
  return api;
}

inline EndpointObservation layers() {
  EndpointObservation host = endpoint("prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com",
                                      Role::layers, Addressing::dual_stack);
  host.ipv6_lookup = failed(DnsOutcome::timeout, Duration{3'000'000});
  host.ipv4_lookup = answered({"52.218.0.1"});
  host.attempts = {went_through("52.218.0.1", Duration{9'100})};
  host.race = {Family::ipv4, address("52.218.0.1"), Duration{9'200}};
  return host;
}

/// A healthy dual-stack API, its current twin, and a layer host with a very long name whose AAAA times out.
inline Observation run() {
  Observation run;
  run.tool_version = "0.1.0";
  run.started_at = from_rfc3339("2026-08-22T15:17:05Z").value();
  run.duration = Duration{182'000};
  run.host.name = "build-7.corp.example";
  run.host.operating_system = "Linux 6.1.0";
  run.nameservers = {{address("10.20.0.2"), 53, "", "/etc/resolv.conf", true}};
  run.endpoints = {dual_stack_api(), current_api(), layers()};
  return run;
}

inline Finding silent_nameserver() {
  Finding finding;
  finding.id = "dns.timeout";
  finding.severity = Severity::warning;
  finding.endpoint = "prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com";
  finding.family = Family::ipv6;
  finding.summary = "the nameserver does not answer AAAA questions for this name";
  finding.evidence = {"AAAA from 10.20.0.2: timeout after 3.00 s"};
  finding.advice = "Ask it with dig; a firewall or resolver that drops AAAA questions has to be mended.";
  return finding;
}

/// What goes with run(): written by hand, so that the renderers are tested apart from the rules.
inline Diagnosis diagnosis() {
  Diagnosis diagnosis;
  diagnosis.endpoints = {{Reachability::reachable, Reachability::reachable},
                         {Reachability::no_address, Reachability::reachable},
                         {Reachability::unreachable, Reachability::reachable}};
  diagnosis.findings = {silent_nameserver()};
  diagnosis.verdict = {Readiness::ready, Readiness::ready, Require::ipv6, Readiness::ready, 0};
  return diagnosis;
}

}  // namespace ecr6::sample
