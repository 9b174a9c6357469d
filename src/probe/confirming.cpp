#include "probe/confirming.hpp"

#include <algorithm>

#include "ecr6/observation/connects.hpp"

namespace ecr6::probe {

namespace {

using Steps = std::vector<ConfirmationStep>;

// 1280, the least that IPv6 lets a path carry (RFC 8200 §5), less the headers of IPv6 and TCP.
constexpr int small_segment = 1220;
constexpr std::size_t max_large_hellos = 2;

const Outcome* attempt_at(const FamilySoFar& own, const Address& address) {
  for (const Tried& tried : own.tried)
    if (tried.address == address) return tried.outcome ? &*tried.outcome : nullptr;
  return nullptr;
}

std::vector<const Begun*> begun_for(const FamilySoFar& own, std::string_view purpose, const Address& address) {
  std::vector<const Begun*> found;
  for (const Begun& begun : own.begun)
    if (begun.purpose == purpose && begun.address == address) found.push_back(&begun);
  return found;
}

std::size_t count_begun(const FamilySoFar& own, std::string_view purpose) {
  return static_cast<std::size_t>(
      std::count_if(own.begun.begin(), own.begun.end(), [&](const Begun& begun) { return begun.purpose == purpose; }));
}

/// It failed where the small hello passed.
bool fails_for_its_size(const FamilySoFar& own, const Begun& hello) {
  const Outcome* const small = attempt_at(own, hello.address);
  return hello.outcome && hello.outcome->reached == Reached::tls && small && small->shook_hands;
}

/// Whether it said something about large hellos, or still may.
bool may_tell(const FamilySoFar& own, const Begun& hello) {
  if (!hello.outcome || hello.outcome->went_through()) return true;
  return !attempt_at(own, hello.address) || fails_for_its_size(own, hello);
}

void add_large_hello(const FamilySoFar& own, Steps& steps) {
  const std::size_t begun = count_begun(own, purpose::large_hello);
  if (own.tried.empty() || begun >= max_large_hellos) return;
  if (begun == 0) return steps.push_back({purpose::large_hello, own.tried.front().address});
  for (const Begun& hello : own.begun)
    if (hello.purpose == purpose::large_hello && may_tell(own, hello)) return;
  for (const Tried& tried : own.tried)
    if (tried.outcome && tried.outcome->shook_hands && begun_for(own, purpose::large_hello, tried.address).empty())
      return steps.push_back({purpose::large_hello, tried.address});
}

struct Twins {
  std::string_view again, small;
};
constexpr Twins twins_of_hello{purpose::large_hello_again, purpose::large_hello_small_segments};
constexpr Twins twins_of_stall{purpose::same_again, purpose::small_segments};

/// It got further than where `failed` ended.
bool gets_past(const Outcome& failed, const Outcome& probe) {
  return probe.went_through() || (failed.reached == Reached::tls && probe.shook_hands);
}

/// The same again and over small segments; once small segments have cured it, those again.
void add_twins(const FamilySoFar& own, const Tried& failed, const Twins& twins, Steps& steps) {
  const auto cures = begun_for(own, twins.small, failed.address);
  if (cures.empty()) {
    steps.push_back({twins.small, failed.address});
    steps.push_back({twins.again, failed.address});
  } else if (cures.size() == 1 && cures[0]->outcome && gets_past(*failed.outcome, *cures[0]->outcome)) {
    steps.push_back({twins.small, failed.address});
  }
}

void add_twins_of_large_hello(const FamilySoFar& own, Steps& steps) {
  for (const Begun& hello : own.begun)
    if (hello.purpose == purpose::large_hello && fails_for_its_size(own, hello))
      add_twins(own, {hello.address, hello.outcome}, twins_of_hello, steps);
}

void add_twins_of_stalls(const FamilySoFar& own, Steps& steps) {
  for (const Tried& tried : own.tried)
    if (tried.outcome && tried.outcome->stalled()) add_twins(own, tried, twins_of_stall, steps);
}

bool is_out_of_date(const std::optional<Outcome>& outcome) {
  return outcome && outcome->reached == Reached::tls &&
         (outcome->cause == Cause::certificate_expired || outcome->cause == Cause::certificate_not_yet_valid);
}

void add_peer_clock(const FamilySoFar& own, Steps& steps) {
  if (count_begun(own, purpose::peer_clock) > 0) return;
  for (const Tried& tried : own.tried)
    if (is_out_of_date(tried.outcome)) return steps.push_back({purpose::peer_clock, tried.address});
}

bool are_over(const FamilySoFar& family) {
  return std::all_of(family.tried.begin(), family.tried.end(), [](const Tried& tried) { return tried.outcome; });
}

std::vector<Duration> times(const FamilySoFar& family) {
  std::vector<Duration> times;
  for (const Tried& tried : family.tried)
    if (tried.outcome && tried.outcome->connect_time) times.push_back(*tried.outcome->connect_time);
  for (const Begun& begun : family.begun)
    if (begun.purpose == purpose::later_connect && begun.outcome && begun.outcome->connect_time)
      times.push_back(*begun.outcome->connect_time);
  return times;
}

/// One of the two is slow: then both medians are in question.
bool speed_is_in_question(const FamilySoFar& own, const FamilySoFar& others) {
  const auto mine = median_of(times(own)), theirs = median_of(times(others));
  if (!mine) return false;
  if (!theirs) return is_slow(mine->median, std::nullopt);
  return is_slow(mine->median, theirs->median) || is_slow(theirs->median, mine->median);
}

std::vector<Address> connected_addresses(const FamilySoFar& own) {
  std::vector<Address> addresses;
  for (const Tried& tried : own.tried)
    if (tried.outcome && tried.outcome->connect_time) addresses.push_back(tried.address);
  return addresses;
}

bool is_lossy(const std::optional<Outcome>& outcome) {
  return outcome && outcome->went_through() && outcome->sent_again;
}

/// Where segments were sent again and all went well nonetheless.
std::vector<Address> lossy_addresses(const FamilySoFar& own) {
  std::vector<Address> addresses;
  for (const Tried& tried : own.tried)
    if (is_lossy(tried.outcome)) addresses.push_back(tried.address);
  for (const Begun& begun : own.begun)
    if (begun.purpose == purpose::later_connect && is_lossy(begun.outcome)) addresses.push_back(begun.address);
  return addresses;
}

/// Up to `wanted` in all, in turn over the addresses.
void add_connects(const FamilySoFar& own, std::size_t wanted, const std::vector<Address>& addresses, Steps& steps) {
  for (std::size_t next = count_begun(own, purpose::later_connect); next < wanted && !addresses.empty(); ++next)
    steps.push_back({purpose::later_connect, addresses[next % addresses.size()]});
}

void add_later_connects(const FamilySoFar& own, const FamilySoFar& others, Steps& steps) {
  if (!are_over(own) || !are_over(others)) return;
  const auto lossy = lossy_addresses(own);
  if (!lossy.empty()) return add_connects(own, enough_connects, lossy, steps);
  const auto standing = connected_addresses(own);
  if (standing.size() < enough_connects && speed_is_in_question(own, others))
    add_connects(own, enough_connects - standing.size(), standing, steps);
}

}  // namespace

Outcome outcome_of(const Attempt& attempt) {
  Outcome outcome;
  outcome.reached = attempt.reached;
  outcome.cause = attempt.cause;
  if (connected(attempt)) outcome.connect_time = attempt.connect_time;
  outcome.shook_hands = attempt.tls.has_value();
  outcome.sent_again = was_sent_again(attempt);
  return outcome;
}

std::vector<ConfirmationStep> next_confirmations(const FamilySoFar& own, const FamilySoFar& others) {
  Steps steps;
  add_large_hello(own, steps);
  add_twins_of_large_hello(own, steps);
  add_twins_of_stalls(own, steps);
  add_peer_clock(own, steps);
  add_later_connects(own, others, steps);
  return steps;
}

Variation variation_for(const ConfirmationStep& step, const FamilySoFar& own) {
  Variation variation;
  if (step.purpose == purpose::small_segments || step.purpose == purpose::large_hello_small_segments)
    variation.max_segment = small_segment;
  variation.despite_dates = step.purpose == purpose::peer_clock;
  variation.large_hello = step.purpose.starts_with(purpose::large_hello);
  const Outcome* const attempt = attempt_at(own, step.address);
  const bool speaks_tls = attempt && attempt->shook_hands;
  variation.stop_after_first_tls_byte = variation.large_hello || (step.purpose == purpose::later_connect && speaks_tls);
  variation.stop_once_connected = step.purpose == purpose::later_connect && !speaks_tls;
  return variation;
}

}  // namespace ecr6::probe
