#include "probe/attempt.hpp"

#include <sys/resource.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "fixture.hpp"
#include "probe/result.hpp"
#include "tcp_peer.hpp"
#include "tls_peer.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;

TEST_CASE("a healthy server is reached through all stages, and every fact is there") {
  for (const char* address : {"127.0.0.1", "::1"}) {
    CAPTURE(address);
    boost::asio::io_context io{1};
    const Context server = server_context(House::shared().leaf);
    TlsPeer peer{io, server.get(), {}, address};
    auto plan = plan_for(peer.port(), address);
    plan.target = "/v2/";
    const Attempt seen = attempted(io, plan);
    CHECK(seen.went_through());
    CHECK(seen.detail.empty());
    CHECK(seen.source_address == Address::parse(address));
    REQUIRE((seen.connect_time && seen.tls_time && seen.http_time));
    REQUIRE(seen.tls);
    CHECK(seen.tls->version == "TLSv1.3");
    CHECK(seen.tls->verified);
    CHECK(seen.tls->subject == "CN = ecr.example");
    CHECK(seen.tls->issuer == "CN = ecr6 test authority");
    CHECK(seen.tls->names == std::vector<std::string>{"ecr.example", "*.dkr-ecr.example", "127.0.0.1", "::1"});
    CHECK(seen.tls->fingerprint.size() == 64);
    CHECK(seen.tls->not_after > seen.tls->not_before);
    REQUIRE(seen.http);
    CHECK(seen.http->status == 401);
    CHECK(seen.http->server == "wire");
    CHECK(seen.http->target == "/v2/");
    REQUIRE(seen.tcp);
    CHECK(seen.tcp->state == 1);
    CHECK(peer.server_name() == "ecr.example");
    CHECK(peer.request() == "GET /v2/ HTTP/1.1\r\nHost: ecr.example:" + std::to_string(peer.port()) +
                                "\r\nUser-Agent: ecr6/" ECR6_VERSION "\r\nAccept: */*\r\nConnection: close\r\n\r\n");
  }
}

TEST_CASE("an address literal is checked against the certificate's addresses and asked for without a server name") {
  boost::asio::io_context io{1};
  const Context server = server_context(House::shared().leaf);
  TlsPeer peer{io, server.get(), {}, "::1"};
  auto plan = plan_for(peer.port(), "::1");
  plan.host = "::1";
  plan.host_port = 443;
  const Attempt seen = attempted(io, plan);
  CHECK(seen.went_through());
  CHECK(peer.server_name().empty());
  CHECK(peer.request().find("Host: [::1]\r\n") != std::string::npos);
}

TEST_CASE("a large hello needs more than one segment, a small one does not") {
  for (const bool large : {false, true}) {
    boost::asio::io_context io{1};
    const Context server = server_context(House::shared().leaf);
    TlsPeer peer{io, server.get(), {}};
    auto plan = plan_for(peer.port());
    plan.large_hello = large;
    CHECK(attempted(io, plan).went_through());
    CHECK((peer.client_hello().size() > 1500) == large);
  }
}

TEST_CASE("a confirmation may stop at the first byte of TLS") {
  boost::asio::io_context io{1};
  TcpPeer peer{io, {Expect{1}, Send{"\x16"}, Stall{1s}}};
  auto plan = plan_for(peer.port());
  plan.stop_after_first_tls_byte = true;
  const Attempt seen = attempted(io, plan);
  CHECK(seen.went_through());
  CHECK_FALSE(seen.tls);
}

TEST_CASE("small segments are asked for before the connection is made") {
  boost::asio::io_context io{1};
  const Context server = server_context(House::shared().leaf);
  TlsPeer peer{io, server.get(), {}, "::1"};
  auto plan = plan_for(peer.port(), "::1");
  plan.max_segment = 1220;
  const Attempt seen = attempted(io, plan);
  CHECK(seen.went_through());
  REQUIRE(seen.tcp);
  CHECK(seen.tcp->send_mss <= 1220);
}

TEST_CASE("a port that refuses") {
  for (const char* address : {"127.0.0.1", "::1"}) {
    CAPTURE(address);
    boost::asio::io_context io{1};
    const RefusedPort port{io, address};
    const Attempt seen = attempted(io, plan_for(port.port(), address));
    CHECK(seen.cause == Cause::connection_refused);
    CHECK(seen.reached == Reached::connect);
    CHECK_FALSE(seen.synchronous);
    CHECK(seen.source_address == Address::parse(address));
    CHECK_FALSE(seen.icmp);
    REQUIRE(seen.connect_time);
    CHECK(*seen.connect_time < 150ms);
    CHECK_FALSE(seen.tls_time);
  }
}

