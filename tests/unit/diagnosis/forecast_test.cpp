#include "ecr6/diagnosis/forecast.hpp"

#include <doctest/doctest.h>

#include <functional>

#include "builders.hpp"

namespace ecr6 {

namespace {

using build::answered;
using build::healthy;
using build::nothing;

Attempt connects(std::string_view address, int milliseconds) {
  Attempt attempt = healthy(address);
  attempt.connect_time = Duration{milliseconds * 1000};
  return attempt;
}

Attempt fails(std::string_view address, Cause cause, int milliseconds) {
  Attempt attempt = build::failed(address, Reached::connect, cause);
  attempt.connect_time = Duration{milliseconds * 1000};
  return attempt;
}

Attempt silent(std::string_view address) { return fails(address, Cause::connect_timeout, 3000); }
Attempt refused(std::string_view address) { return fails(address, Cause::connection_refused, 1); }

/// One endpoint with these attempts and the answers that led to them.
EndpointObservation seen(std::vector<Attempt> ipv6, std::vector<Attempt> ipv4) {
  auto seen = build::api();
  const auto lookup = [](const std::vector<Attempt>& attempts) {
    if (attempts.empty()) return nothing(DnsOutcome::no_data);
    ServerAnswer answer = build::said(DnsOutcome::answered);
    for (const Attempt& attempt : attempts) answer.records.push_back({attempt.address, 60});
    return merge({answer});
  };
  seen.ipv6_lookup = lookup(ipv6);
  seen.ipv4_lookup = lookup(ipv4);
  build::replace(seen, Family::ipv6, std::move(ipv6));
  build::replace(seen, Family::ipv4, std::move(ipv4));
  return seen;
}

constexpr std::string_view a6 = "2600::1", b6 = "2600::2", a4 = "52.1.1.1";

ClientForecast of(Client client, const Observation& run) {
  return diagnose(run).forecasts.at(0).at(static_cast<std::size_t>(client));
}

std::string words(Client client, const Observation& run) { return sentence(of(client, run)); }

/// What each client is expected to do.
struct Row {
  std::string_view name;
  EndpointObservation seen;
  std::string_view go, aws_cli, curl, java, rfc_8305;
};

void check(const Row& row, const std::function<void(Observation&)>& change = {}) {
  CAPTURE(row.name);
  Observation run = build::run({row.seen});
  if (change) change(run);
  CHECK(words(Client::go, run) == row.go);
  CHECK(words(Client::aws_cli, run) == row.aws_cli);
  CHECK(words(Client::curl, run) == row.curl);
  CHECK(words(Client::java, run) == row.java);
  CHECK(words(Client::rfc_8305, run) == row.rfc_8305);
}

}  // namespace

TEST_CASE("the forecast: one family broken or slow, by client") {
  const auto ok4 = connects(a4, 4);
  const std::string_view over6 = "connects over IPv6 after 10 ms", over4 = "connects over IPv4 after 4 ms";
  const Row rows[] = {
      {"healthy", seen({healthy(a6)}, {ok4}), over6, over6, over6, over4, over6},
      {"no AAAA", seen({}, {ok4}), over4, over4, over4, over4, over4},
      {"no A", seen({healthy(a6)}, {}), over6, over6, over6, over6, over6},
      {"IPv6 refused", seen({refused(a6)}, {ok4}), "connects over IPv4 after 5 ms: an IPv6 address fails",
       "connects over IPv4 after 5 ms: an IPv6 address fails", "connects over IPv4 after 5 ms: an IPv6 address fails",
       over4, "connects over IPv4 after 5 ms: an IPv6 address fails"},
      {"IPv6 refused after 240 ms", seen({fails(a6, Cause::connection_refused, 240)}, {ok4}),
       "connects over IPv4 after 240 ms: an IPv6 address fails",
       "connects over IPv4 after 240 ms: an IPv6 address fails",
       "connects over IPv4 after 200 ms: an IPv6 address fails", over4,
       "connects over IPv4 after 240 ms: an IPv6 address fails"},
      {"IPv6 silent", seen({silent(a6), silent(b6)}, {ok4}),
       "connects over IPv4 after 300 ms: no answer from an IPv6 address",
       "waits 60 s for each of 2 IPv6 addresses, then connects over IPv4",
       "connects over IPv4 after 200 ms: no answer from an IPv6 address", over4,
       "connects over IPv4 after 250 ms: no answer from an IPv6 address"},
      {"IPv6 in 240 ms", seen({connects(a6, 240)}, {ok4}), "connects over IPv6 after 240 ms",
       "connects over IPv6 after 240 ms", "connects over IPv4 after 200 ms: an IPv6 address takes longer", over4,
       "connects over IPv6 after 240 ms"},
      {"IPv6 in 260 ms", seen({connects(a6, 260)}, {ok4}), "connects over IPv6 after 260 ms",
       "connects over IPv6 after 260 ms", "connects over IPv4 after 200 ms: an IPv6 address takes longer", over4,
       "connects over IPv4 after 250 ms: an IPv6 address takes longer"},
      {"IPv6 in 310 ms", seen({connects(a6, 310)}, {ok4}),
       "connects over IPv4 after 300 ms: an IPv6 address takes longer", "connects over IPv6 after 310 ms",
       "connects over IPv4 after 200 ms: an IPv6 address takes longer", over4,
       "connects over IPv4 after 250 ms: an IPv6 address takes longer"},
      {"IPv4 refused", seen({healthy(a6)}, {refused(a4)}), over6, over6, over6,
       "not known: its first address does not connect, and it depends on the library whether another one is tried",
       over6},
      {"IPv4 silent", seen({healthy(a6)}, {silent(a4)}), over6, over6, over6,
       "not known: its first address does not connect, and it depends on the library whether another one is tried",
       over6},
      {"both silent", seen({silent(a6)}, {silent(a4)}), "fails after 30 s: no address connects",
       "fails after at least 120 s: no address connects", "fails after 300 s: no address connects",
       "fails after at least 3 s: no address connects", "fails after at least 3.3 s: no address connects"},
      {"both refused", seen({refused(a6)}, {refused(a4)}), "fails after 2 ms: no address connects",
       "fails after at least 2 ms: no address connects", "fails after 2 ms: no address connects",
       "fails after at least 1 ms: no address connects", "fails after 2 ms: no address connects"},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("the forecast: after TCP stands no client falls back") {
  const auto hole = build::failed(a6, Reached::tls, Cause::tls_timeout);
  const std::string_view lost = "connects over IPv6 after 10 ms, fails there (tls_timeout) and does not fall back";
  check({"TLS black hole", seen({hole}, {connects(a4, 4)}), lost, lost, lost, "connects over IPv4 after 4 ms", lost});
  const auto unfinished = build::failed(a6, Reached::http, Cause::deadline_exceeded);
  const std::string_view open = "not known: 2600::1 was not tested to an end";
  check({"cut off", seen({unfinished}, {connects(a4, 4)}), open, open, open, "connects over IPv4 after 4 ms", open});
}

TEST_CASE("the forecast: several addresses, the first one dead") {
  const auto ok6 = connects(b6, 10);
  check({"silent, IPv4 healthy", seen({silent(a6), ok6}, {connects(a4, 4)}),
         "connects over IPv4 after 300 ms: no answer from an IPv6 address",
         "waits 60 s for an IPv6 address, then connects over IPv6",
         "connects over IPv4 after 200 ms: no answer from an IPv6 address", "connects over IPv4 after 4 ms",
         "connects over IPv4 after 250 ms: no answer from an IPv6 address"});
  check({"silent, no IPv4", seen({silent(a6), ok6}, {}), "waits 15 s for an IPv6 address, then connects over IPv6",
         "waits 60 s for an IPv6 address, then connects over IPv6",
         "connects over IPv6 after at least 210 ms: no answer from another address",
         "not known: its first address does not connect, and it depends on the library whether another one is tried",
         "connects over IPv6 after 260 ms: no answer from another address"});
  check({"refused", seen({refused(a6), ok6}, {connects(a4, 50)}),
         "connects over IPv6 after 11 ms: another address fails",
         "connects over IPv6 after 11 ms: another address fails",
         "not known: it depends on curl's version, older "
         "ones do not alternate between addresses",
         "connects over IPv4 after 50 ms", "connects over IPv4 after 51 ms: an IPv6 address fails"});
}

TEST_CASE("the forecast: a silent question delays the name, and what getaddrinfo did counts for its clients") {
  auto aaaa = seen({}, {connects(a4, 4)});
  aaaa.ipv6_lookup = nothing(DnsOutcome::timeout);
  aaaa.ipv6_lookup->duration = aaaa.ipv6_lookup->by_nameserver[0].duration = Duration{3'000'000};
  const std::string_view late = "waits at least 3 s for the name, then connects over IPv4 after 4 ms";
  check({"AAAA silent", aaaa, late, late, late, late, "connects over IPv4 after 4 ms"});

  aaaa.system = SystemAnswer{{Address::parse(a4).value()}, 0, "", Duration{6'000'000}, false};
  const std::string_view measured = "waits 6 s for the name, then connects over IPv4 after 4 ms";
  check({"AAAA silent, measured", aaaa, late, measured, measured, measured, "connects over IPv4 after 4 ms"});
  aaaa.system = SystemAnswer{{}, 0, "", Duration{4'000'000}, true};
  const std::string_view killed = "waits at least 4 s for the name, then connects over IPv4 after 4 ms";
  check({"AAAA silent, killed", aaaa, late, killed, killed, killed, "connects over IPv4 after 4 ms"});

  auto a = seen({healthy(a6)}, {});
  a.ipv4_lookup = nothing(DnsOutcome::timeout);
  a.ipv4_lookup->duration = a.ipv4_lookup->by_nameserver[0].duration = Duration{3'000'000};
  const std::string_view none = "waits at least 3 s for the name, then fails: it gets no address for the name";
  check({"A silent", a, "waits at least 3 s for the name, then connects over IPv6 after 10 ms", none, none, none,
         "connects over IPv6 after 10 ms"});

  auto servfail = seen({}, {connects(a4, 4)});
  servfail.ipv6_lookup = nothing(DnsOutcome::server_failure);
  const std::string_view over4 = "connects over IPv4 after 4 ms";
  check({"AAAA fails", servfail, over4, over4, over4, over4, over4});

  auto dead_first = seen({healthy(a6)}, {connects(a4, 4)});
  auto answer = build::said(DnsOutcome::timeout);
  answer.duration = Duration{3'000'000};
  dead_first.ipv6_lookup = merge({answer, build::said(DnsOutcome::answered, {a6}, 1)});
  CHECK(words(Client::go, build::run({dead_first})) ==
        "waits at least 3 s for the name, then connects over IPv6 after 10 ms");
}

TEST_CASE("the forecast claims nothing about what was not tested") {
  const auto no_ipv4 = [](Observation& run) {
    run.settings.ipv4 = false;
    run.endpoints[0].ipv4_lookup.reset();
  };
  const auto no_ipv6 = [](Observation& run) {
    run.settings.ipv6 = false;
    run.endpoints[0].ipv6_lookup.reset();
  };
  const std::string_view over6 = "connects over IPv6 after 10 ms", no4 = "not known: IPv4 was not tested",
                         no6 = "not known: IPv6 was not tested";
  check({"-6", seen({healthy(a6)}, {}), over6, over6, over6, no4, over6}, no_ipv4);
  check({"-6, silent", seen({silent(a6)}, {}), no4, no4, no4, no4, no4}, no_ipv4);
  check({"-4", seen({}, {connects(a4, 4)}), no6, no6, no6, "connects over IPv4 after 4 ms", no6}, no_ipv6);
  const std::string_view over4 = "connects over IPv4 after 4 ms", open = "not known: 2600::1 was not tested to an end";
  check({"interrupted late", seen({fails(a6, Cause::interrupted, 900)}, {connects(a4, 4)}),
         "connects over IPv4 after 300 ms: no answer from an IPv6 address", open,
         "connects over IPv4 after 200 ms: no answer from an IPv6 address", over4,
         "connects over IPv4 after 250 ms: no answer from an IPv6 address"});
  check({"interrupted early", seen({fails(a6, Cause::interrupted, 100)}, {connects(a4, 4)}), open, open, open, over4,
         open});
  auto unasked = seen({}, {});
  unasked.ipv6_lookup = unasked.ipv4_lookup = nothing(DnsOutcome::server_failure);
  const std::string_view unknown = "not known: the name could not be looked up";
  check({"no nameserver", unasked, unknown, unknown, unknown, unknown, unknown});
  const std::string_view none = "fails: it gets no address for the name";
  check({"no such name", seen({}, {}), none, none, none, none, none});
  auto more = seen({silent(a6)}, {});
  more.ipv6_lookup->records.push_back({Address::parse(b6).value(), 60});
  CHECK(words(Client::aws_cli, build::run({more})) == "not known: 2600::2 was not tested");
}

TEST_CASE("the forecast follows the order that a client really has") {
  const auto host = build::run({seen({healthy(a6)}, {connects(a4, 4)})});
  const std::string_view over6 = "connects over IPv6 after 10 ms", over4 = "connects over IPv4 after 4 ms",
                         versions =
                             "not known: it depends on curl's version, older ones do not alternate between "
                             "addresses";
  check({"gai.conf", host.endpoints[0], over6, over4, versions, over4, over6}, [](Observation& run) {
    run.host.gai_precedences = {{"::ffff:0:0/96", 100, 1}, {"::/0", 40, 2}};
  });
  check({"gai.conf, below what no line covers", host.endpoints[0], over6, over6, over6, over4, over6},
        [](Observation& run) { run.host.gai_precedences = {{"::ffff:0:0/96", 39, 1}}; });
  auto reversed = host.endpoints[0];
  reversed.system = SystemAnswer{{Address::parse(a4).value(), Address::parse(a6).value()}, 0, "", Duration{1}, false};
  check({"getaddrinfo", reversed, over6, over4, versions, over4, over6});
  check({"hosts file", host.endpoints[0], "not known: 192.0.2.9 was not tested", "not known: 192.0.2.9 was not tested",
         "not known: 192.0.2.9 was not tested", "not known: 192.0.2.9 was not tested",
         "not known: 192.0.2.9 was not tested"},
        [](Observation& run) {
          run.host.hosts_entries = {{run.endpoints[0].endpoint.name, Address::parse("192.0.2.9").value(), 3}};
        });
  auto no_route = fails(a6, Cause::network_unreachable, 0);
  no_route.synchronous = true;
  check({"no IPv6 route", seen({no_route}, {connects(a4, 4)}), over4, over4, over4, over4, over4});
  auto diverted = healthy(a6);
  diverted.source_address = Address::parse("::1");
  CHECK(words(Client::go, build::run({seen({diverted}, {connects(a4, 4)})})) == over4);
  diverted.diverted_to = "[::1]:8443";
  CHECK(words(Client::go, build::run({seen({diverted}, {connects(a4, 4)})})) == over6);
  auto ula = silent(a6);
  ula.source_address = Address::parse("fd00::5");
  const auto row = seen({ula}, {connects(a4, 4)});
  CHECK(words(Client::go, build::run({row})) == over4);
  CHECK(words(Client::aws_cli, build::run({row})) == over4);
}

TEST_CASE("the forecast: a next hop that does not answer is given up after 3.1 s, whatever the client's timeout") {
  auto dead = silent(a6);
  dead.neighbour = Neighbour{Address::parse("fe80::1").value(), "eth0", "incomplete"};
  auto unlike = dead;
  unlike.neighbour->state = "reachable";
  CHECK(words(Client::aws_cli, build::run({seen({dead}, {connects(a4, 4)})})) ==
        "waits 3.1 s for an IPv6 address, then connects over IPv4");
  CHECK(words(Client::aws_cli, build::run({seen({unlike}, {connects(a4, 4)})})) ==
        "waits 60 s for an IPv6 address, then connects over IPv4");
}

TEST_CASE("the forecast: Go fails where a large ClientHello fails every time") {
  auto row = seen({healthy(a6)}, {connects(a4, 4)});
  const Attempt lost = build::failed(a6, Reached::tls, Cause::tls_timeout);
  row.confirmations = {{std::string{purpose::large_hello}, lost}};
  CHECK(words(Client::go, build::run({row})) == "connects over IPv6 after 10 ms");
  row.confirmations.push_back({std::string{purpose::large_hello_again}, lost});
  CHECK(words(Client::go, build::run({row})) ==
        "connects over IPv6 after 10 ms, fails there (tls_timeout) and does not fall back: its ClientHello is large "
        "from Go 1.24 on");
  CHECK(words(Client::aws_cli, build::run({row})) == "connects over IPv6 after 10 ms");
  row.confirmations.back().attempt = healthy(a6);
  CHECK(words(Client::go, build::run({row})) == "connects over IPv6 after 10 ms");
}

TEST_CASE("forecasts of several endpoints are alike when only times differ") {
  const auto of_two = [](int first, int second) {
    const auto at = [](int milliseconds) {
      return of(Client::go, build::run({seen({silent(a6)}, {connects(a4, milliseconds)})}));
    };
    return std::pair{at(first), at(second)};
  };
  const auto [near, far] = of_two(4, 150);
  CHECK(are_alike(near, far));
  CHECK(sentence(near, far) == "connects over IPv4 after 300 ms to 450 ms: no answer from an IPv6 address");
  CHECK(near.connect == Duration{304'000});
  const auto other = of(Client::go, build::run({seen({refused(a6)}, {connects(a4, 4)})}));
  CHECK_FALSE(are_alike(near, other));
  CHECK(is_hampered(near));
  CHECK_FALSE(is_hampered(of(Client::go, build::run({seen({healthy(a6)}, {connects(a4, 4)})}))));
}

}  // namespace ecr6
