#include <algorithm>

#include "fixture.hpp"
#include "picky_peer.hpp"
#include "probe/observe.hpp"
#include "tcp_peer.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t large = 1500;

/// A whole run over one address of loopback.
EndpointObservation observed(std::uint16_t port, Duration deadline = 5s) {
  Observation plan;
  plan.settings.timeout = 250ms;
  plan.settings.deadline = deadline;
  plan.settings.concurrency = 16;
  plan.endpoints.resize(1);
  plan.endpoints[0].endpoint.name = "::1";
  plan.endpoints[0].endpoint.port = port;
  auto run = probe::observe(std::move(plan), House::shared().trust, {});
  REQUIRE(run.endpoints[0].attempts.size() == 1);
  return run.endpoints[0];
}

EndpointObservation observed(PickyPeer::Policy policy) {
  const PickyPeer peer{House::shared().leaf, std::move(policy), "::1"};
  return observed(peer.port());
}

/// "large_hello: done, small_segments: tls_timeout", sorted: what runs side by side has no order.
std::string confirmations(const EndpointObservation& seen) {
  std::vector<std::string> words;
  for (const Confirmation& probe : seen.confirmations)
    words.push_back(probe.purpose + ": " + std::string{probe.attempt.cause ? to_string(*probe.attempt.cause) : "done"});
  std::sort(words.begin(), words.end());
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

}  // namespace

TEST_CASE("a healthy server gets one large hello beside the attempt, and no more") {
  const auto seen = observed([](const FirstSight&) { return Deed::serve; });
  CHECK(seen.attempts[0].went_through());
  CHECK(confirmations(seen) == "large_hello: done");
  CHECK_FALSE(seen.confirmations[0].attempt.tls);
  CHECK(seen.confirmations[0].attempt.port == seen.attempts[0].port);
}

TEST_CASE("what stalls unless segments are small is cured twice over small ones, and stalls again without") {
  const auto seen = observed([](const FirstSight& s) { return s.small_segments ? Deed::serve : Deed::stall; });
  CHECK(seen.attempts[0].cause == Cause::tls_timeout);
  CHECK(confirmations(seen) ==
        "large_hello: tls_timeout, same_again: tls_timeout, small_segments: done, small_segments: done");
}

TEST_CASE("a server that stalls whatever the segments is tried once more each way") {
  const auto seen = observed([](const FirstSight&) { return Deed::stall; });
  CHECK(confirmations(seen) == "large_hello: tls_timeout, same_again: tls_timeout, small_segments: tls_timeout");
}

TEST_CASE("a large hello that fails where the small one passes is sent again, and over small segments") {
  for (const Deed deed : {Deed::stall, Deed::reset}) {
    const auto seen = observed([=](const FirstSight& s) { return s.hello_size > large ? deed : Deed::serve; });
    CHECK(seen.attempts[0].went_through());
    const std::string word = deed == Deed::stall ? "tls_timeout" : "connection_reset";
    CHECK(confirmations(seen) ==
          "large_hello: " + word + ", large_hello_again: " + word + ", large_hello_small_segments: " + word);
  }
}

TEST_CASE("a large hello that small segments cure is cured twice") {
  const auto seen = observed(
      [](const FirstSight& s) { return s.hello_size > large && !s.small_segments ? Deed::stall : Deed::serve; });
  CHECK(confirmations(seen) ==
        "large_hello: tls_timeout, large_hello_again: tls_timeout, "
        "large_hello_small_segments: done, large_hello_small_segments: done");
}

TEST_CASE("confirmations end with the run's deadline") {
  const PickyPeer peer{House::shared().leaf, [](const FirstSight&) { return Deed::stall; }, "::1"};
  const auto seen = observed(peer.port(), 400ms);
  CHECK(seen.attempts[0].cause == Cause::tls_timeout);
  CHECK(confirmations(seen) ==
        "large_hello: tls_timeout, same_again: deadline_exceeded, small_segments: deadline_exceeded");
}

TEST_CASE("a port that refuses gives nothing to confirm") {
  boost::asio::io_context io{1};
  const RefusedPort port{io, "::1"};
  CHECK(confirmations(observed(port.port())) == "large_hello: connection_refused");
}

TEST_CASE("an alert in answer to a large hello is a failure, not the first byte of a handshake") {
  boost::asio::io_context io{1};
  TcpPeer peer{io, {Expect{1}, Send{std::string{"\x15\x03\x03\x00\x02\x02\x28", 7}}, Stall{1s}}};
  auto plan = plan_for(peer.port());
  plan.stop_after_first_tls_byte = true;
  const Attempt seen = attempted(io, plan);
  CHECK(seen.cause == Cause::tls_alert);
  CHECK(seen.reached == Reached::tls);
}

TEST_CASE("a connect may be all that is wanted") {
  boost::asio::io_context io{1};
  TcpPeer peer{io, {Expect{1}}};
  auto plan = plan_for(peer.port());
  plan.stop_once_connected = true;
  const Attempt seen = attempted(io, plan);
  CHECK(seen.went_through());
  CHECK(seen.connect_time);
  CHECK_FALSE(seen.tls_time);
  CHECK(peer.steps_played() == 0);
}