TEST_CASE("a port that is silent costs the stage's time, or what is left of the run's") {
  boost::asio::io_context io{1};
  const SilentPort port{io, "::1"};
  auto plan = plan_for(port.port(), "::1");
  const Attempt seen = attempted(io, plan);
  CHECK(seen.cause == Cause::connect_timeout);
  CHECK(seen.detail == "not finished within 200 ms");
  CHECK(seen.source_address == Address::parse("::1"));
  REQUIRE(seen.tcp);
  CHECK(seen.tcp->state == 2);

  plan.timeout = 2s;
  plan.deadline = std::chrono::steady_clock::now() + 50ms;
  const Attempt late = attempted(io, plan);
  CHECK(late.cause == Cause::deadline_exceeded);
  REQUIRE(late.connect_time);
  CHECK(*late.connect_time < 1s);
}

TEST_CASE("an attempt after the deadline ends at once") {
  boost::asio::io_context io{1};
  const SilentPort port{io};
  auto plan = plan_for(port.port());
  plan.deadline = std::chrono::steady_clock::now() - 1s;
  CHECK(attempted(io, plan).cause == Cause::deadline_exceeded);
}

TEST_CASE("what connect() refuses by itself is this host's fault") {
  struct Row {
    const char* name;
    const char* address;
    const char* interface;
    Cause cause;
  };
  const Row rows[] = {
      {"no such interface", "127.0.0.1", "ecr6-none", Cause::other},
      {"a source address of another host", "127.0.0.1", "192.0.2.1", Cause::address_not_available},
      {"a source address of the other family", "::1", "127.0.0.1", Cause::address_not_available},
      {"a broadcast address", "127.255.255.255", "", Cause::network_unreachable},
  };
  for (const Row& row : rows) {
    CAPTURE(row.name);
    boost::asio::io_context io{1};
    auto plan = plan_for(443, row.address);
    plan.interface = row.interface;
    const Attempt seen = attempted(io, plan);
    CHECK(seen.cause == row.cause);
    CHECK(seen.synchronous);
    CHECK_FALSE(seen.detail.empty());
    CHECK(seen.connect_time);
    CHECK_FALSE(seen.tcp);
  }
}

TEST_CASE("a source address is used, and shown") {
  boost::asio::io_context io{1};
  const Context server = server_context(House::shared().leaf);
  TlsPeer peer{io, server.get(), {}};
  auto plan = plan_for(peer.port());
  plan.interface = "127.0.0.9";
  const Attempt seen = attempted(io, plan);
  CHECK(seen.went_through());
  CHECK(seen.source_address == Address::parse("127.0.0.9"));
}

namespace {

/// No descriptor can be opened while it lives.
class NoDescriptors {
 public:
  NoDescriptors() {
    REQUIRE(::getrlimit(RLIMIT_NOFILE, &before_) == 0);
    rlimit none = before_;
    none.rlim_cur = 0;
    REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  }
  ~NoDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace

TEST_CASE("running out of descriptors has its own word") {
  boost::asio::io_context io{1};
  const RefusedPort port{io};  // Asio has opened its own descriptors by now
  auto plan = plan_for(port.port());
  (void)House::shared();
  Attempt seen;
  {
    const NoDescriptors none;
    seen = attempted(io, plan);
  }
  CHECK(seen.cause == Cause::too_many_files);
  CHECK(seen.synchronous);
}

TEST_CASE("a cancelled attempt keeps what it has seen") {
  using namespace boost::asio::experimental::awaitable_operators;
  boost::asio::io_context io{1};
  TcpPeer peer{io, {Expect{1}, Stall{2s}}};
  auto plan = plan_for(peer.port());
  plan.timeout = 2s;
  Attempt seen;
  // The attempt wins even when it is cancelled: it ends by value.
  const auto watched = [&]() -> boost::asio::awaitable<bool> {
    const auto keep = [&]() -> boost::asio::awaitable<void> {
      auto own = plan;
      seen = co_await probe::attempt(std::move(own), House::shared().trust);
    };
    boost::asio::steady_timer timer{io, 50ms};
    co_await (keep() || timer.async_wait(probe::by_value));
    co_return true;
  };
  CHECK(run(io, watched()));
  CHECK(seen.cause == Cause::interrupted);
  CHECK(seen.reached == Reached::tls);
  CHECK(seen.connect_time);
  CHECK(seen.tcp);
}
