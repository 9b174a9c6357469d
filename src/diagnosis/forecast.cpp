#include "ecr6/diagnosis/forecast.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "client_names.hpp"
#include "dial.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

constexpr Patience go_patience{go_dial_timeout, Duration::max(), Patience::Share::even};
constexpr Patience botocore_patience{Duration::max(), botocore_connect_timeout, Patience::Share::whole};
constexpr Patience curl_patience{curl_connect_timeout, Duration::max(), Patience::Share::half};

/// A dial that could not be followed to its end, and why.
struct Course {
  Dial dial;
  std::string reason;
};

Course not_known(Dial dial, std::string reason) {
  dial.end = Dial::End::unknown;
  dial.winner.reset();
  return {std::move(dial), std::move(reason)};
}

Course dial_go(const Candidates& list) { return {family_race(list, go_head_start, go_patience), {}}; }

/// When all have failed the AWS CLI begins again, up to five times unless it is told otherwise.
Course dial_in_order(const Candidates& list) {
  Course course{serial(list, botocore_patience), {}};
  course.dial.at_least = course.dial.end != Dial::End::stands;
  return course;
}

Course dial_by_the_book(const Candidates& list) {
  const Candidates turns = interleaved(list, list.front().family);
  return {paced_race(turns, rfc_8305_attempt_delay, Duration::max()), {}};
}

/// Up to 8.14 the families race as in Go; newer versions let all addresses alternate, IPv6 first.
Course dial_curl(const Candidates& list) {
  Dial older = family_race(list, curl_head_start, curl_patience);
  const Dial newer = paced_race(interleaved(list, Family::ipv6), curl_head_start, curl_connect_timeout);
  const bool same_family = older.winner && newer.winner && older.winner->family == newer.winner->family;
  if (older.end != newer.end || (older.winner && !same_family))
    return not_known(std::move(older), "it depends on curl's version, older ones do not alternate between addresses");
  Course course{older.at <= newer.at ? older : newer, {}};
  course.dial.at_least = course.dial.at_least || std::max(older.at, newer.at) > course.dial.at + bearable;
  return course;
}

/// IPv4 first, and its first address for certain; what a library does after that is its own affair.
Course dial_java(Candidates list) {
  const auto is_ipv4 = [](const Candidate& candidate) { return candidate.family == Family::ipv4; };
  std::stable_partition(list.begin(), list.end(), is_ipv4);
  Dial dial = serial(std::span{list}.first(1), Patience{});
  if (dial.end == Dial::End::stands || !list.front().address || list.front().fate == Fate::unknown)
    return {std::move(dial), {}};
  const auto is_dead = [](const Candidate& candidate) {
    return candidate.fate == Fate::fails || candidate.fate == Fate::silent;
  };
  dial.end = Dial::End::fails;
  dial.at_least = true;
  if (std::all_of(list.begin(), list.end(), is_dead)) return {std::move(dial), {}};
  return not_known(std::move(dial),
                   "its first address does not connect, and it depends on the library whether "
                   "another one is tried");
}

std::string what_is_missing(const Dial& dial) {
  for (const Leg& leg : dial.legs) {
    if (leg.candidate.fate != Fate::unknown) continue;
    if (!leg.candidate.address) return fmt::format("{} was not tested", title(leg.candidate.family));
    return fmt::format("{} was not tested{}", leg.candidate.address->to_string(),
                       leg.candidate.attempt ? " to an end" : "");
  }
  return "not everything was tested";
}

std::vector<PassedOver> passed_over(const Dial& dial) {
  std::vector<PassedOver> passed;
  for (const Leg& leg : dial.legs) {
    if (!leg.candidate.address || (dial.winner && leg.candidate.address == dial.winner->address)) break;
    const bool slower = leg.candidate.fate == Fate::stands;
    passed.push_back({*leg.candidate.address,
                      slower || !leg.candidate.attempt ? std::nullopt : leg.candidate.attempt->cause,
                      leg.ended - leg.started});
  }
  return passed;
}

/// A ClientHello as large as those of Go from 1.24 on fails where this program's small one passed, every time.
std::optional<Cause> large_hello_failure(const EndpointObservation& seen, const Address& address) {
  const auto failed = [&](std::string_view purpose) {
    return std::find_if(seen.confirmations.begin(), seen.confirmations.end(), [&](const Confirmation& probe) {
      return probe.purpose == purpose && probe.attempt.address == address && probe.attempt.cause &&
             probe.attempt.reached != Reached::connect && is_conclusive(probe.attempt);
    });
  };
  const auto first = failed(purpose::large_hello);
  const bool repeated = failed(purpose::large_hello_again) != seen.confirmations.end();
  return first != seen.confirmations.end() && repeated ? first->attempt.cause : std::nullopt;
}

void judge_winner(const EndpointObservation& seen, const Attempt& attempt, ClientForecast& made) {
  made.address = attempt.address;
  if (attempt.went_through()) {
    made.outcome = ForecastOutcome::connects;
    const auto cause = made.client == Client::go ? large_hello_failure(seen, attempt.address) : std::nullopt;
    if (!cause) return;
    made.outcome = ForecastOutcome::fails_after_connect;
    made.cause = cause;
    made.reason = "its ClientHello is large from Go 1.24 on";
  } else if (is_conclusive(attempt)) {
    made.outcome = ForecastOutcome::fails_after_connect;
    made.cause = attempt.cause;
  } else {
    made.reason = fmt::format("{} was not tested to an end", attempt.address.to_string());
  }
}

ClientForecast told(const EndpointObservation& seen, ClientForecast made, const Course& course) {
  const Dial& dial = course.dial;
  made.passed_over = passed_over(dial);
  made.connect_at_least = dial.at_least;
  if (dial.end == Dial::End::unknown) {
    made.reason = course.reason.empty() ? what_is_missing(dial) : course.reason;
    made.passed_over.clear();
    made.connect_at_least = false;
    return made;
  }
  made.connect = dial.at;
  if (dial.end == Dial::End::fails) made.outcome = ForecastOutcome::no_connection;
  if (dial.winner && dial.winner->attempt) judge_winner(seen, *dial.winner->attempt, made);
  return made;
}

using DialFunction = Course (*)(const Candidates&);

ClientForecast forecast_of(Client client, const EndpointObservation& seen, const ClientNames& names,
                           DialFunction dial) {
  ClientForecast made;
  made.client = client;
  made.lookup = names.time;
  made.lookup_at_least = names.at_least;
  if (!names.known) {
    made.reason = "the name could not be looked up";
  } else if (names.fails || names.candidates.empty()) {
    made.outcome = ForecastOutcome::no_address;
  } else {
    return told(seen, std::move(made), dial(names.candidates));
  }
  return made;
}

}  // namespace

std::vector<ClientForecast> forecast(const Observation& run, const EndpointObservation& seen) {
  const auto java = [](const Candidates& list) { return dial_java(list); };
  const ClientNames system = names_by_getaddrinfo(run, seen);
  return {
      forecast_of(Client::go, seen, names_by_go(run, seen), dial_go),
      forecast_of(Client::aws_cli, seen, system, dial_in_order),
      forecast_of(Client::curl, seen, system, dial_curl),
      forecast_of(Client::java, seen, system, java),
      forecast_of(Client::rfc_8305, seen, names_as_they_come(run, seen), dial_by_the_book),
  };
}

}  // namespace ecr6
