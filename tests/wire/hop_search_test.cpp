#include "probe/hop_search.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>

#include "fixture.hpp"
#include "tcp_peer.hpp"

namespace ecr6 {

using namespace std::chrono_literals;
using namespace wire_test;

namespace {

probe::HopSearchPlan plan_to(std::uint16_t port, const char* address = "127.0.0.1") {
  probe::HopSearchPlan plan;
  plan.address = Address::parse(address).value();
  plan.port = port;
  plan.patience = 300ms;
  return plan;
}

std::optional<HopSearch> searched(boost::asio::io_context& io, probe::HopSearchPlan plan) {
  const auto searcher = std::make_shared<probe::HopSearcher>(io.get_executor(), std::move(plan));
  return run(io, searcher->run());
}

}  // namespace

TEST_CASE("a search finds that the address itself answers, with a connection or a reset, over both families") {
  for (const char* address : {"127.0.0.1", "::1"}) {
    CAPTURE(address);
    boost::asio::io_context io{1};
    TcpPeer listening{io, {Stall{1ms}}, address};
    const RefusedPort refusing{io, address};
    for (const auto port : {listening.port(), refusing.port()}) {
      const auto found = searched(io, plan_to(port, address));
      REQUIRE(found);
      CHECK(found->address == Address::parse(address));
      CHECK(found->answered_at == 1);
      CHECK(found->hops.empty());
      CHECK(found->limits == 16);
    }
  }
}

TEST_CASE("a search of silence ends with its patience and has found nothing") {
  boost::asio::io_context io{1};
  const SilentPort silent{io};
  const auto began = std::chrono::steady_clock::now();
  const auto found = searched(io, plan_to(silent.port()));
  REQUIRE(found);
  CHECK(found->hops.empty());
  CHECK_FALSE(found->answered_at);
  CHECK(found->limits == 16);
  CHECK(std::chrono::steady_clock::now() - began < 3s);
}

TEST_CASE("a search that is not done says nothing: given up, no route, no time") {
  boost::asio::io_context io{1};
  const SilentPort silent{io};
  const auto searcher = std::make_shared<probe::HopSearcher>(io.get_executor(), plan_to(silent.port()));
  boost::asio::steady_timer soon{io, 20ms};
  soon.async_wait([&](const auto&) { searcher->give_up(); });
  CHECK_FALSE(run(io, searcher->run()));

  auto hurried = plan_to(silent.port());
  hurried.deadline = std::chrono::steady_clock::now() + 100ms;
  CHECK_FALSE(searched(io, hurried));

  auto elsewhere = plan_to(silent.port());
  elsewhere.interface = "192.0.2.1";  // none of this host's
  CHECK_FALSE(searched(io, elsewhere));
}

TEST_CASE("a search that is cancelled ends at once") {
  boost::asio::io_context io{1};
  const SilentPort silent{io};
  auto plan = plan_to(silent.port());
  plan.patience = 60s;
  const auto searcher = std::make_shared<probe::HopSearcher>(io.get_executor(), std::move(plan));
  boost::asio::cancellation_signal stop;
  bool ended{};
  boost::asio::co_spawn(io, searcher->run(),
                        boost::asio::bind_cancellation_slot(stop.slot(), [&](auto, auto) { ended = true; }));
  boost::asio::steady_timer soon{io, 20ms};
  soon.async_wait([&](const auto&) { stop.emit(boost::asio::cancellation_type::terminal); });
  io.run_for(5s);
  CHECK(ended);
}

}  // namespace ecr6
