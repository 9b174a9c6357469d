#include "dial.hpp"

#include <algorithm>

#include "own_network.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

Candidate with(Candidate candidate, Fate fate, Duration after) {
  candidate.fate = fate;
  candidate.after = after;
  return candidate;
}

/// What a client gets from this address within its limit.
Leg leg_of(const Candidate& candidate, Duration start, Duration limit) {
  const bool in_time = !candidate.blocks() && candidate.after <= limit;
  return {candidate, start, start + (in_time ? candidate.after : limit)};
}

Candidates of_family(std::span<const Candidate> list, Family family) {
  Candidates own;
  std::copy_if(list.begin(), list.end(), std::back_inserter(own),
               [&](const Candidate& candidate) { return candidate.family == family; });
  return own;
}

/// What was begun before the end, cut off there.
std::vector<Leg> begun_before(std::vector<Leg> legs, Duration end) {
  std::erase_if(legs, [&](const Leg& leg) { return leg.started >= end && leg.started > Duration{0}; });
  for (Leg& leg : legs) leg.ended = std::min(leg.ended, end);
  return legs;
}

void add_loser(Dial& winner, const Dial& loser) {
  auto legs = begun_before(loser.legs, winner.at);
  winner.legs.insert(winner.legs.begin(), legs.begin(), legs.end());
  const auto by_start = [](const Leg& left, const Leg& right) { return left.started < right.started; };
  std::stable_sort(winner.legs.begin(), winner.legs.end(), by_start);
}

/// Two dials side by side; `first` wins a draw.
Dial sooner(Dial first, Dial second) {
  const bool second_wins = second.end == Dial::End::stands && (first.end != Dial::End::stands || second.at < first.at);
  if (second_wins) std::swap(first, second);
  if (first.end == Dial::End::stands) {
    if (second.end == Dial::End::unknown && second.at < first.at) first.end = Dial::End::unknown;
  } else if (second.end == Dial::End::unknown) {
    std::swap(first, second);
  } else {
    first.at = std::max(first.at, second.at);
  }
  first.at_least = first.end != Dial::End::stands && (first.at_least || second.at_least);
  add_loser(first, second);
  if (first.end != Dial::End::stands) first.winner.reset();
  return first;
}

/// The end of a race, once all of its legs are known. `doubt`: until then everything is known.
Dial settled(Dial dial, Duration last_failure, Duration doubt) {
  dial.end = dial.winner ? Dial::End::stands : Dial::End::fails;
  if (dial.winner) dial.at_least = false;
  if (!dial.winner) dial.at = last_failure;
  if (doubt < dial.at || (doubt <= dial.at && !dial.winner)) {
    dial.end = Dial::End::unknown;
    dial.at = doubt;
    dial.winner.reset();
    return dial;
  }
  dial.legs = begun_before(std::move(dial.legs), dial.at);
  return dial;
}

}  // namespace

Candidate candidate_of(const Attempt& attempt) {
  Candidate candidate{attempt.family, attempt.address, Fate::unknown, {}, &attempt};
  const Duration took = attempt.connect_time.value_or(Duration{0});
  if (attempt.reached != Reached::connect || !attempt.cause) return with(candidate, Fate::stands, took);
  if (!is_conclusive(attempt)) return with(candidate, Fate::unknown, took);
  if (attempt.cause != Cause::connect_timeout) return with(candidate, Fate::fails, took);
  // The kernel gives up on its neighbour sooner than any client gives up on the address.
  if (next_hop_is_silent(attempt)) return with(candidate, Fate::fails, std::max(took, neighbour_discovery));
  return with(candidate, Fate::silent, took);
}

Duration Patience::limit(Duration spent, std::size_t left) const {
  const Duration rest = total == Duration::max() ? total : std::max(total - spent, Duration{0});
  Duration share_of_it = rest;
  if (share == Share::even) share_of_it = std::max(rest / static_cast<Duration::rep>(left), go_least_share);
  if (share == Share::half && left > 1) share_of_it = rest / 2;
  return std::min({share_of_it, rest, each});
}

Dial serial(std::span<const Candidate> list, const Patience& patience, Duration start) {
  Dial dial;
  dial.at = start;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const Candidate& candidate = list[i];
    const Duration limit = patience.limit(dial.at, list.size() - i);
    const bool outlasts = limit == Duration::max() || (candidate.fate == Fate::unknown && candidate.after < limit);
    if (candidate.blocks() && outlasts) {
      dial.legs.push_back({candidate, dial.at, dial.at + candidate.after});
      dial.at += candidate.after;
      dial.at_least = true;
      dial.end = Dial::End::unknown;
      return dial;
    }
    dial.legs.push_back(leg_of(candidate, dial.at, limit));
    dial.at = dial.legs.back().ended;
    if (candidate.fate != Fate::stands || candidate.after > limit) continue;
    dial.end = Dial::End::stands;
    dial.winner = candidate;
    return dial;
  }
  return dial;
}

Dial family_race(std::span<const Candidate> list, Duration head_start, const Patience& patience) {
  if (list.empty()) return {};
  const Family family = list.front().family;
  Dial first = serial(of_family(list, family), patience);
  const Candidates others = of_family(list, other(family));
  if (others.empty()) return first;
  const Duration start = first.end == Dial::End::fails ? std::min(first.at, head_start) : head_start;
  if (first.end == Dial::End::stands && first.at <= start) return first;
  Dial second = serial(others, patience, start);
  return sooner(std::move(first), std::move(second));
}

Dial paced_race(std::span<const Candidate> list, Duration delay, Duration total) {
  Dial dial;
  Duration next{0}, last_failure{0}, doubt = Duration::max();
  for (const Candidate& candidate : list) {
    if (next >= (dial.winner ? dial.at : total)) break;
    const bool endless = total == Duration::max();
    const Leg leg = leg_of(candidate, next, endless ? candidate.after : total - next);
    dial.legs.push_back(leg);
    if (candidate.fate == Fate::stands && leg.ended < (dial.winner ? dial.at : total)) {
      dial.winner = candidate;
      dial.at = leg.ended;
    }
    if (candidate.fate == Fate::unknown) doubt = std::min(doubt, next + candidate.after);
    dial.at_least = dial.at_least || (endless && candidate.blocks());
    last_failure = std::max(last_failure, leg.ended);
    next += candidate.fate == Fate::fails ? std::min(candidate.after, delay) : delay;
  }
  return settled(std::move(dial), last_failure, doubt);
}

Candidates interleaved(std::span<const Candidate> list, Family first) {
  const Candidates leading = of_family(list, first), following = of_family(list, other(first));
  Candidates turns;
  for (std::size_t i = 0; i < std::max(leading.size(), following.size()); ++i) {
    if (i < leading.size()) turns.push_back(leading[i]);
    if (i < following.size()) turns.push_back(following[i]);
  }
  return turns;
}

}  // namespace ecr6
