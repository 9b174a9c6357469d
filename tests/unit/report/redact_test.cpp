#include <doctest/doctest.h>

#include <boost/json.hpp>

#include "../observation/samples.hpp"
#include "ecr6/core/json.hpp"
#include "ecr6/diagnosis/diagnosis.hpp"
#include "ecr6/observation/json.hpp"
#include "report/redact_text.hpp"
#include "report/stand_ins.hpp"
#include "sample.hpp"

using namespace ecr6;
using namespace ecr6::report;

namespace {

std::string json_of(const Observation& run) { return to_text(to_json(run)); }
bool contains(const std::string& text, std::string_view part) { return text.find(part) != text.npos; }

Ec2Facts revealing_interface(const std::string& secret) {
  Ec2Interface interface;
  interface.mac = "0a:1b:2c:3d:4e:5f";
  interface.interface_id = "eni-0123456789abcdef0";
  interface.subnet_id = "subnet-0123456789abcdef0";
  interface.vpc_id = "vpc-0123456789abcdef0";
  interface.ipv6 = {sample::address("2600:1f18::5")};
  interface.ipv4 = {sample::address("10.20.0.5")};
  interface.subnet_ipv6 = {Prefix::parse("2600:1f18:5:1::/64").value()};
  interface.vpc_ipv6 = {Prefix::parse("2600:1f18:5::/56").value()};
  Ec2Facts facts;
  facts.detail = secret;
  facts.interfaces = {interface};
  return facts;
}

/// Secrets in every place where they can stand.
Observation revealing_run() {
  Observation run = sample::run();
  const std::string secret =
      "account 210987654321 at build-7.corp.example (BUILD-7) with 10.20.0.5, 2600:1F18::5, ip-10-20-0-5.internal, "
      "asked 10.20.0.2:53 and [2600:1f18:0::5]:443 over a:443:10.20.0.5:443 and ::ffff:10.20.0.5 through "
      "proxy.corp.example.";
  run.host.proxies = {{"HTTPS_PROXY", "http://proxy.corp.example:3128"}};
  run.host.notes = run.notes = run.settings.connect_to = {secret};
  run.host.no_proxy = run.host.no_proxy_lower_case = run.settings.interface = secret;
  EndpointObservation& seen = run.endpoints[0];
  seen.endpoint.name = "210987654321.dkr-ecr.us-west-2.on.aws";
  seen.endpoint.role = Role::registry;
  seen.endpoint.account = "210987654321";
  seen.why = secret;
  seen.right_name = "210987654321.dkr-ecr.us-west-2.on.aws";
  seen.ipv6_lookup->aliases = seen.ipv6_lookup->by_nameserver[0].aliases = {"x.210987654321.example", secret};
  seen.ipv6_lookup->by_nameserver[0].detail = secret;
  Attempt& attempt = seen.attempts[0];
  attempt.detail = attempt.diverted_to = secret;
  attempt.first_bytes = "GET 210987654321";
  attempt.icmp = IcmpError{sample::address("10.20.0.1"), 3, 13};
  attempt.tls->subject = attempt.tls->issuer = secret;
  attempt.tls->names = attempt.tls->chain = {"210987654321.example", secret};
  attempt.http->target = attempt.http->reason = attempt.http->server = secret;
  attempt.http->headers = {
      {"Www-Authenticate", "Basic realm=\"https://210987654321.dkr.ecr.us-west-2.amazonaws.com/\""},
      {"Docker-Distribution-Api-Version", "registry/2.0"}};
  seen.confirmations = {{"later_connect", attempt}};
  Ping& ping = seen.pings.emplace_back();
  ping.address = attempt.address;
  ping.diverted_to = ping.detail = secret;
  ping.icmp = attempt.icmp;
  run.host.ec2 = revealing_interface(secret);
  return run;
}

/// What a reader acts on.
std::vector<std::string> meaning_of(const Observation& run) {
  const Diagnosis diagnosis = diagnose(run);
  std::vector<std::string> words;
  for (const EndpointVerdict& verdict : diagnosis.endpoints)
    for (const Family family : both_families) words.emplace_back(to_string(verdict.of(family)));
  for (const Finding& finding : diagnosis.findings) words.push_back(finding.id);
  words.emplace_back(to_string(diagnosis.verdict.ipv6));
  words.emplace_back(to_string(diagnosis.verdict.migrate));
  words.push_back(std::to_string(diagnosis.verdict.exit_code));
  return words;
}

}  // namespace

TEST_CASE("a redacted run diagnoses the same, whatever the class of the addresses that were replaced") {
  CHECK(meaning_of(redacted(revealing_run())) == meaning_of(revealing_run()));
  CHECK(meaning_of(redacted(samples::filled_in())) == meaning_of(samples::filled_in()));
  for (const char* const text : {"10.1.2.3", "169.254.9.9", "fe80::abcd", "fd12:3456::1", "2001:db8::99", "127.0.0.53",
                                 "64:ff9b::102:304", "2002:c000:204::1", "2001::9", "8.8.8.8", "fd00:ec2::253"}) {
    CAPTURE(text);
    Observation run = revealing_run();
    run.nameservers[0].address = sample::address(text);
    for (Attempt& attempt : run.endpoints[0].attempts) {
      attempt = sample::refused(attempt.address.to_string());
      attempt.source_address = sample::address(text);
      attempt.icmp = IcmpError{sample::address(text), 1, 3};
    }
    CHECK(meaning_of(redacted(run)) == meaning_of(run));
  }
}

