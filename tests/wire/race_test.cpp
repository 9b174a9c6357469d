#include "fixture.hpp"
#include "probe/race_runner.hpp"
#include "tcp_peer.hpp"

#include <boost/asio/post.hpp>

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;

namespace {

const Address v6 = *Address::parse("::1");
const Address v4 = *Address::parse("127.0.0.1");

/// One port on both loopback addresses; each side listens or refuses.
struct Ports {
  boost::asio::ip::tcp::acceptor ipv6, ipv4;
  explicit Ports(boost::asio::io_context& io) : ipv6{io}, ipv4{io} {
    ipv6.open(boost::asio::ip::tcp::v6());
    ipv6.bind({boost::asio::ip::make_address("::1"), 0});
    ipv4.open(boost::asio::ip::tcp::v4());
    ipv4.bind({boost::asio::ip::make_address("127.0.0.1"), ipv6.local_endpoint().port()});
  }
  [[nodiscard]] std::uint16_t port() const { return ipv6.local_endpoint().port(); }
};

Race raced(boost::asio::io_context& io, std::uint16_t port, const std::shared_ptr<probe::RaceFeed>& feed) {
  probe::RacePlan plan;
  plan.port = port;
  plan.timeout = 300ms;
  return run(io, probe::run_race(std::move(plan), feed));
}

}  // namespace

TEST_CASE("IPv6 wins when both answer") {
  boost::asio::io_context io{1};
  Ports ports{io};
  ports.ipv6.listen();
  ports.ipv4.listen();
  const auto feed = std::make_shared<probe::RaceFeed>(io.get_executor());
  feed->lookup_finished(Family::ipv4, {v4});
  feed->lookup_finished(Family::ipv6, {v6});
  const Race race = raced(io, ports.port(), feed);
  CHECK(race.winner == Family::ipv6);
  CHECK(race.address == v6);
  CHECK(race.duration < 150ms);
}

TEST_CASE("a refused IPv6 lets IPv4 start at once") {
  boost::asio::io_context io{1};
  Ports ports{io};
  ports.ipv4.listen();
  const auto feed = std::make_shared<probe::RaceFeed>(io.get_executor());
  feed->lookup_finished(Family::ipv6, {v6});
  feed->lookup_finished(Family::ipv4, {v4});
  const Race race = raced(io, ports.port(), feed);
  CHECK(race.winner == Family::ipv4);
  CHECK(race.duration < 200ms);
}

TEST_CASE("an IPv6 answer that never comes costs the resolution delay") {
  boost::asio::io_context io{1};
  Ports ports{io};
  ports.ipv4.listen();
  const auto feed = std::make_shared<probe::RaceFeed>(io.get_executor());
  boost::asio::post(io, [feed] { feed->lookup_finished(Family::ipv4, {v4}); });
  const Race race = raced(io, ports.port(), feed);
  CHECK(race.winner == Family::ipv4);
  CHECK(race.duration < 200ms);
}

TEST_CASE("nobody wins when nobody answers") {
  boost::asio::io_context io{1};
  Ports ports{io};
  const auto feed = std::make_shared<probe::RaceFeed>(io.get_executor());
  feed->lookup_finished(Family::ipv6, {v6});
  feed->lookup_finished(Family::ipv4, {v4});
  CHECK_FALSE(raced(io, ports.port(), feed).winner);
}

TEST_CASE("a silent address ends with its time, the race with its deadline") {
  boost::asio::io_context io{1};
  const SilentPort silent{io};
  const auto feed = std::make_shared<probe::RaceFeed>(io.get_executor());
  feed->lookup_finished(Family::ipv6, {});
  feed->lookup_finished(Family::ipv4, {v4});
  const Race lost = raced(io, silent.port(), feed);
  CHECK_FALSE(lost.winner);
  CHECK(lost.duration < 2s);

  const auto unanswered = std::make_shared<probe::RaceFeed>(io.get_executor());
  probe::RacePlan plan;
  plan.deadline = std::chrono::steady_clock::now() + 50ms;
  const Race late = run(io, probe::run_race(std::move(plan), unanswered));
  CHECK_FALSE(late.winner);
  CHECK(late.duration < 2s);
}
