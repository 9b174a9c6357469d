#include "probe/confirming.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <ostream>
#include <string>

namespace ecr6::probe {

namespace {

using Steps = std::vector<ConfirmationStep>;

const Address a = *Address::parse("2001:db8::a");
const Address b = *Address::parse("2001:db8::b");
const Address c = *Address::parse("2001:db8::c");

Outcome passed(int connect_ms = 10) {
  Outcome outcome;
  outcome.reached = Reached::done;
  outcome.connect_time = Duration{connect_ms * 1000};
  outcome.shook_hands = true;
  return outcome;
}

Outcome sent_again(Outcome outcome) {
  outcome.sent_again = true;
  return outcome;
}

Outcome ended(Reached reached, Cause cause) {
  Outcome outcome;
  outcome.reached = reached;
  outcome.cause = cause;
  if (reached != Reached::connect) outcome.connect_time = Duration{10'000};
  outcome.shook_hands = reached == Reached::http;
  return outcome;
}

const Outcome stalled_in_tls = ended(Reached::tls, Cause::tls_timeout);
const Outcome stalled_in_http = ended(Reached::http, Cause::http_timeout);
const Outcome silent = ended(Reached::connect, Cause::connect_timeout);
const Outcome reset_in_tls = ended(Reached::tls, Cause::connection_reset);

Outcome untrusted() {
  Outcome outcome = ended(Reached::tls, Cause::certificate_untrusted);
  outcome.shook_hands = true;
  return outcome;
}

Begun hello(const Address& address, std::optional<Outcome> outcome) {
  return {purpose::large_hello, address, std::move(outcome)};
}

/// A family whose large hello passed, so that a case is about one thing.
FamilySoFar family(std::deque<Tried> tried, std::deque<Begun> begun = {}) {
  FamilySoFar made;
  made.begun = std::move(begun);
  if (!tried.empty() && made.begun.empty()) made.begun.push_back(hello(tried.front().address, passed()));
  made.tried = std::move(tried);
  return made;
}

std::string text(const Steps& steps) {
  std::string out;
  for (const auto& step : steps) {
    out += out.empty() ? "" : ", ";
    out += std::string{step.purpose} + " " + step.address.to_string().substr(10);
  }
  return out;
}

struct Row {
  std::string_view name;
  FamilySoFar own, others;
  std::string_view steps;  ///< "purpose address, …", the address by its last digit
};

void check(std::span<const Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.name);
    CHECK(text(next_confirmations(row.own, row.others)) == row.steps);
  }
}

}  // namespace

TEST_CASE("one large hello for each family, and its twins where it fails for its size") {
  const auto large = [](const Address& at, std::optional<Outcome> outcome) { return hello(at, std::move(outcome)); };
  const Begun small_once{purpose::large_hello_small_segments, a, passed()};
  const Begun again{purpose::large_hello_again, a, stalled_in_tls};
  const FamilySoFar nothing_begun{{{a, {}}, {b, {}}}, {}};
  const Row rows[] = {
      {"no address", {}, {}, ""},
      {"at once, to the first address", nothing_begun, {}, "large_hello a"},
      {"once", family({{a, {}}}, {large(a, {})}), {}, ""},
      {"it passed", family({{a, passed()}}, {large(a, passed())}), {}, ""},
      {"it stalls before the attempt is over", family({{a, {}}}, {large(a, stalled_in_tls)}), {}, ""},
      {"it stalls where the small one passed",
       family({{a, passed()}}, {large(a, stalled_in_tls)}),
       {},
       "large_hello_small_segments a, large_hello_again a"},
      {"it is reset where the small one passed",
       family({{a, passed()}}, {large(a, reset_in_tls)}),
       {},
       "large_hello_small_segments a, large_hello_again a"},
      {"the small one passed up to its certificate",
       family({{a, untrusted()}}, {large(a, stalled_in_tls)}),
       {},
       "large_hello_small_segments a, large_hello_again a"},
      {"the small one is reset, too", family({{a, reset_in_tls}}, {large(a, reset_in_tls)}), {}, ""},
      {"its connect fails, and so does the only attempt", family({{a, silent}}, {large(a, silent)}), {}, ""},
      {"its connect fails, another address is well",
       family({{a, silent}, {b, passed()}}, {large(a, silent)}),
       {},
       "large_hello b"},
      {"its connect fails, the other address is not done", family({{a, silent}, {b, {}}}, {large(a, silent)}), {}, ""},
      {"never a third",
       family({{a, silent}, {b, passed()}, {c, passed()}}, {large(a, silent), large(b, silent)}),
       {},
       ""},
      {"small segments cured it once",
       family({{a, passed()}}, {large(a, stalled_in_tls), small_once, again}),
       {},
       "large_hello_small_segments a"},
      {"twice is enough", family({{a, passed()}}, {large(a, stalled_in_tls), small_once, again, small_once}), {}, ""},
      {"small segments did not cure it",
       family({{a, passed()}},
              {large(a, stalled_in_tls), {purpose::large_hello_small_segments, a, stalled_in_tls}, again}),
       {},
       ""},
  };
  check(rows);
}

