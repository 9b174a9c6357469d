#include <doctest/doctest.h>

#include <string>

#include "ecr6/logs/report.hpp"
#include "ecr6/logs/summary.hpp"

using namespace ecr6;
using namespace ecr6::logs;

namespace {

Event call(const std::string& source, const std::string& principal = "p") {
  Event event;
  event.service = "ecr";
  event.principal = principal;
  event.source_text = source;
  const SourceFacts facts = source_of(source);
  event.source = facts.source;
  event.address = facts.address;
  event.way = facts.source == Source::ipv6 ? Way::ipv6 : Way::ipv4_only_name;
  return event;
}

Event at(const std::string& time) {
  Event event = call("203.0.113.1");
  event.at = from_rfc3339(time);
  return event;
}

std::vector<std::string> prefixes(const Summary& summary) {
  std::vector<std::string> found;
  for (const Table::Entry* const row : summary.prefixes.busiest()) {
    const SourcePrefix source = source_prefix_of(row->first);
    found.push_back(source.prefix + " " + source.condition_key);
  }
  return found;
}

}  // namespace

TEST_CASE("a table shows the busiest first, at equal counts by name") {
  Table table;
  for (const char* const key : {"b", "c", "a", "c"}) table.add(key, call("203.0.113.1"));
  const auto rows = table.busiest();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0]->first == "c");
  CHECK(rows[1]->first == "a");
  CHECK(rows[2]->first == "b");
  CHECK(table.others().events() == 0);
  CHECK_FALSE(table.pruned());
}

TEST_CASE("a full table gives up the rarest keys and loses no event") {
  Table table{3};
  for (int i = 0; i < 1000; ++i) {
    table.add("rare " + std::to_string(i), call("2001:db8::1"));
    table.add("busy", call("203.0.113.1"));
  }
  const auto rows = table.busiest();
  CHECK(rows.size() == 3);
  CHECK(rows[0]->first == "busy");
  CHECK(rows[0]->second.tally.events() == 1000);
  CHECK(table.pruned());
  Tally sum = table.others();
  for (const Table::Entry* const row : rows) sum.add(row->second.tally);
  CHECK(sum.events() == 2000);
  CHECK(sum.of(Source::ipv6) == 1000);
}

TEST_CASE("time is told by hour, then by day, then by month") {
  Timeline times{3};
  times.add(at("2026-08-01T10:10:00Z"));
  times.add(at("2026-08-01T10:50:00Z"));
  times.add(call("203.0.113.1"));
  CHECK(times.untimed() == 1);
  CHECK(times.view(10).unit == Timeline::Unit::hour);
  CHECK(times.view(10).slots.size() == 1);
  for (const char* const hour : {"11", "12", "13"}) times.add(at("2026-08-01T" + std::string{hour} + ":00:00Z"));
  CHECK(times.view(10).unit == Timeline::Unit::day);
  CHECK(times.view(10).slots.begin()->second.events() == 5);
  for (const char* const day : {"02", "03"}) times.add(at("2026-08-" + std::string{day} + "T00:00:00Z"));
  CHECK(times.view(2).unit == Timeline::Unit::month);
  CHECK(to_rfc3339(times.view(2).slots.begin()->first) == "2026-08-01T00:00:00Z");
  CHECK(times.view(2).slots.begin()->second.events() == 7);
}

TEST_CASE("sources become prefixes for policies: /64 and /32, apart from those inside a VPC") {
  Summary summary;
  for (const char* const source :
       {"2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1", "AWS Internal", "10.0.0.1"})
    summary.add(call(source));
  Event through_endpoint = call("2001:db8:1:2::1");
  through_endpoint.vpc_endpoint = "vpce-1";
  summary.add(through_endpoint);
  CHECK(prefixes(summary) == std::vector<std::string>{"2001:db8:1:2::/64 aws:SourceIp", "10.0.0.1/32 aws:VpcSourceIp",
                                                      "2001:db8:1:2::/64 aws:VpcSourceIp",
                                                      "2001:db8:1:3::/64 aws:SourceIp"});
}

TEST_CASE("a caller's key gives its parts back") {
  Summary summary;
  Event event = call("203.0.113.1", "arn:aws:iam::1:role/R");
  event.client = "docker/1";
  event.host = "ecr.us-west-2.api.aws";
  summary.add(event);
  const Caller caller = caller_of(summary.callers.busiest().at(0)->first);
  CHECK(caller.way == Way::ipv4_only_name);
  CHECK(caller.principal == "arn:aws:iam::1:role/R");
  CHECK(caller.client == "docker/1");
  CHECK(caller.host == "ecr.us-west-2.api.aws");
  CHECK(caller.vpc_endpoint.empty());
}

TEST_CASE("the text escapes what stems from the logs and says what was not shown") {
  Summary summary;
  for (int i = 0; i < 5; ++i) summary.add(call("203.0.113.1", "\x1b[31mevil" + std::to_string(i)));
  const std::string text = render_text(Input{}, summary, {2});
  CHECK(text.find('\x1b') == text.npos);
  CHECK(text.find("\\x1b[31mevil0") != text.npos);
  CHECK(text.find("evil4") == text.npos);
  CHECK(text.find("(3 more; --top 0 or --json shows what was kept)") != text.npos);
  CHECK(render_text(Input{}, summary, {0}).find("evil4") != text.npos);
}

TEST_CASE("problems are counted beyond those that are kept") {
  Input input;
  for (std::size_t i = 0; i < Input::problem_limit + 7; ++i) input.add({"f", i, "m"});
  CHECK(input.problems.size() == Input::problem_limit);
  CHECK(render_text(input, Summary{}, TextOptions{}).find("and 7 more places") != std::string::npos);
}
