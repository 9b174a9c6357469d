#include "probe/race.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ecr6;
using namespace std::chrono_literals;
using probe::RaceMachine;
using probe::RaceStep;

namespace {

Address address(const char* text) { return *Address::parse(text); }

/// A race told event by event; each event answers with what is to be done, in words: "connect 2001:db8::1; wake 250
/// ms".
class Told {
 public:
  explicit Told(bool ipv6 = true, bool ipv4 = true) : machine_{probe::RaceTimers{}, ipv6, ipv4} {}

  std::string aaaa(std::vector<const char*> addresses, Duration now) { return lookup(Family::ipv6, addresses, now); }
  std::string a(std::vector<const char*> addresses, Duration now) { return lookup(Family::ipv4, addresses, now); }
  std::string connected(std::size_t id, Duration now) { return words(machine_.connect_finished(id, true, now)); }
  std::string failed(std::size_t id, Duration now) { return words(machine_.connect_finished(id, false, now)); }
  std::string time(Duration now) { return words(machine_.time_passed(now)); }
  [[nodiscard]] const Race& result() const { return machine_.result(); }

 private:
  std::string lookup(Family family, const std::vector<const char*>& texts, Duration now) {
    std::vector<Address> addresses;
    for (const char* text : texts) addresses.push_back(address(text));
    return words(machine_.lookup_finished(family, addresses, now));
  }
  static std::string words(const RaceStep& step) {
    std::string text;
    for (const auto& next : step.connects) text += std::to_string(next.id) + ":" + next.address.to_string() + " ";
    if (step.wake_at) text += "wake " + std::to_string(step.wake_at->count() / 1000);
    if (step.done) text += "done";
    return text;
  }
  RaceMachine machine_;
};

}  // namespace

TEST_CASE("IPv6 that answers first starts first, and IPv4 follows after the attempt delay") {
  Told race;
  CHECK(race.aaaa({"2001:db8::1"}, 10ms) == "0:2001:db8::1 ");
  CHECK(race.a({"192.0.2.1"}, 12ms) == "wake 260");
  CHECK(race.time(260ms) == "1:192.0.2.1 ");
  CHECK(race.connected(0, 300ms) == "done");
  CHECK(race.result().winner == Family::ipv6);
  CHECK(race.result().address == address("2001:db8::1"));
  CHECK(race.result().duration == 300ms);
}

TEST_CASE("IPv4 that answers first waits out the resolution delay") {
  Told race;
  CHECK(race.a({"192.0.2.1"}, 10ms) == "wake 60");
  CHECK(race.time(59ms) == "wake 60");
  SUBCASE("and goes alone when IPv6 stays away") {
    CHECK(race.time(60ms) == "0:192.0.2.1 ");
    CHECK(race.connected(0, 70ms) == "done");
    CHECK(race.result().winner == Family::ipv4);
  }
  SUBCASE("and comes second when IPv6 answers in time") {
    CHECK(race.aaaa({"2001:db8::1"}, 59ms) == "0:2001:db8::1 wake 309");
    CHECK(race.time(309ms) == "1:192.0.2.1 ");
  }
  SUBCASE("and goes at once when there is no IPv6") { CHECK(race.aaaa({}, 20ms) == "0:192.0.2.1 "); }
  SUBCASE("and IPv6 that comes late is next in line") {
    CHECK(race.time(60ms) == "0:192.0.2.1 ");
    CHECK(race.aaaa({"2001:db8::1"}, 100ms) == "wake 310");
    CHECK(race.time(310ms) == "1:2001:db8::1 ");
  }
}

TEST_CASE("a connect that fails lets the next one start at once") {
  Told race;
  CHECK(race.a({"192.0.2.1"}, 1ms) == "wake 51");
  CHECK(race.aaaa({"2001:db8::1"}, 2ms) == "0:2001:db8::1 wake 252");
  CHECK(race.failed(0, 3ms) == "1:192.0.2.1 ");
  CHECK(race.connected(1, 5ms) == "done");
  CHECK(race.result().winner == Family::ipv4);
  CHECK(race.result().duration == 5ms);
}

TEST_CASE("families alternate, and a family that has run out leaves the line to the other") {
  Told race;
  CHECK(race.aaaa({"2001:db8::1", "2001:db8::2", "2001:db8::3"}, 0ms) == "0:2001:db8::1 wake 250");
  CHECK(race.a({"192.0.2.1"}, 0ms) == "wake 250");
  CHECK(race.time(250ms) == "1:192.0.2.1 wake 500");
  CHECK(race.time(500ms) == "2:2001:db8::2 wake 750");
  CHECK(race.time(750ms) == "3:2001:db8::3 ");
  CHECK(race.connected(1, 800ms) == "done");
  CHECK(race.result().winner == Family::ipv4);
}

TEST_CASE("a late answer of an early connect still wins") {
  Told race;
  CHECK(race.aaaa({"2001:db8::1"}, 0ms) == "0:2001:db8::1 ");
  CHECK(race.a({"192.0.2.1"}, 0ms) == "wake 250");
  CHECK(race.time(250ms) == "1:192.0.2.1 ");
  CHECK(race.failed(1, 251ms).empty());
  CHECK(race.connected(0, 1000ms) == "done");
  CHECK(race.result().winner == Family::ipv6);
}

TEST_CASE("the race is lost when every address has failed, and not before both lookups are over") {
  Told race;
  CHECK(race.aaaa({"2001:db8::1"}, 0ms) == "0:2001:db8::1 ");
  CHECK(race.failed(0, 5ms).empty());
  SUBCASE("IPv4 answers with nothing") { CHECK(race.a({}, 900ms) == "done"); }
  SUBCASE("IPv4 fails too") {
    CHECK(race.a({"192.0.2.1"}, 900ms) == "1:192.0.2.1 ");
    CHECK(race.failed(1, 900ms) == "done");
  }
  CHECK_FALSE(race.result().winner);
  CHECK_FALSE(race.result().address);
  CHECK(race.result().duration == 900ms);
}

TEST_CASE("a family that is switched off is never waited for") {
  Told only_ipv4{false, true};
  CHECK(only_ipv4.a({"192.0.2.1"}, 10ms) == "0:192.0.2.1 ");
  Told only_ipv6{true, false};
  CHECK(only_ipv6.aaaa({}, 10ms) == "done");
}

TEST_CASE("nothing changes a race that is over") {
  Told race;
  CHECK(race.aaaa({"2001:db8::1", "2001:db8::2"}, 0ms) == "0:2001:db8::1 wake 250");
  CHECK(race.time(250ms) == "1:2001:db8::2 ");
  CHECK(race.connected(1, 260ms) == "done");
  CHECK(race.connected(0, 270ms) == "done");
  CHECK(race.a({"192.0.2.1"}, 280ms) == "done");
  CHECK(race.result().duration == 260ms);
  CHECK(race.result().address == address("2001:db8::2"));
}
