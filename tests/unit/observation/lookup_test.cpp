#include <doctest/doctest.h>

#include "ecr6/observation/lookup.hpp"

namespace ecr6 {

namespace {

ServerAnswer answer(DnsOutcome outcome, std::vector<std::string_view> addresses = {}, int milliseconds = 1) {
  ServerAnswer answer;
  answer.outcome = outcome;
  for (const auto text : addresses) answer.records.push_back({Address::parse(text).value(), 60});
  answer.aliases = {std::string{to_string(outcome)}};
  answer.duration = Duration{milliseconds * 1000};
  return answer;
}

}  // namespace

TEST_CASE("the merged outcome is answered, then no_data, then name_not_found, then the first failure") {
  using enum DnsOutcome;
  struct Row {
    std::vector<DnsOutcome> outcomes;
    DnsOutcome merged;
  };
  const Row rows[] = {
      {{timeout, no_data, answered}, answered},
      {{name_not_found, no_data}, no_data},
      {{server_failure, name_not_found}, name_not_found},
      {{refused, timeout}, refused},
      {{timeout, refused}, timeout},
      {{unreachable, server_failure, format_error}, unreachable},
      {{malformed}, malformed},
  };
  for (const Row& row : rows) {
    std::vector<ServerAnswer> answers;
    for (const DnsOutcome outcome : row.outcomes) answers.push_back(answer(outcome));
    const Lookup lookup = merge(answers);
    CAPTURE(to_string(row.merged));
    CHECK(lookup.outcome == row.merged);
    CHECK(lookup.aliases == std::vector<std::string>{std::string{to_string(row.merged)}});
    CHECK(lookup.by_nameserver == answers);
  }
}

TEST_CASE("the merged records are the union in the order in which nameservers gave them") {
  const Lookup lookup = merge({answer(DnsOutcome::answered, {"2001:db8::2", "2001:db8::1"}, 9),
                               answer(DnsOutcome::answered, {"2001:db8::1", "2001:db8::3"}, 2)});
  REQUIRE(lookup.records.size() == 3);
  CHECK(lookup.records[0].address.to_string() == "2001:db8::2");
  CHECK(lookup.records[2].address.to_string() == "2001:db8::3");
  CHECK(lookup.duration == Duration{9'000});
}

TEST_CASE("only an answer about the name itself is usable") {
  for (int i = 0; i <= static_cast<int>(DnsOutcome::unreachable); ++i) {
    const auto outcome = static_cast<DnsOutcome>(i);
    CAPTURE(to_string(outcome));
    CHECK(is_usable(outcome) == (i <= static_cast<int>(DnsOutcome::name_not_found)));
  }
}

}  // namespace ecr6
