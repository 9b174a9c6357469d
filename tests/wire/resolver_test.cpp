#include "probe/resolver.hpp"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/steady_timer.hpp>

#include "probe/result.hpp"
#include "run.hpp"
#include "scripted_dns.hpp"

using namespace ecr6;
using namespace ecr6::wire_test;
using namespace std::chrono_literals;
using Millis = std::chrono::milliseconds;

namespace ecr6 {
// doctest prints an enumerator as its number unless told otherwise.
inline doctest::String toString(DnsOutcome outcome) { return std::string{to_string(outcome)}.c_str(); }
}  // namespace ecr6

namespace {

const std::string name = "ecr.us-west-2.api.aws";

Reaction reply(Bytes message) { return {{std::move(message)}, 0ms}; }

/// One question to one scripted nameserver.
ServerAnswer answer_of(DnsScript script, Family family = Family::ipv6, Millis budget = 300ms,
                       const std::string& address = "127.0.0.1") {
  boost::asio::io_context io{1};
  ScriptedDns server{io, std::move(script), address};
  return run(io, probe::ask(server.nameserver(), 0, name, family, budget));
}

ServerAnswer answer_over_udp(std::function<Reaction(const Query&, int)> udp, Millis budget = 300ms) {
  return answer_of({std::move(udp), OverTcp::refuse, {}}, Family::ipv6, budget);
}

std::vector<std::string> texts(const std::vector<AddressRecord>& records) {
  std::vector<std::string> out;
  for (const auto& record : records) out.push_back(record.address.to_string());
  return out;
}

const auto truncated = [](const Query& query, int) { return reply(Answer{query}.truncated().bytes()); };
const auto silence = [](const Query&, int) { return Reaction{}; };

std::size_t open_descriptors() {
  std::size_t count{};
  for (int fd = 0; fd < 256; ++fd) count += dup2(fd, fd) == fd ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("an answer brings its records in order, with their TTLs and the alias chain") {
  const auto answer = answer_over_udp([](const Query& query, int) {
    return reply(Answer{query}
                     .alias("", "a.example", 300)
                     .alias("a.example", "B.example")
                     .address("b.example", "2001:db8::1", 42)
                     .address("b.example", "2001:db8::2")
                     .bytes());
  });
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(texts(answer.records) == std::vector<std::string>{"2001:db8::1", "2001:db8::2"});
  CHECK(answer.records.at(0).ttl == 42);
  CHECK(answer.aliases == std::vector<std::string>{"a.example", "b.example"});
  CHECK(answer.tries == 1);
  CHECK_FALSE(answer.over_tcp);
  CHECK(answer.detail.empty());
}

TEST_CASE("the latency counts from the question that was answered, not from one that was lost") {
  const auto lost_once = [](const Query& query, int count) {
    return count == 0 ? Reaction{} : reply(Answer{query}.address("", "2600::1").bytes());
  };
  const auto late = answer_over_udp(lost_once, 2500ms);
  CHECK(late.tries == 2);
  CHECK(late.duration >= 1s);
  REQUIRE(late.latency);
  CHECK(*late.latency < 1s);
  const auto slow = answer_over_udp([](const Query& query, int) {
    return Reaction{{Answer{query}.address("", "2600::1").bytes()}, 100ms};
  });
  REQUIRE(slow.latency);
  CHECK(*slow.latency >= 100ms);
  CHECK_FALSE(answer_over_udp(silence).latency);
}

TEST_CASE("whether a connection for a truncated answer came to stand") {
  CHECK(answer_of({truncated, OverTcp::silent, {}}).tcp_connected == true);
  CHECK(answer_of({truncated, OverTcp::close, {}}).tcp_connected == true);
  CHECK(answer_of({truncated, OverTcp::refuse, {}}).tcp_connected == false);
  CHECK_FALSE(answer_over_udp(silence).tcp_connected);
}

TEST_CASE("each refusal of a nameserver has its word") {
  struct Row {
    int rcode;
    DnsOutcome outcome;
    std::string detail;
  };
  const Row rows[] = {{0, DnsOutcome::no_data, ""},
                      {1, DnsOutcome::format_error, "FORMERR"},
                      {2, DnsOutcome::server_failure, "SERVFAIL"},
                      {3, DnsOutcome::name_not_found, ""},
                      {4, DnsOutcome::not_implemented, "NOTIMP"},
                      {5, DnsOutcome::refused, "REFUSED"},
                      {9, DnsOutcome::server_failure, "the nameserver answered with rcode 9"}};
  for (const Row& row : rows) {
    CAPTURE(row.rcode);
    const auto answer =
        answer_over_udp([&](const Query& query, int) { return reply(Answer{query}.rcode(row.rcode).bytes()); });
    CHECK(answer.outcome == row.outcome);
    CHECK(answer.detail == row.detail);
    CHECK(answer.tries == 1);
  }
}

TEST_CASE("a refusal without the question counts as well") {
  const auto answer =
      answer_over_udp([](const Query& query, int) { return reply(Answer{query}.rcode(1).bare().bytes()); });
  CHECK(answer.outcome == DnsOutcome::format_error);
}

TEST_CASE("a name that leads nowhere keeps its aliases") {
  const auto answer = answer_over_udp(
      [](const Query& query, int) { return reply(Answer{query}.rcode(3).alias("", "gone.example").bytes()); });
  CHECK(answer.outcome == DnsOutcome::name_not_found);
  CHECK(answer.aliases == std::vector<std::string>{"gone.example"});
}

TEST_CASE("A and AAAA are asked for apart") {
  boost::asio::io_context io{1};
  ScriptedDns server{io,
                     {[](const Query& query, int) {
                        const bool v4 = query.family == Family::ipv4;
                        return reply(Answer{query}.address("", v4 ? "192.0.2.1" : "2001:db8::1").bytes());
                      },
                      OverTcp::refuse,
                      {}}};
  const auto answer = run(io, probe::ask(server.nameserver(), 7, name, Family::ipv4, 300ms));
  CHECK(answer.nameserver == 7);
  CHECK(texts(answer.records) == std::vector<std::string>{"192.0.2.1"});
  REQUIRE(server.log().size() == 1);
  CHECK(server.log().at(0).type == 1);
  CHECK(server.log().at(0).name == name);
}

TEST_CASE("silence ends with the budget") {
  const auto answer = answer_over_udp(silence, 200ms);
  CHECK(answer.outcome == DnsOutcome::timeout);
  CHECK(answer.duration < 500ms);
  CHECK(answer.tries == 1);
  CHECK(answer.detail.find("no answer within") == 0);
}

TEST_CASE("a question that was lost is sent once more after a second, and no more than once") {
  int asked{};
  const auto answer = answer_over_udp(
      [&](const Query& query, int nth) {
        asked = nth + 1;
        return nth == 0 ? Reaction{} : reply(Answer{query}.address("", "2001:db8::1").bytes());
      },
      1500ms);
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(answer.tries == 2);
  CHECK(answer.duration >= 1s);
  CHECK(answer.duration < 1400ms);
  CHECK(asked == 2);
}

TEST_CASE("a nameserver that stays silent is asked twice within a long budget") {
  int asked{};
  const auto answer = answer_over_udp(
      [&](const Query&, int nth) {
        asked = nth + 1;
        return Reaction{};
      },
      1200ms);
  CHECK(answer.outcome == DnsOutcome::timeout);
  CHECK(answer.tries == 2);
  CHECK(asked == 2);
}

TEST_CASE("a late answer to the first question still counts") {
  const auto answer = answer_over_udp(
      [](const Query& query, int nth) {
        Reaction late = reply(Answer{query}.address("", "2001:db8::1").bytes());
        late.delay = 1200ms;
        return nth == 0 ? late : Reaction{};
      },
      2s);
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(answer.tries == 2);
  CHECK(answer.duration < 1900ms);
}

TEST_CASE("a truncated answer goes on over TCP") {
  const auto answer = answer_of({truncated, OverTcp::answer,
                                 [](const Query& query) { return Answer{query}.address("", "2001:db8::1").bytes(); }});
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(answer.over_tcp);
  CHECK(answer.tries == 1);
}

TEST_CASE("what goes wrong over TCP is told as that") {
  struct Row {
    OverTcp tcp;
    DnsOutcome outcome;
    std::string detail;
  };
  const Row rows[] = {
      {OverTcp::refuse, DnsOutcome::unreachable, "the answer was truncated; Connection refused"},
      {OverTcp::close, DnsOutcome::unreachable, "the answer was truncated; the nameserver closed the TCP connection"},
      {OverTcp::silent, DnsOutcome::timeout, "the answer was truncated; no answer over TCP within"}};
  for (const Row& row : rows) {
    CAPTURE(row.detail);
    const auto answer = answer_of({truncated, row.tcp, {}});
    CHECK(answer.outcome == row.outcome);
    CHECK(answer.over_tcp);
    CHECK(answer.detail.substr(0, row.detail.size()) == row.detail);
    CHECK(answer.duration < 600ms);
  }
}

TEST_CASE("an answer under another id is ignored, and said") {
  const auto wrong = [](const Query& query, int) {
    return reply(Answer{query}.id(static_cast<std::uint16_t>(query.id + 1)).address("", "2001:db8::bad").bytes());
  };
  const auto answer = answer_over_udp(wrong);
  CHECK(answer.outcome == DnsOutcome::timeout);
  CHECK(answer.detail.find("answers to other questions were ignored, 1 times") != std::string::npos);
  CHECK(answer.records.empty());
}

TEST_CASE("a wrong id before the right one changes nothing") {
  const auto answer = answer_over_udp([](const Query& query, int) {
    Answer wrong{query};
    wrong.id(static_cast<std::uint16_t>(query.id + 1)).address("", "2001:db8::bad");
    return Reaction{{wrong.bytes(), Answer{query}.address("", "2001:db8::1").bytes()}, 0ms};
  });
  CHECK(texts(answer.records) == std::vector<std::string>{"2001:db8::1"});
}

TEST_CASE("garbage is malformed, and so is an answer that breaks off") {
  struct Row {
    std::string what;
    std::function<Bytes(const Query&)> message;
  };
  const Row rows[] = {
      {"text", [](const Query&) { return Bytes{'H', 'T', 'T', 'P', '/', '1', '.', '1', ' ', '4', '0', '0', '\r'}; }},
      {"two bytes",
       [](const Query&) {
         return Bytes{0, 0};
       }},
      {"the question sent back", [](const Query& query) { return question(query.name, query.family, query.id); }},
      {"a record cut off",
       [](const Query& query) {
         Bytes bytes = Answer{query}.address("", "2001:db8::1").bytes();
         bytes.pop_back();
         return bytes;
       }},
      {"alias loop",
       [](const Query& query) { return Answer{query}.alias("", "a.example").alias("a.example", name).bytes(); }},
      {"alias to itself", [](const Query& query) { return Answer{query}.alias("", name).bytes(); }},
      {"a chain of 17",
       [](const Query& query) {
         Answer answer{query};
         answer.alias("", "a");  // one-letter names: more than 512 bytes would go on over TCP
         for (char letter = 'a'; letter < 'q'; ++letter) answer.alias({letter}, {static_cast<char>(letter + 1)});
         return answer.address("q", "2001:db8::1").bytes();
       }},
  };
  for (const Row& row : rows) {
    CAPTURE(row.what);
    const auto answer = answer_over_udp([&](const Query& query, int) { return reply(row.message(query)); });
    CHECK(answer.outcome == DnsOutcome::malformed);
    CHECK_FALSE(answer.detail.empty());
    CHECK(answer.records.empty());
    CHECK(answer.duration < 600ms);
  }
}

TEST_CASE("a dead port is unreachable at once, not after the budget") {
  boost::asio::io_context io{1};
  Nameserver dead;
  for (const char* address : {"127.0.0.1", "::1"}) {
    CAPTURE(address);
    {
      boost::asio::io_context other{1};
      dead = ScriptedDns{other, {silence, OverTcp::refuse, {}}, address}.nameserver();
    }
    const auto answer = run(io, probe::ask(dead, 0, name, Family::ipv6, 2s));
    CHECK(answer.outcome == DnsOutcome::unreachable);
    CHECK(answer.detail == "Connection refused");
    CHECK(answer.duration < 500ms);
  }
}

TEST_CASE("a nameserver that this host cannot send to is unreachable, with the system's own words") {
  boost::asio::io_context io{1};
  Nameserver server;
  server.address = Address::parse("fe80::1").value();
  const auto zoneless = run(io, probe::ask(server, 0, name, Family::ipv6, 300ms));
  CHECK(zoneless.outcome == DnsOutcome::unreachable);
  CHECK(zoneless.detail == "on this host: Invalid argument");
  server.zone = "nowhere0";
  const auto zoned = run(io, probe::ask(server, 0, name, Family::ipv6, 300ms));
  CHECK(zoned.outcome == DnsOutcome::unreachable);
  CHECK(zoned.detail == "on this host: no interface named nowhere0");
}

TEST_CASE("the socket of a nameserver with a zone is bound to that interface") {
  boost::asio::io_context io{1};
  ScriptedDns server{
      io, {[](const Query& query, int) { return reply(Answer{query}.bytes()); }, OverTcp::refuse, {}}, "::1"};
  Nameserver zoned = server.nameserver();
  for (const char* zone : {"lo", "1"}) {
    zoned.zone = zone;
    CHECK(run(io, probe::ask(zoned, 0, name, Family::ipv6, 300ms)).outcome == DnsOutcome::no_data);
  }
}

TEST_CASE("too many open files is told by name") {
  boost::asio::io_context io{1};
  ScriptedDns server{io, {silence, OverTcp::refuse, {}}};
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  rlimit tight = before;
  const int lowest_free = dup(0);
  close(lowest_free);
  tight.rlim_cur = static_cast<rlim_t>(lowest_free);
  setrlimit(RLIMIT_NOFILE, &tight);
  const auto answer = run(io, probe::ask(server.nameserver(), 0, name, Family::ipv6, 300ms));
  setrlimit(RLIMIT_NOFILE, &before);
  CHECK(answer.outcome == DnsOutcome::unreachable);
  CHECK(answer.detail == "on this host: too many open files");
}

TEST_CASE("4,000 records over TCP are bounded and counted") {
  DnsScript script{truncated, OverTcp::answer, [](const Query& query) {
                     Answer answer{query};
                     for (int i = 0; i < 4000; ++i)
                       answer.address("", "10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250));
                     return answer.bytes();
                   }};
  const auto answer = answer_of(std::move(script), Family::ipv4, 1s);
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(answer.records.size() == 512);
  CHECK(answer.records_left_out == 3488);
}

TEST_CASE("letters in another case are the same name") {
  const auto answer = answer_over_udp([](const Query& query, int) {
    return reply(Answer{query}
                     .question_name("eCr.US-west-2.aPi.AWS")
                     .alias("ECR.us-west-2.api.AWS", "A.Example")
                     .address("a.exAMPLE", "2001:db8::1")
                     .bytes());
  });
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(answer.aliases == std::vector<std::string>{"a.example"});
}

TEST_CASE("records of names that were not asked for are ignored") {
  const auto answer = answer_over_udp([](const Query& query, int) {
    return reply(Answer{query}.address("evil.example", "2001:db8::bad").alias("evil.example", "worse.example").bytes());
  });
  CHECK(answer.outcome == DnsOutcome::no_data);
  CHECK(answer.records.empty());
  CHECK(answer.aliases.empty());
}

TEST_CASE("a nameserver on ::1 is asked over IPv6, also over TCP") {
  const auto answer = answer_of(
      {truncated, OverTcp::answer, [](const Query& query) { return Answer{query}.address("", "2001:db8::1").bytes(); }},
      Family::ipv6, 300ms, "::1");
  CHECK(answer.outcome == DnsOutcome::answered);
  CHECK(answer.over_tcp);
}

TEST_CASE("names that cannot be asked for fail without a packet") {
  boost::asio::io_context io{1};
  ScriptedDns server{io, {silence, OverTcp::refuse, {}}};
  for (const std::string& bad : {std::string(64, 'a') + ".example", std::string{"a..example"}, std::string{"a\0b", 3},
                                 std::string(300, 'a'), [] {
                                   std::string longest;
                                   for (int i = 0; i < 90; ++i) longest += "abc.";
                                   return longest + "example";
                                 }()}) {
    CAPTURE(bad.size());
    const auto answer = run(io, probe::ask(server.nameserver(), 0, bad, Family::ipv6, 300ms));
    CHECK(answer.outcome == DnsOutcome::malformed);
    CHECK(answer.duration < 200ms);
    CHECK_FALSE(answer.detail.empty());
  }
  CHECK(server.questions() == 0);
}

TEST_CASE("all nameservers are asked at once, and a silent one hides nothing") {
  boost::asio::io_context io{1};
  ScriptedDns dead{io, {silence, OverTcp::refuse, {}}};
  ScriptedDns broken{
      io, {[](const Query& query, int) { return reply(Answer{query}.rcode(2).bytes()); }, OverTcp::refuse, {}}};
  ScriptedDns good{io,
                   {[](const Query& query, int) { return reply(Answer{query}.address("", "2001:db8::1").bytes()); },
                    OverTcp::refuse,
                    {}}};
  const std::vector<Nameserver> servers{dead.nameserver(), broken.nameserver(), good.nameserver(), dead.nameserver()};
  const auto started = std::chrono::steady_clock::now();
  const auto lookup = run(io, probe::resolve(name, Family::ipv6, servers, 250ms));
  CHECK(std::chrono::steady_clock::now() - started < 450ms);
  CHECK(lookup.outcome == DnsOutcome::answered);
  CHECK(texts(lookup.records) == std::vector<std::string>{"2001:db8::1"});
  REQUIRE(lookup.by_nameserver.size() == 4);
  const DnsOutcome expected[] = {DnsOutcome::timeout, DnsOutcome::server_failure, DnsOutcome::answered,
                                 DnsOutcome::timeout};
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(lookup.by_nameserver.at(i).nameserver == i);
    CHECK(lookup.by_nameserver.at(i).outcome == expected[i]);
  }
  CHECK(lookup.duration < 200ms);
}

TEST_CASE("a lookup that is cancelled ends at once and leaves no socket") {
  using namespace boost::asio::experimental::awaitable_operators;
  boost::asio::io_context io{1};
  ScriptedDns udp_silent{io, {silence, OverTcp::refuse, {}}};
  ScriptedDns tcp_silent{io, {truncated, OverTcp::silent, {}}};
  boost::asio::steady_timer timer{io, 60ms};
  const std::size_t before = open_descriptors();
  auto both = probe::resolve(name, Family::ipv6, {udp_silent.nameserver(), tcp_silent.nameserver()}, 5s) ||
              timer.async_wait(probe::by_value);
  const auto started = std::chrono::steady_clock::now();
  const auto winner = run(io, std::move(both));
  CHECK(winner.index() == 1);
  CHECK(std::chrono::steady_clock::now() - started < 500ms);
  // One more descriptor: the scripted nameserver's end of the TCP connection.
  CHECK(open_descriptors() <= before + 1);
}

TEST_CASE("a lookup that its context abandons leaves no socket") {
  const std::size_t before = open_descriptors();
  {
    boost::asio::io_context io{1};
    ScriptedDns tcp_silent{io, {truncated, OverTcp::silent, {}}};
    CHECK_THROWS(run(io, probe::ask(tcp_silent.nameserver(), 0, name, Family::ipv6, 5s), 0s));
    boost::asio::co_spawn(io, probe::ask(tcp_silent.nameserver(), 0, name, Family::ipv6, 5s),
                          [](std::exception_ptr, const ServerAnswer&) {});
    io.restart();
    io.run_for(100ms);
  }
  CHECK(open_descriptors() == before);
}