TEST_CASE("an attempt that stalled is repeated as it was and over small segments, and a cure once more") {
  const Begun well = hello(b, passed());
  const auto small = [](std::optional<Outcome> outcome) { return Begun{purpose::small_segments, a, outcome}; };
  const Begun again{purpose::same_again, a, std::nullopt};
  const Row rows[] = {
      {"in TLS", family({{a, stalled_in_tls}}, {well}), {}, "small_segments a, same_again a"},
      {"in HTTP", family({{a, stalled_in_http}}, {well}), {}, "small_segments a, same_again a"},
      {"each address that did",
       family({{a, stalled_in_tls}, {b, passed()}, {c, stalled_in_tls}}, {well}),
       {},
       "small_segments a, same_again a, small_segments c, same_again c"},
      {"in the connect", family({{a, silent}}, {well}), {}, ""},
      {"cut off by the deadline", family({{a, ended(Reached::tls, Cause::deadline_exceeded)}}, {well}), {}, ""},
      {"not done yet", family({{a, stalled_in_tls}}, {well, small({}), again}), {}, ""},
      {"cured once", family({{a, stalled_in_tls}}, {well, small(passed()), again}), {}, "small_segments a"},
      {"cured up to a certificate that is not trusted",
       family({{a, stalled_in_tls}}, {well, small(untrusted()), again}),
       {},
       "small_segments a"},
      {"a stall in HTTP is not cured by a handshake",
       family({{a, stalled_in_http}}, {well, small(stalled_in_http), again}),
       {},
       ""},
      {"cured twice", family({{a, stalled_in_tls}}, {well, small(passed()), again, small(passed())}), {}, ""},
      {"not cured", family({{a, stalled_in_tls}}, {well, small(stalled_in_tls), again}), {}, ""},
  };
  check(rows);
}

