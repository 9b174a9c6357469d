#include <doctest/doctest.h>

#include <algorithm>

#include "builders.hpp"

namespace ecr6 {

using build::failed;
using build::healthy;
using build::raises;

namespace {

constexpr std::string_view first = "2600:1f13::1";
constexpr std::string_view second = "2600:1f13::2";

Attempt shook_hands(Attempt attempt) {
  attempt.tls.emplace();
  return attempt;
}

Attempt stall(std::string_view address = first) { return failed(address, Reached::tls, Cause::tls_timeout); }
Attempt stall_in_http() { return shook_hands(failed(first, Reached::http, Cause::http_timeout)); }
Attempt well(std::string_view address = first) { return shook_hands(healthy(address)); }
Attempt no_connect() { return failed(first, Reached::connect, Cause::connect_timeout); }
Attempt cut_off() { return failed(first, Reached::tls, Cause::deadline_exceeded); }

/// What a large hello shows that went well: it ends at the first byte of TLS.
Attempt first_byte(std::string_view address = first) {
  Attempt attempt = healthy(address);
  attempt.http.reset();
  attempt.http_time.reset();
  return attempt;
}

using Probes = std::vector<Confirmation>;

Observation with(std::vector<Attempt> attempts, Probes probes) {
  auto seen = build::api();
  build::replace(seen, Family::ipv6, std::move(attempts));
  seen.confirmations = std::move(probes);
  return build::run({seen});
}

Probes probes(Attempt again, Attempt small, Attempt small_again) {
  return {{"same_again", std::move(again)},
          {"small_segments", std::move(small)},
          {"small_segments", std::move(small_again)}};
}

Probes hellos(Attempt hello, Attempt again, Attempt small, Attempt small_again) {
  return {{"large_hello", std::move(hello)},
          {"large_hello_again", std::move(again)},
          {"large_hello_small_segments", std::move(small)},
          {"large_hello_small_segments", std::move(small_again)}};
}

bool says(const Finding& finding, std::string_view words) {
  return std::any_of(finding.evidence.begin(), finding.evidence.end(),
                     [&](const std::string& line) { return line.find(words) != std::string::npos; });
}

Finding hole(const Observation& run) { return build::findings(run, "tls.path-mtu-black-hole").at(0); }

std::vector<std::string> only(std::string_view id) { return {std::string{id}}; }

}  // namespace

TEST_CASE("a stall that small segments cure twice is a path MTU black hole, and nothing else") {
  const auto run = with({stall(), well(second)}, probes(stall(), well(), well()));
  CHECK(build::ids(run) == only("tls.path-mtu-black-hole"));
  CHECK(hole(run).severity == Severity::warning);
  CHECK(hole(run).summary.find("1 of 2 addresses") != std::string::npos);
  CHECK(says(hole(run),
             "2600:1f13::1 again: tls_timeout at tls after 10 ms; over segments of at most 1220 bytes: went "
             "through, went through"));
  CHECK(says(hole(run), "direction not known"));
  const auto broken = with({stall()}, probes(stall(), well(), well()));
  CHECK(build::ids(broken) == only("tls.path-mtu-black-hole"));
  CHECK(hole(broken).severity == Severity::error);
  const auto answer = with({stall_in_http()}, probes(stall_in_http(), well(), well()));
  CHECK(build::ids(answer) == only("tls.path-mtu-black-hole"));
  CHECK_FALSE(raises(answer, "http.timeout"));
  const auto untrusted = shook_hands(failed(first, Reached::tls, Cause::certificate_untrusted));
  CHECK(build::ids(with({stall()}, probes(stall(), untrusted, untrusted))) == only("tls.path-mtu-black-hole"));
  CHECK(build::ids(with({stall()}, probes(cut_off(), well(), well()))) == only("tls.path-mtu-black-hole"));
}

TEST_CASE("the kernel's account names the direction in which segments get lost") {
  const auto unacknowledged = [](Attempt attempt) {
    attempt.tcp.emplace();
    attempt.tcp->unacked = 2;
    attempt.tcp->total_retransmits = 4;
    return attempt;
  };
  const auto out_of_order = [](Attempt attempt) {
    attempt.tcp.emplace();
    attempt.tcp->data_segments_in = 1;
    attempt.tcp->out_of_order = 1;
    return attempt;
  };
  const auto silent = [](Attempt attempt) {
    attempt.tcp.emplace();
    attempt.tcp->bytes_acked = 400;
    return attempt;
  };
  const auto of = [&](Attempt attempt) { return hole(with({attempt}, probes(stall(), well(), well()))); };
  CHECK(says(of(unacknowledged(stall())), "towards the endpoint"));
  CHECK(says(of(out_of_order(stall())), "towards this host"));
  CHECK(says(of(silent(stall())), "direction not known"));
  const auto both = with({unacknowledged(stall())}, probes(out_of_order(stall()), well(), well()));
  CHECK(says(hole(both), "both directions"));
  auto large = probes(stall(), well(), well());
  large.push_back({"large_hello", unacknowledged(stall())});
  const auto perhaps = hole(with({out_of_order(stall())}, large));
  CHECK(says(perhaps, "towards this host"));
  CHECK(says(perhaps, "towards the endpoint, too, or a device drops such hellos"));
}

TEST_CASE("a stall that small segments do not cure twice is no path MTU black hole") {
  struct Row {
    std::string_view name;
    Probes probes;
    std::string_view advice;  ///< a part of it
  };
  const Row rows[] = {
      {"not cured", {{"same_again", stall()}, {"small_segments", stall()}}, "so the path MTU is not it"},
      {"cured once", {{"same_again", stall()}, {"small_segments", well()}}, "seen only once"},
      {"the second time it was cut off", probes(stall(), well(), cut_off()), "seen only once"},
      {"cured once of twice", probes(stall(), well(), stall()), "comes and goes"},
      {"the same went through again", probes(well(), well(), well()), "comes and goes"},
      {"nothing was repeated", {}, "advmss 1220"},
      {"all repeats were cut off", probes(cut_off(), cut_off(), cut_off()), "advmss 1220"},
      {"over small segments it never connected", probes(stall(), no_connect(), no_connect()), "advmss 1220"},
      {"another address was cured",
       {{"small_segments", well(second)}, {"small_segments", well(second)}},
       "advmss 1220"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    const auto run = with({stall()}, row.probes);
    CHECK_FALSE(raises(run, "tls.path-mtu-black-hole"));
    CHECK(build::ids(run) == only("tls.timeout"));
    CHECK(build::findings(run, "tls.timeout").at(0).advice.find(row.advice) != std::string::npos);
  }
  const auto http = with({stall_in_http()}, probes(stall_in_http(), stall_in_http(), stall_in_http()));
  CHECK(build::ids(http) == only("http.timeout"));
}

TEST_CASE("a black hole and a silent server at two addresses are two findings") {
  auto seen = probes(stall(), well(), well());
  seen.push_back({"same_again", stall(second)});
  seen.push_back({"small_segments", stall(second)});
  const auto run = with({stall(), stall(second)}, seen);
  CHECK(build::ids(run) == std::vector<std::string>{"tls.path-mtu-black-hole", "tls.timeout"});
  CHECK_FALSE(says(hole(run), std::string{second}));
  CHECK_FALSE(says(build::findings(run, "tls.timeout").at(0), std::string{first} + ":"));
}

TEST_CASE("a silent server's finding says whether what was sent was acknowledged") {
  const auto of = [](int unacked, int sent_again) {
    Attempt attempt = stall();
    attempt.tcp.emplace();
    attempt.tcp->unacked = unacked;
    attempt.tcp->total_retransmits = sent_again;
    attempt.tcp->bytes_acked = unacked > 0 ? 1 : 400;
    return build::findings(with({attempt}, {}), "tls.timeout").at(0);
  };
  CHECK(says(of(0, 0), "was acknowledged, and nothing came back"));
  CHECK(says(of(1, 3), "never acknowledged"));
}

TEST_CASE("a large hello that fails every time where a small one passes is dropped for its size") {
  for (const Cause cause : {Cause::tls_timeout, Cause::connection_reset, Cause::closed_early, Cause::tls_alert}) {
    CAPTURE(to_string(cause));
    const auto fails = failed(first, Reached::tls, cause);
    const auto run = with({well()}, hellos(fails, fails, fails, fails));
    CHECK(build::ids(run) == only("tls.large-hello-dropped"));
    const auto finding = build::findings(run, "tls.large-hello-dropped").at(0);
    CHECK(finding.severity == Severity::error);
    CHECK(says(finding, "with a ClientHello of more than 1.5 kB: 2600:1f13::1: " + std::string{to_string(cause)}));
    CHECK(says(finding, "the small ClientHello passes at 2600:1f13::1"));
    CHECK(diagnose(run).endpoints[0].ipv6 == Reachability::reachable);
  }
  // A reset is no matter of the path MTU, even if small segments get around it.
  const auto reset = failed(first, Reached::tls, Cause::connection_reset);
  CHECK(build::ids(with({well()}, hellos(reset, reset, first_byte(), first_byte()))) ==
        only("tls.large-hello-dropped"));
}

TEST_CASE("a large hello that small segments cure twice is a black hole towards the endpoint") {
  const auto run = with({well()}, hellos(stall(), stall(), first_byte(), first_byte()));
  CHECK(build::ids(run) == only("tls.path-mtu-black-hole"));
  CHECK(hole(run).severity == Severity::error);
  CHECK(says(hole(run), "towards the endpoint"));
  CHECK_FALSE(raises(run, "tls.large-hello-dropped"));
  // Beside attempts that small segments cure it is the same hole, said once.
  auto both = probes(stall(second), well(second), well(second));
  for (auto& probe : hellos(stall(), stall(), first_byte(), first_byte())) both.push_back(probe);
  CHECK(build::ids(with({well(), stall(second)}, both)) == only("tls.path-mtu-black-hole"));
}

TEST_CASE("a large hello that was not seen to fail for its size is no finding, or names both causes") {
  struct Row {
    std::string_view name;
    std::vector<Attempt> attempts;
    Probes probes;
  };
  const Row rows[] = {
      {"it passed", {well()}, {{"large_hello", first_byte()}}},
      {"it passed the second time", {well()}, hellos(stall(), first_byte(), first_byte(), first_byte())},
      {"its connect failed", {well()}, {{"large_hello", failed(first, Reached::connect, Cause::connect_timeout)}}},
      {"it was cut off", {well()}, {{"large_hello", cut_off()}}},
      {"the small one was tried elsewhere", {well()}, {{"large_hello", stall(second)}}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(build::ids(with(row.attempts, row.probes)).empty());
    CHECK_FALSE(raises(with(row.attempts, row.probes), "tls.large-hello-dropped"));
  }
  const auto small_fails_too = with({stall()}, {{"large_hello", stall()}});
  CHECK_FALSE(raises(small_fails_too, "tls.large-hello-dropped"));
  const auto unrepeated = build::findings(with({well()}, {{"large_hello", stall()}}), "tls.large-hello-dropped").at(0);
  CHECK(unrepeated.severity == Severity::warning);
  CHECK(unrepeated.advice.find("did not tell the two apart") != std::string::npos);
  const auto never_connected = with({well()}, hellos(stall(), no_connect(), no_connect(), no_connect()));
  CHECK(build::findings(never_connected, "tls.large-hello-dropped").at(0).severity == Severity::warning);
}

TEST_CASE("over IPv4, which does not decide, a dropped large hello is a warning") {
  const std::string_view v4 = "52.119.160.1";
  const auto fails = failed(v4, Reached::tls, Cause::tls_timeout);
  auto seen = build::api();
  build::replace(seen, Family::ipv4, {well(v4)});
  seen.confirmations = hellos(fails, fails, fails, fails);
  const auto finding = build::findings(build::run({seen}), "tls.large-hello-dropped").at(0);
  CHECK(finding.family == Family::ipv4);
  CHECK(finding.severity == Severity::warning);
}

}  // namespace ecr6
