#include <doctest/doctest.h>

#include <algorithm>

#include "report/transcript.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;

namespace {

bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

std::string lines_of(const Attempt& attempt) {
  const Endpoint endpoint = sample::dual_stack_api().endpoint;
  return attempt_lines(attempt, {endpoint, "0.1.0"});
}

}  // namespace

TEST_CASE("an attempt that went through reads like curl's transcript") {
  CHECK(lines_of(sample::went_through("2600:1f14::1", Duration{9'500})) ==
        R"(*   Trying [2600:1f14::1]:443...
* Connected to ecr.us-west-2.api.aws (2600:1f14::1) port 443
* ALPN: ecr6 offers http/1.1
* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256
* ALPN: server accepted http/1.1
* Server certificate:
*  subject: CN = ecr.us-west-2.api.aws
*  start date: Jan  2 03:04:05 2026 GMT
*  expire date: Feb 28 23:59:59 2027 GMT
*  subjectAltName: ecr.us-west-2.api.aws
*  issuer: C = US, O = Amazon, CN = Amazon RSA 2048 M02
*  SSL certificate verify ok.
> GET / HTTP/1.1
> Host: ecr.us-west-2.api.aws
> User-Agent: ecr6/0.1.0
> Accept: */*
> Connection: close
>
< HTTP/1.1 404 Not Found
< x-amzn-RequestId: abc
< Content-Length: 29
<
* Went through from 2600:1f18::5: connect 9.5 ms, tls 12 ms, http 2.5 ms; closing connection
)");
}

TEST_CASE("a failed attempt names stage, address, source, cause, the system's words and the time") {
  Attempt refused = sample::refused("2600:1f14::1");
  CHECK(lines_of(refused) ==
        "*   Trying [2600:1f14::1]:443...\n"
        "* connect to 2600:1f14::1 port 443 from 2600:1f18::5 failed: connection_refused (Connection refused) "
        "after 12 ms\n");
  refused.icmp = IcmpError{sample::address("2600:1f18::1"), 1, 4};
  CHECK(contains(lines_of(refused), "* ICMPv6 type 1 code 4 came from 2600:1f18::1\n"));
}

TEST_CASE("an address that had no route is shown, and that nothing left this host") {
  Attempt attempt;
  attempt.address = sample::address("2600:1f14::1");
  attempt.cause = Cause::network_unreachable;
  attempt.synchronous = true;
  attempt.detail = "Network is unreachable";
  attempt.connect_time = Duration{100};
  CHECK(lines_of(attempt) ==
        "*   Trying [2600:1f14::1]:443...\n"
        "* Immediate connect fail for 2600:1f14::1: network_unreachable (Network is unreachable) after 0.1 ms, by "
        "this host itself: nothing was sent\n");
}

TEST_CASE("a rejected certificate is shown in full before the failure") {
  Attempt attempt = sample::went_through("52.94.1.1", Duration{9'000});
  attempt.reached = Reached::tls;
  attempt.cause = Cause::certificate_expired;
  attempt.detail = "certificate has expired";
  attempt.http.reset();
  attempt.tls->verified = false;
  attempt.tls->verify = "certificate has expired";
  attempt.tls->verify_code = 10;
  const std::string text = lines_of(attempt);
  CHECK(contains(text, "*  expire date: Feb 28 23:59:59 2027 GMT\n"));
  CHECK(contains(text, "*  SSL certificate verify result: certificate has expired (10), continuing to observe.\n"));
  CHECK(contains(text,
                 "* tls with 52.94.1.1 port 443 from 10.20.0.5 failed: certificate_expired (certificate has expired) "
                 "after 12 ms\n"));
  CHECK(!contains(text, "> GET"));
}

TEST_CASE("an HTTP failure shows the request and no answer") {
  Attempt attempt = sample::went_through("52.94.1.1", Duration{9'000});
  attempt.reached = Reached::http;
  attempt.cause = Cause::http_malformed;
  attempt.http.reset();
  attempt.http_time = Duration{3'000'000};
  attempt.first_bytes = "\x16\x03garbage\n";
  const std::string text = lines_of(attempt);
  CHECK(contains(text, "> GET / HTTP/1.1\n"));
  CHECK(!contains(text, "<"));
  CHECK(contains(text, "* first bytes: \\x16\\x03garbage\\x0a\n"));
  CHECK(contains(text, "* http with 52.94.1.1 port 443 from 10.20.0.5 failed: http_malformed after 3.00 s\n"));
}

TEST_CASE("the Host header is the one that was sent: with a port, and with brackets around an IPv6 literal") {
  const std::pair<std::uint16_t, const char*> rows[] = {{443, "> Host: [2600:1f14::1]\n"},
                                                        {8443, "> Host: [2600:1f14::1]:8443\n"}};
  for (const auto& [port, line] : rows) {
    Endpoint endpoint;
    endpoint.name = "2600:1f14::1";
    endpoint.port = port;
    const Attempt attempt = sample::went_through("2600:1f14::1", Duration{9'500});
    CHECK(contains(attempt_lines(attempt, {endpoint, "0.1.0"}), line));
  }
}

TEST_CASE("hostile certificate fields, headers and aliases are escaped, one line each") {
  Observation run = sample::run();
  const std::string evil = "\x1b]0;x\x07\r\n< HTTP/1.1 200 OK\xc3";
  EndpointObservation& seen = run.endpoints[0];
  seen.attempts[0].tls->subject = seen.attempts[0].tls->issuer = evil;
  seen.attempts[0].tls->names = std::vector<std::string>(50, evil);
  seen.attempts[0].tls->names_left_out = 9'950;
  seen.attempts[0].http->headers = {{evil, evil}};
  seen.attempts[0].http->reason = evil;
  seen.ipv6_lookup->by_nameserver[0].aliases = {evil};
  seen.ipv6_lookup->by_nameserver[0].detail = evil;
  seen.confirmations = {{evil, seen.attempts[0]}};
  seen.why = evil;
  const std::string text = render_verbose(run, sample::diagnosis(), Style{});
  CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c == '\x1b' || c == '\r' || c == '\xc3'; }));
  CHECK(!contains(text, "\n< HTTP/1.1 200 OK"));
  CHECK(contains(text, ", and 9990 more\n"));
}

TEST_CASE("resolving is shown nameserver by nameserver, then as curl sums it up") {
  Observation run = sample::run();
  run.nameservers.push_back({sample::address("fe80::1"), 5353, "eth0", "--resolver", false});
  EndpointObservation& seen = run.endpoints[0];
  ServerAnswer slow;
  slow.nameserver = 1;
  slow.outcome = DnsOutcome::timeout;
  slow.duration = Duration{3'000'000};
  slow.tries = 2;
  slow.detail = "no answer";
  seen.ipv6_lookup->by_nameserver.push_back(slow);
  seen.ipv6_lookup->by_nameserver[0].over_tcp = true;
  seen.ipv6_lookup->by_nameserver[0].aliases = {"ecr-elb.us-west-2.amazonaws.com"};
  CHECK(resolve_lines(run, seen) ==
        R"(* AAAA from 10.20.0.2: answered after 1.4 ms, over TCP
*   alias ecr-elb.us-west-2.amazonaws.com
*   2600:1f14::1 (TTL 60 s)
* AAAA from [fe80::1]:5353%eth0: timeout after 3.00 s, asked 2 times (no answer)
* A from 10.20.0.2: answered after 1.4 ms
*   52.94.1.1 (TTL 60 s)
* Host ecr.us-west-2.api.aws:443 was resolved.
* IPv6: 2600:1f14::1
* IPv4: 52.94.1.1
)");
}

TEST_CASE("what the system gives applications stands below the nameservers' answers, in its order") {
  auto endpoint = sample::dual_stack_api();
  endpoint.system.emplace();
  endpoint.system->addresses = {Address::parse("192.0.2.7").value(), Address::parse("2600:1f14::1").value()};
  endpoint.system->duration = Duration{4'000};
  CHECK(contains(resolve_lines({}, endpoint), "\n* getaddrinfo: 192.0.2.7, 2600:1f14::1 after 4.0 ms\n"));
  endpoint.system->addresses.clear();
  endpoint.system->error = "EAI_AGAIN: words";
  CHECK(contains(resolve_lines({}, endpoint), "* getaddrinfo: EAI_AGAIN: words after 4.0 ms\n"));
  endpoint.system->killed = true;
  CHECK(contains(resolve_lines({}, endpoint), "* getaddrinfo had not come back after 4.0 ms\n"));
}

TEST_CASE("a family that was switched off and a name without any address say so") {
  Observation run = sample::run();
  run.settings.ipv4 = false;
  EndpointObservation& seen = run.endpoints[0];
  seen.ipv6_lookup = sample::failed(DnsOutcome::name_not_found, Duration{800});
  seen.ipv4_lookup.reset();
  const std::string text = resolve_lines(run, seen);
  CHECK(contains(text, "* Could not resolve host: ecr.us-west-2.api.aws\n"));
  CHECK(contains(text, "* IPv6: (none: name_not_found)\n* IPv4: (switched off)\n"));
}

TEST_CASE("the transcript ends each endpoint with the race and what was left out") {
  Observation run = sample::run();
  run.endpoints[0].ipv6_left_out = 4;
  const std::string text = render_verbose(run, sample::diagnosis(), Style{});
  CHECK(contains(text,
                 "* 4 more IPv6 addresses were not tried: bound by --max-addresses\n"
                 "* Race (RFC 8305): IPv6 wins with 2600:1f14::1 after 9.6 ms\n*\n* == api.ecr"));
  CHECK(contains(text, "\nFindings: 1 warning\n"));
  CHECK(text.ends_with("ECR6 OK - IPv6 ready: API reachable\n"));
}