TEST_CASE("nothing of the house is left after redaction, in any field") {
  const std::string text = json_of(redacted(revealing_run()));
  for (const char* const secret :
       {"210987654321", "build-7", "BUILD-7", "corp.example", "10.20.0.5", "10-20-0-5", "2600:1f18::5", "2600:1F18::5",
        "2600:1f18:0::5", "10.20.0.2", "10.20.0.1", "0a:1b:2c", "0123456789abcdef0", "2600:1f18:5"}) {
    CAPTURE(secret);
    CHECK(!contains(text, secret));
  }
  CHECK(contains(text, "registry/2.0"));
  CHECK(contains(text, "realm=\\\"https://000000000001.dkr.ecr.us-west-2.amazonaws.com/\\\""));
  CHECK(redacted(revealing_run()).endpoints[0].attempts[0].first_bytes == "GET 000000000001");
}

TEST_CASE("stand-ins are consistent and numbered in order of appearance") {
  const Observation run = redacted(revealing_run());
  CHECK(run.host.name == "host-1.invalid");
  CHECK(run.nameservers[0].address == sample::address("10.0.0.1"));
  CHECK(run.endpoints[0].endpoint.account == "000000000001");
  CHECK(run.endpoints[0].endpoint.name == "000000000001.dkr-ecr.us-west-2.on.aws");
  const std::string source = run.endpoints[0].attempts[0].source_address->to_string();
  CHECK(source == "2e00:ec6::1");
  CHECK(run.notes[0] == "account 000000000001 at host-1.invalid (host-1) with 10.0.0.2, 2e00:ec6::1, " +
                            std::string{"ip-10-0-0-2.internal, asked 10.0.0.1:53 and [2e00:ec6::1]:443 over "
                                        "a:443:10.0.0.2:443 and ::ffff:10.0.0.2 through "} +
                            "proxy-1.invalid.");
  CHECK(json_of(redacted(revealing_run())) == json_of(run));
}

TEST_CASE("what the diagnosis looks at stays: endpoint addresses, outcomes, times, the placeholder account") {
  Observation run = sample::run();
  run.endpoints[0].endpoint.name = "123456789012.dkr-ecr.us-west-2.on.aws";
  run.endpoints[0].placeholder_account = true;
  const Observation shown = redacted(run);
  CHECK(shown.endpoints[0].endpoint.name == run.endpoints[0].endpoint.name);
  CHECK(shown.endpoints[0].attempts[0].address == run.endpoints[0].attempts[0].address);
  CHECK(shown.endpoints[0].attempts[0].connect_time == run.endpoints[0].attempts[0].connect_time);
  CHECK(shown.endpoints[0].race == run.endpoints[0].race);
  CHECK(shown.endpoints[1].ipv6_lookup->outcome == DnsOutcome::no_data);
}

TEST_CASE("a record with something in every field keeps nothing of this host, its nameservers and its gateways") {
  const std::string before = json_of(samples::filled_in()), after = json_of(redacted(samples::filled_in()));
  for (const char* const secret :
       {"\"198.51.100.1\"", "\"198.51.100.2\"", "\"198.51.100.9\"", "\"2001:db8::99\"", "\"fe80::99\"",
        "\"192.0.2.53\"", "2001:db8:1::", "build-7", "proxy.example", "0a:1b:2c:3d:4e:5f"}) {
    CAPTURE(secret);
    CHECK(contains(before, secret));
    CHECK(!contains(after, secret));
  }
}

TEST_CASE("123456789012 is replaced when the user gave it as an account") {
  CHECK(!contains(json_of(redacted(samples::filled_in())), "123456789012"));
}

TEST_CASE("a stand-in has the class of what it stands for and is nobody else's address") {
  const std::pair<const char*, const char*> rows[] = {
      {"10.1.2.3", "10.0.0.2"},        {"172.31.0.2", "172.16.0.1"},          {"192.168.7.7", "192.168.0.1"},
      {"100.64.9.9", "100.64.0.1"},    {"169.254.10.9", "169.254.0.1"},       {"8.8.8.8", "25.255.0.1"},
      {"192.0.2.77", "192.0.2.1"},     {"2600:1f18::77", "2e00:ec6::1"},      {"fe80::abcd", "fe80::1"},
      {"fd12:3456::1", "fd00::1"},     {"2001:db8::99", "2001:db8::1"},       {"64:ff9b::102:304", "64:ff9b::1"},
      {"2002:c000:204::1", "2002::1"}, {"::ffff:10.1.2.3", "::ffff:0.0.0.1"},
  };
  for (const auto& [from, to] : rows) {
    CAPTURE(from);
    StandIns stand_ins;
    stand_ins.avoid(sample::address("10.0.0.1"));
    stand_ins.replace(sample::address(from));
    CHECK(stand_ins.of(sample::address(from)) == sample::address(to));
  }
}

