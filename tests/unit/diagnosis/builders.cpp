#include "builders.hpp"

#include <algorithm>

namespace ecr6::build {

namespace {

const std::initializer_list<std::string_view> v6{"2600:1f13::1", "2600:1f13::2"};
const std::initializer_list<std::string_view> v4{"52.119.160.1", "52.119.160.2"};

EndpointObservation dual_stack(std::string_view name, Role role) {
  EndpointObservation seen;
  seen.endpoint.name = name;
  seen.endpoint.role = role;
  seen.endpoint.addressing = Addressing::dual_stack;
  seen.endpoint.partition = "aws";
  seen.endpoint.region = "us-west-2";
  seen.required = true;
  seen.ipv6_lookup = answered(v6);
  seen.ipv4_lookup = answered(v4);
  for (const auto address : v6) seen.attempts.push_back(healthy(address));
  for (const auto address : v4) seen.attempts.push_back(healthy(address));
  return seen;
}

}  // namespace

Attempt healthy(std::string_view address) {
  Attempt attempt;
  attempt.address = Address::parse(address).value();
  attempt.family = attempt.address.family();
  attempt.reached = Reached::done;
  attempt.connect_time = Duration{10'000};
  attempt.tls_time = Duration{20'000};
  attempt.http_time = Duration{30'000};
  attempt.http.emplace();
  attempt.http->target = "/v2/";
  attempt.http->status = 401;
  attempt.http->headers = {{"docker-distribution-api-version", "registry/2.0"}};
  return attempt;
}

Attempt failed(std::string_view address, Reached reached, Cause cause) {
  Attempt attempt;
  attempt.address = Address::parse(address).value();
  attempt.family = attempt.address.family();
  attempt.reached = reached;
  attempt.cause = cause;
  attempt.connect_time = Duration{10'000};
  if (reached != Reached::connect) attempt.tls_time = Duration{10'000};
  if (reached == Reached::http) attempt.http_time = Duration{10'000};
  return attempt;
}

ServerAnswer said(DnsOutcome outcome, std::initializer_list<std::string_view> addresses, std::size_t nameserver) {
  ServerAnswer answer;
  answer.nameserver = nameserver;
  answer.outcome = outcome;
  for (const auto address : addresses) answer.records.push_back({Address::parse(address).value(), 60});
  answer.duration = Duration{5'000};
  return answer;
}

Lookup answered(std::initializer_list<std::string_view> addresses) {
  return merge({said(DnsOutcome::answered, addresses)});
}

Lookup nothing(DnsOutcome outcome) { return merge({said(outcome)}); }

EndpointObservation api() { return dual_stack("ecr.us-west-2.api.aws", Role::api); }

EndpointObservation registry() {
  auto seen = dual_stack("123456789012.dkr-ecr.us-west-2.on.aws", Role::registry);
  seen.endpoint.account = "123456789012";
  return seen;
}

EndpointObservation current_api() {
  auto seen = api();
  seen.endpoint.name = "api.ecr.us-west-2.amazonaws.com";
  seen.endpoint.addressing = Addressing::ipv4_only;
  seen.required = false;
  seen.ipv6_lookup = nothing(DnsOutcome::no_data);
  replace(seen, Family::ipv6, {});
  return seen;
}

EndpointObservation other_host(std::string_view name) {
  auto seen = api();
  seen.endpoint = {};
  seen.endpoint.name = name;
  return seen;
}

Observation run(std::vector<EndpointObservation> endpoints) {
  Observation run;
  run.endpoints = std::move(endpoints);
  run.nameservers = {{Address::parse("192.0.2.53").value(), 53, "", "/etc/resolv.conf", true},
                     {Address::parse("2001:db8::53").value(), 53, "", "/etc/resolv.conf", true}};
  return run;
}

void replace(EndpointObservation& seen, Family family, std::vector<Attempt> attempts) {
  std::erase_if(seen.attempts, [&](const Attempt& attempt) { return attempt.family == family; });
  const auto at = family == Family::ipv6 ? seen.attempts.begin() : seen.attempts.end();
  seen.attempts.insert(at, attempts.begin(), attempts.end());
}

std::vector<std::string> ids(const Observation& run) {
  std::vector<std::string> ids;
  for (const Finding& finding : diagnose(run).findings) ids.push_back(finding.id);
  return ids;
}

std::vector<Finding> findings(const Observation& run, std::string_view id) {
  std::vector<Finding> found;
  for (Finding& finding : diagnose(run).findings)
    if (finding.id == id) found.push_back(std::move(finding));
  return found;
}

bool raises(const Observation& run, std::string_view id) { return !findings(run, id).empty(); }

}  // namespace ecr6::build