TEST_CASE("connects are repeated only when the first results ask for it") {
  const auto later = [](int ms) { return Begun{purpose::later_connect, a, passed(ms)}; };
  const auto quick = family({{a, passed(10)}, {b, passed(10)}});
  const Row rows[] = {
      {"both as quick", family({{a, passed(10)}}), quick, ""},
      {"49 ms apart", family({{a, passed(59)}}), quick, ""},
      {"50 ms apart", family({{a, passed(60)}}), quick, "later_connect a, later_connect a"},
      {"50 ms apart, less than 1.5 times", family({{a, passed(200)}}), family({{a, passed(150)}}), ""},
      {"200 ms apart at any factor", family({{a, passed(1000)}}), family({{a, passed(800)}}),
       "later_connect a, later_connect a"},
      {"the other one is slower", quick, family({{a, passed(60)}}), "later_connect a"},
      {"more than a second, alone", family({{a, passed(1001)}}), {}, "later_connect a, later_connect a"},
      {"a second, alone", family({{a, passed(1000)}}), {}, ""},
      {"three addresses are enough", family({{a, passed(60)}, {b, passed(60)}, {c, passed(60)}}), quick, ""},
      {"an attempt is not over", family({{a, passed(60)}, {b, {}}}), quick, ""},
      {"the other family is not over", family({{a, passed(60)}}), family({{a, passed(10)}, {b, {}}}), ""},
      {"a silent address is no connect", family({{a, silent}, {b, passed(60)}}, {hello(b, passed())}), quick,
       "later_connect b, later_connect b"},
      {"once", family({{a, passed(60)}}, {hello(a, passed()), later(60), later(60)}), quick, ""},
      {"a segment was sent again", family({{a, passed()}, {b, sent_again(passed())}}), quick,
       "later_connect b, later_connect b, later_connect b"},
      {"a segment was sent again in an attempt that failed",
       family({{a, sent_again(stalled_in_tls)}},
              {hello(a, {}), {purpose::small_segments, a, {}}, {purpose::same_again, a, {}}}),
       quick, ""},
      {"a repeat lost a segment: three in all",
       family({{a, passed(60)}}, {hello(a, passed()), later(60), {purpose::later_connect, a, sent_again(passed())}}),
       quick, "later_connect a"},
  };
  check(rows);
}

TEST_CASE("the clock of a server whose certificate is out of date is asked once for each family") {
  const auto out_of_date = [](Cause cause) {
    Outcome outcome = ended(Reached::tls, cause);
    outcome.shook_hands = true;
    return outcome;
  };
  const Outcome expired = out_of_date(Cause::certificate_expired);
  const Row rows[] = {
      {"expired", family({{a, passed()}, {b, expired}}), {}, "peer_clock b"},
      {"not yet valid", family({{a, out_of_date(Cause::certificate_not_yet_valid)}}), {}, "peer_clock a"},
      {"at two addresses", family({{a, expired}, {b, expired}}), {}, "peer_clock a"},
      {"asked", family({{a, expired}}, {hello(a, passed()), {purpose::peer_clock, a, {}}}), {}, ""},
      {"for another name", family({{a, out_of_date(Cause::certificate_name_mismatch)}}), {}, ""},
      {"untrusted", family({{a, untrusted()}}), {}, ""},
  };
  check(rows);
}

TEST_CASE("a confirmation differs from an attempt by its purpose") {
  const FamilySoFar own = family({{a, passed()}, {b, stalled_in_tls}});
  struct Expected {
    ConfirmationStep step;
    Variation variation;
  };
  const Expected rows[] = {
      {{purpose::large_hello, a}, {0, true, true, false}},
      {{purpose::large_hello_again, a}, {0, true, true, false}},
      {{purpose::large_hello_small_segments, a}, {1220, true, true, false}},
      {{purpose::small_segments, b}, {1220, false, false, false}},
      {{purpose::same_again, b}, {}},
      {{purpose::later_connect, a}, {0, false, true, false}},
      {{purpose::later_connect, b}, {0, false, false, true}},
      {{purpose::peer_clock, a}, {0, false, false, false, true}},
  };
  for (const Expected& row : rows) {
    CAPTURE(row.step.purpose);
    CHECK(variation_for(row.step, own) == row.variation);
  }
}

TEST_CASE("an outcome is what an attempt has to say about its repeats") {
  Attempt attempt;
  attempt.connect_time = Duration{3'000'000};
  attempt.cause = Cause::connect_timeout;
  CHECK_FALSE(outcome_of(attempt).connect_time);
  attempt.reached = Reached::tls;
  attempt.cause = Cause::tls_timeout;
  CHECK(outcome_of(attempt).connect_time == attempt.connect_time);
  CHECK(outcome_of(attempt).stalled());
  CHECK_FALSE(outcome_of(attempt).shook_hands);
  attempt.tls.emplace();
  attempt.tcp.emplace().total_retransmits = 1;
  CHECK(outcome_of(attempt).shook_hands);
  CHECK(outcome_of(attempt).sent_again);
}

}  // namespace ecr6::probe