TEST_CASE("addresses that are the same on every host stay") {
  StandIns stand_ins;
  for (const char* const text : {"127.0.0.53", "::1", "::", "0.0.0.0", "169.254.169.253", "fd00:ec2::253"}) {
    stand_ins.replace(sample::address(text));
    CHECK(!stand_ins.of(sample::address(text)));
  }
}

TEST_CASE("names that are made of an address of the house are found, longer ones are not taken for them") {
  StandIns stand_ins;
  stand_ins.replace(sample::address("10.20.0.5"));
  stand_ins.replace(sample::address("2600:1f18::5"));
  const std::pair<const char*, const char*> rows[] = {
      {"ip-10-20-0-5.us-west-2.compute.internal", "ip-10-0-0-1.us-west-2.compute.internal"},
      {"node10-20-0-5", "node10-0-0-1"},
      {"5-0-20-10.static.example", "1-0-0-10.static.example"},
      {"PTR 5.0.20.10.in-addr.arpa.", "PTR 1.0.0.10.in-addr.arpa."},
      {"x-2600-1F18--5.example", "x-2e00-ec6--1.example"},
      {"2600-1f18-0-0-0-0-0-5.example", "2e00-ec6-0-0-0-0-0-1.example"},
      {"2600-1f18-0000-0000-0000-0000-0000-0005", "2e00-0ec6-0000-0000-0000-0000-0000-0001"},
      {"5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.1.f.1.0.0.6.2.ip6.arpa",
       "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.6.c.e.0.0.0.e.2.ip6.arpa"},
      {"ip-110-20-0-5 ip-10-20-0-51 2600-1f18--5a", "ip-110-20-0-5 ip-10-20-0-51 2600-1f18--5a"},
  };
  for (const auto& [from, to] : rows) CHECK(redacted_text(from, stand_ins, "") == to);
}

TEST_CASE("the domain of this host, other hosts in it and interfaces named by their hardware address are replaced") {
  Observation run = revealing_run();
  run.host.no_proxy = "mail.corp.example,.corp.example,example";
  run.nameservers[0].zone = "enx0a1b2c3d4e5f";
  run.host.network.emplace();
  run.host.network->interfaces.emplace_back().name = "enx0a1b2c3d4e5f";
  run.host.network->interfaces.emplace_back().name = "enx123456789012";
  const Observation shown = redacted(run);
  CHECK(shown.host.no_proxy == "mail.domain-1.invalid,.domain-1.invalid,example");
  CHECK(shown.nameservers[0].zone == "enx0ec600000001");
  CHECK(shown.host.network->interfaces[0].name == "enx0ec600000001");
  CHECK(shown.host.network->interfaces[1].name == "enx0ec600000002");
}

TEST_CASE("a host with an everyday name does not spoil the names of endpoints or the registry's fingerprint") {
  for (const char* const name : {"api", "aws", "com", "ecr.us-west-2", "registry", "localhost", "a", "on.aws"}) {
    CAPTURE(name);
    Observation run = revealing_run();
    run.host.name = name;
    const Observation shown = redacted(run);
    CHECK(shown.host.name != name);
    CHECK(shown.endpoints[0].endpoint.name == "000000000001.dkr-ecr.us-west-2.on.aws");
    CHECK(shown.endpoints[1].endpoint.name == "api.ecr.us-west-2.amazonaws.com");
    CHECK(shown.endpoints[0].attempts[0].http->headers[1].second == "registry/2.0");
  }
}

TEST_CASE("runs of 12 digits are accounts, longer and shorter ones are not") {
  StandIns stand_ins;
  CHECK(redacted_text("a210987654321b 20261124020620 1234", stand_ins, "") == "a000000000001b 20261124020620 1234");
  CHECK(redacted_text("123456789012", stand_ins, "123456789012") == "123456789012");
}

TEST_CASE("an IPv4 address is found behind the colons of --connect-to and of a mapped address") {
  StandIns stand_ins;
  const Address secret = sample::address("10.20.0.5");
  stand_ins.replace(secret);
  const std::string shown = stand_ins.of(secret)->to_string();
  const auto redact = [&](std::string_view text) { return redacted_text(text, stand_ins, ""); };
  CHECK(redact("mirror.example:443:10.20.0.5:8443") == "mirror.example:443:" + shown + ":8443");
  CHECK(redact("mirror.example::10.20.0.5:8443") == "mirror.example::" + shown + ":8443");
  CHECK(redact("::ffff:10.20.0.5") == "::ffff:" + shown);
  CHECK(redact("mirror.example:443:10.20.0.51:8443 2001:db8::5") == "mirror.example:443:10.20.0.51:8443 2001:db8::5");
}
