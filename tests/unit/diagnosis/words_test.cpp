#include <doctest/doctest.h>

#include "builders.hpp"
#include "words_table.hpp"

namespace ecr6 {

using build::answered;
using build::failed;
using build::healthy;
using build::nothing;
using build::said;
using enum Reachability;
using words::check;
using words::Row;

namespace {

void fail_lookup(EndpointObservation& seen, Family family, DnsOutcome outcome) {
  seen.lookup(family) = nothing(outcome);
  build::replace(seen, family, {});
}

}  // namespace

TEST_CASE("the first rule that matches gives the word of an endpoint and family") {
  const Row rows[] = {
      {"healthy", [](Observation&, EndpointObservation&) {}, reachable, reachable},
      {"IPv6 switched off wins over its failure",
       [](Observation& run, EndpointObservation& seen) {
         run.settings.ipv6 = false;
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::connect, Cause::connection_refused)});
       },
       not_tested, reachable},
      {"IPv4 switched off",
       [](Observation& run, EndpointObservation& seen) {
         run.settings.ipv4 = false;
         seen.ipv4_lookup.reset();
         build::replace(seen, Family::ipv4, {});
       },
       reachable, not_tested},
      {"neither family's lookup is usable",
       [](Observation&, EndpointObservation& seen) {
         fail_lookup(seen, Family::ipv6, DnsOutcome::server_failure);
         fail_lookup(seen, Family::ipv4, DnsOutcome::timeout);
       },
       not_tested, not_tested},
      {"the only lookup is not usable",
       [](Observation& run, EndpointObservation& seen) {
         run.settings.ipv4 = false;
         seen.ipv4_lookup.reset();
         fail_lookup(seen, Family::ipv6, DnsOutcome::refused);
       },
       not_tested, not_tested},
      {"this family's lookup fails while the other's is answered",
       [](Observation&, EndpointObservation& seen) { fail_lookup(seen, Family::ipv6, DnsOutcome::timeout); },
       unreachable, reachable},
      {"this family's lookup fails while the other's name has no data",
       [](Observation&, EndpointObservation& seen) {
         fail_lookup(seen, Family::ipv6, DnsOutcome::server_failure);
         fail_lookup(seen, Family::ipv4, DnsOutcome::no_data);
       },
       unreachable, no_address},
      {"no data", [](Observation&, EndpointObservation& seen) { fail_lookup(seen, Family::ipv6, DnsOutcome::no_data); },
       no_address, reachable},
      {"no such name",
       [](Observation&, EndpointObservation& seen) {
         fail_lookup(seen, Family::ipv6, DnsOutcome::name_not_found);
         fail_lookup(seen, Family::ipv4, DnsOutcome::name_not_found);
       },
       no_address, no_address},
      {"no attempt finished before the deadline",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::tls, Cause::deadline_exceeded)});
       },
       not_tested, reachable},
      {"no attempt finished before the interrupt",
       [](Observation& run, EndpointObservation& seen) {
         run.interrupted = true;
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::connect, Cause::interrupted)});
       },
       not_tested, reachable},
      {"no attempt began",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         build::replace(seen, Family::ipv6, {});
       },
       not_tested, reachable},
      {"the lookup was cut off by the deadline, not answered in time",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         fail_lookup(seen, Family::ipv6, DnsOutcome::timeout);
         seen.ipv6_lookup->duration = run.settings.timeout - Duration{1};
       },
       not_tested, reachable},
      {"the lookup had its own time before the deadline came",
       [](Observation& run, EndpointObservation& seen) {
         run.deadline_exceeded = true;
         fail_lookup(seen, Family::ipv6, DnsOutcome::timeout);
         seen.ipv6_lookup->duration = run.settings.timeout;
       },
       unreachable, reachable},
      {"this process had no descriptor left: nothing was tested",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {failed("2600::1", Reached::connect, Cause::too_many_files)});
       },
       not_tested, reachable},
      {"no attempt went through",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6,
                        {failed("2600::1", Reached::connect, Cause::connect_timeout),
                         failed("2600::2", Reached::tls, Cause::certificate_expired)});
       },
       unreachable, reachable},
      {"one attempt failed, the others were cut off",
       [](Observation& run, EndpointObservation& seen) {
         run.interrupted = true;
         build::replace(seen, Family::ipv6,
                        {failed("2600::1", Reached::connect, Cause::connection_refused),
                         failed("2600::2", Reached::connect, Cause::interrupted)});
       },
       unreachable, reachable},
      {"some attempt failed",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv4,
                        {healthy("192.0.2.1"), failed("192.0.2.2", Reached::http, Cause::http_timeout)});
       },
       reachable, degraded},
      {"every working IPv6 address is a translator's",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {healthy("64:ff9b::c000:201"), healthy("64:ff9b::c000:202")});
       },
       degraded, reachable},
      {"one of the working IPv6 addresses is a translator's",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {healthy("64:ff9b::c000:201"), healthy("2600::1")});
       },
       reachable, reachable},
      {"an address just outside the translator's prefix",
       [](Observation&, EndpointObservation& seen) {
         build::replace(seen, Family::ipv6, {healthy("64:ff9b:0:0:0:1::1")});
       },
       reachable, reachable},
      {"a nameserver says that there are no addresses",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv6_lookup = merge({said(DnsOutcome::answered, {"2600:1f13::1"}), said(DnsOutcome::no_data, {}, 1)});
       },
       degraded, reachable},
      {"nameservers give addresses that have none in common",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv4_lookup =
             merge({said(DnsOutcome::answered, {"192.0.2.1"}), said(DnsOutcome::answered, {"192.0.2.2"}, 1)});
       },
       reachable, degraded},
      {"nameservers give the same addresses in another order, or overlapping ones",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv6_lookup = merge({said(DnsOutcome::answered, {"2600::1", "2600::2"}),
                                   said(DnsOutcome::answered, {"2600::3", "2600::1"}, 1)});
       },
       reachable, reachable},
      {"a dead nameserver that another one covers changes no word",
       [](Observation&, EndpointObservation& seen) {
         seen.ipv6_lookup = merge({said(DnsOutcome::timeout), said(DnsOutcome::answered, {"2600:1f13::1"}, 1)});
       },
       reachable, reachable},
      {"a proxy, a hosts-file entry and the bound on addresses change no word",
       [](Observation& run, EndpointObservation& seen) {
         run.host.proxies = {{"HTTPS_PROXY", "http://proxy.example:3128"}};
         run.host.hosts_entries = {{seen.endpoint.name, Address::parse("::1").value(), 3}};
         seen.ipv6_left_out = 4;
       },
       reachable, reachable},
  };
  for (const Row& row : rows) check(row, build::api());
}

TEST_CASE("an address literal has no lookup: its own family is judged by attempts, the other has no address") {
  auto literal = [](std::string_view address) {
    EndpointObservation seen;
    seen.endpoint.name = address;
    seen.required = true;
    seen.attempts = {healthy(address)};
    return seen;
  };
  const auto untouched = [](Observation&, EndpointObservation&) {};
  check({"IPv6", untouched, reachable, no_address}, literal("2600::1"));
  check({"IPv4", untouched, no_address, reachable}, literal("192.0.2.1"));
  check({"the other family switched off", [](Observation& run, EndpointObservation&) { run.settings.ipv4 = false; },
         reachable, not_tested},
        literal("2600::1"));
  check({"failed",
         [](Observation&, EndpointObservation& seen) {
           seen.attempts = {failed("2600::1", Reached::connect, Cause::network_unreachable)};
         },
         unreachable, no_address},
        literal("2600::1"));
}

}  // namespace ecr6
