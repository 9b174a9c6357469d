#include "samples.hpp"

namespace ecr6::samples {

namespace {

using std::chrono::milliseconds;

Address address(std::string_view text) { return Address::parse(text).value(); }

TlsFacts tls_facts() {
  TlsFacts tls;
  tls.version = "TLSv1.3";
  tls.cipher = "TLS_AES_128_GCM_SHA256";
  tls.alpn = "http/1.1";
  tls.subject = "CN = *.dkr-ecr.us-west-2.on.aws, O = \"quoted\" \x1b[31m";
  tls.issuer = "C = US, O = Amazon, CN = Amazon RSA 2048 M01";
  tls.names = {"*.dkr-ecr.us-west-2.on.aws", "2001:db8::1"};
  tls.names_left_out = 9'900;
  tls.chain_left_out = 3;
  tls.not_before = Moment{milliseconds{1'700'000'000'000}};
  tls.not_after = Moment{milliseconds{253'402'300'799'000}};
  tls.verified = true;
  tls.verify_code = 10;
  tls.verify = "certificate has expired";
  tls.fingerprint = "00ff";
  tls.key = "EC 256";
  tls.signature = "ecdsa-with-SHA256";
  tls.chain = {"CN = leaf", "CN = intermediate"};
  tls.root = "CN = Amazon Root CA 1";
  return tls;
}

HttpFacts http_facts() {
  HttpFacts http;
  http.target = "/v2/";
  http.status = 401;
  http.reason = "Unauthorized";
  http.version = 10;
  http.server = "nginx";
  http.headers = {{"Docker-Distribution-Api-Version", "registry/2.0"}, {"Sizes", ""}};
  http.headers_left_out = 3;
  return http;
}

TcpFacts tcp_facts() {
  TcpFacts tcp{2, 4, 3, 5, 2, 1, 1400, 1220, Duration{12'345}, {}, {}, {}, {}, {}, {}};
  tcp.bytes_acked = 18'446'744'073'709'551'615U;
  tcp.bytes_received = 0;
  tcp.bytes_retransmitted = 7;
  tcp.data_segments_in = 1;
  tcp.out_of_order = 0;
  tcp.interface_mtu = 9001;
  return tcp;
}

Attempt attempt() {
  Attempt attempt;
  attempt.family = Family::ipv4;
  attempt.address = address("192.0.2.7");
  attempt.port = 8443;
  attempt.source_address = address("198.51.100.1");
  attempt.diverted_to = "[::1]:8443";
  attempt.reached = Reached::http;
  attempt.cause = Cause::http_malformed;
  attempt.synchronous = true;
  attempt.detail = "bad version\nsecond line";
  attempt.started = Duration{1'001};
  attempt.connect_time = Duration{12'500};
  attempt.tls_time = Duration{1};
  attempt.http_time = Duration{3'000'000};
  attempt.tls = tls_facts();
  attempt.http = http_facts();
  attempt.icmp = IcmpError{address("2001:db8::99"), 1, 4};
  attempt.tcp = tcp_facts();
  attempt.route = Route{"unicast", "eth0", address("fe80::99"), address("198.51.100.1"), 1400, "words"};
  attempt.neighbour = Neighbour{address("fe80::99"), "eth0", "incomplete"};
  attempt.first_bytes = std::string{"HTTP/1.1\0\xff\x1b", 11};
  return attempt;
}

NetworkFacts network() {
  InterfaceAddress own{address("2001:db8::99"), 64, "global", true, true, true, true, true, true, 0, 4'294'967'294U};
  NetworkFacts network;
  network.ipv6_in_kernel = true;
  network.ipv6_off_at_boot = false;
  network.ipv6_default_disable = 1;
  network.interfaces = {{"eth0", 2, true, true, true, 1500, true, true, 2, true, 3, {own}, 7},
                        {"lo", 1, {}, {}, {}, 0, {}, {}, {}, {}, {}, {}, 0}};
  network.interfaces_left_out = 9;
  network.default_routes = {{Family::ipv4, "unicast", "eth0", address("198.51.100.2"), 1024, 254, "ra", 1800},
                            {Family::ipv6, "unreachable", "", {}, 0, 0, "", {}}};
  network.routes_cut_off = true;
  return network;
}

Lookup lookup() {
  ServerAnswer answer;
  answer.nameserver = 1;
  answer.outcome = DnsOutcome::answered;
  answer.records = {{address("2001:db8::1"), 60}, {address("2001:db8::2"), 4'294'967'295U}};
  answer.records_left_out = 3'488;
  answer.aliases = {"alias.example"};
  answer.duration = Duration{2'250};
  answer.tries = 2;
  answer.over_tcp = true;
  answer.tcp_connected = false;
  answer.latency = Duration{1'250};
  answer.detail = "words";
  ServerAnswer failure;
  failure.outcome = DnsOutcome::refused;
  return merge({failure, answer});
}

std::vector<Ping> pings() {
  return {{Family::ipv6, address("2001:db8::1"), "::1", PingOutcome::unreachable, Cause::host_unreachable,
           "No route to host", Duration{250}, PingSocket::raw, IcmpError{address("2001:db8::99"), 1, 3}},
          {Family::ipv4, address("192.0.2.7"), "", PingOutcome::not_permitted, {}, "", {}, {}, {}}};
}

Ec2Facts ec2_facts() {
  Ec2Facts facts;
  facts.outcome = MetadataOutcome::answered;
  facts.service = address("fd00:ec2::254");
  facts.detail = "words";
  facts.duration = Duration{7'250};
  Ec2Interface interface {
    "0a:1b:2c:3d:4e:5f", "eth0", "eni-1", "subnet-1", "vpc-1", {}, {}, {}, {}
  };
  facts.interfaces = {interface};
  interface.ipv6 = {address("2001:db8:1::7")};
  interface.ipv4.emplace();
  interface.subnet_ipv6 = {Prefix::parse("2001:db8:1::/64").value()};
  interface.vpc_ipv6.emplace();
  facts.interfaces.push_back(interface);
  facts.interfaces_left_out = 2;
  return facts;
}

EndpointObservation endpoint() {
  EndpointObservation seen;
  seen.endpoint = {"123456789012.dkr-ecr.us-west-2.on.aws",
                   8443,
                   Role::registry,
                   Addressing::dual_stack,
                   "aws",
                   "us-west-2",
                   "123456789012",
                   true,
                   false};
  seen.required = true;
  seen.why = "the registry of us-west-2";
  seen.right_name = "ecr.us-west-2.api.aws";
  seen.placeholder_account = true;
  seen.ipv6_lookup = lookup();
  seen.ipv4_lookup = Lookup{DnsOutcome::no_data, {}, {"a.example", "b.example"}, Duration{900}, {}};
  seen.attempts = {attempt()};
  Attempt& healthy = seen.attempts.emplace_back();
  healthy.address = address("2001:db8::1");
  healthy.reached = Reached::done;
  seen.ipv6_left_out = 4;
  seen.ipv4_left_out = 5;
  seen.confirmations = {{"small_segments", attempt()}};
  seen.hop_searches = {
      {address("192.0.2.7"), "[::1]:8443", 16, {{3, {address("198.51.100.9"), 11, 0}, Duration{1'500}}}, 7},
      {address("2001:db8::1"), "", 12, {}, {}}};
  seen.race = {Family::ipv6, address("2001:db8::1"), Duration{42'000}};
  seen.system =
      SystemAnswer{{address("192.0.2.7"), address("2001:db8::1")}, 3, "EAI_AGAIN: words", Duration{2'001'000}, true};
  seen.pings = pings();
  return seen;
}

}  // namespace

Observation filled_in() {
  Observation run;
  run.tool_version = "0.1.0";
  run.started_at = Moment{milliseconds{1'790'000'000'123}};
  run.duration = Duration{15'000'001};
  run.interrupted = true;
  run.deadline_exceeded = true;
  run.settings = {false,
                  false,
                  Require::dual,
                  true,
                  Duration{1'500},
                  Duration{9'000'000},
                  7,
                  3,
                  "eth0",
                  {"a:443:[::1]:8443"},
                  "healthy",
                  true,
                  true,
                  Trust::option};
  run.host.name = "build-7";
  run.host.operating_system = "Linux 6.1.0";
  run.host.resolv_conf = "/etc/resolv.conf";
  run.host.proxies = {{"HTTPS_PROXY", "http://proxy.example:3128"}};
  run.host.no_proxy = ".amazonaws.com";
  run.host.no_proxy_lower_case = "*";
  run.host.hosts_entries = {{"ecr.us-west-2.api.aws", address("::1"), 12}};
  run.host.network = network();
  run.host.gai_precedences = {{"::ffff:0:0/96", 100, 3}};
  run.host.container_marks = {"/.dockerenv exists"};
  run.host.notes = {"gai.conf: permission denied"};
  run.host.ec2 = ec2_facts();
  run.nameservers = {{address("fe80::1"), 53, "eth0", "/etc/resolv.conf", true},
                     {address("192.0.2.53"), 5353, "", "--resolver", false}};
  run.endpoints = {endpoint()};
  run.notes = {"the dual-stack registry of eusc-de-east-1 is left out: its spelling is not confirmed"};
  run.nat64 = lookup();
  run.ip_ranges = IpRanges{"ranges.json", "2026-08-22-15-17-05", 16'828, {}};
  run.ip_ranges->matches = {{address("2600:1f13::1"), Prefix::parse("2600:1f13::/36"), "us-west-2", {"EC2", "AMAZON"}},
                            {address("192.0.2.7"), std::nullopt, "", {}}};
  return run;
}

Observation nearly_empty() {
  Observation run;
  run.endpoints.emplace_back();
  run.endpoints.back().endpoint.name = "2001:db8::1";
  return run;
}

}  // namespace ecr6::samples
