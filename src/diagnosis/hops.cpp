#include "hops.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "icmp.hpp"
#include "net_cards.hpp"

namespace ecr6 {

namespace {

bool is_on_the_way(const Hop& hop) { return meaning_of(hop.icmp) == IcmpMeaning::hop_limit_exceeded; }

bool rejects(const HopSearch& search) {
  return std::any_of(search.hops.begin(), search.hops.end(), [](const Hop& hop) { return !is_on_the_way(hop); });
}

/// The limits at which a hop answered, rising.
std::vector<int> limits_of(const HopSearch& search, const Address& who) {
  std::vector<int> limits;
  for (const Hop& hop : search.hops)
    if (hop.icmp.offender == who) limits.push_back(hop.limit);
  return limits;
}

/// Never two in a row: a device may well answer for the one after it.
bool is_apart(const std::vector<int>& limits) {
  return limits.size() >= 2 &&
         std::adjacent_find(limits.begin(), limits.end(), [](int a, int b) { return b - a < 2; }) == limits.end();
}

bool one_between(const HopSearch& search, int first, int last) {
  return std::any_of(search.hops.begin(), search.hops.end(),
                     [&](const Hop& hop) { return hop.limit > first && hop.limit < last; });
}

std::string line_of(const Hop& hop) {
  const std::string words = is_on_the_way(hop) ? "" : ", " + words_of(hop.icmp);
  return fmt::format("hop {}: {} answers after {}{}", hop.limit, hop.icmp.offender.to_string(), to_text(hop.rtt),
                     words);
}

std::string what_was_tried(const HopSearch& search) {
  return fmt::format("connects to {} with hop limits 1 to {}", search.address.to_string(), search.limits);
}

}  // namespace

const HopSearch* search_for(const EndpointObservation& seen, const std::vector<const Attempt*>& attempts) {
  for (const HopSearch& search : seen.hop_searches)
    for (const Attempt* attempt : attempts)
      if (attempt->address == search.address && search.limits > 0) return &search;
  return nullptr;
}

bool goes_in_a_circle(const HopSearch& search) {
  return std::any_of(search.hops.begin(), search.hops.end(), [&](const Hop& hop) {
    const std::vector<int> limits = limits_of(search, hop.icmp.offender);
    return is_apart(limits) && (limits.size() >= 3 || one_between(search, limits.front(), limits.back()));
  });
}

const CauseCard& card_of_silence(const HopSearch* search) {
  if (search == nullptr) return net_cards::silent_drop;
  if (search->answered_at) return net_cards::silent_at_times;
  if (rejects(*search)) return net_cards::rejected_at_times;
  if (goes_in_a_circle(*search)) return net_cards::routing_loop;
  return search->hops.empty() ? net_cards::silent_without_hop : net_cards::silent_after_hop;
}

std::string last_hop_of(const HopSearch& search) {
  if (search.answered_at) return {};
  if (search.hops.empty()) return "no hop answers, not even the first";
  const Hop& last = search.hops.back();
  return fmt::format("the last hop that answers is {}, hop {}", last.icmp.offender.to_string(), last.limit);
}

std::vector<std::string> lines_of(const HopSearch* search) {
  if (search == nullptr) return {"which hop answers last was not tested"};
  std::vector<std::string> lines;
  for (const Hop& hop : search->hops) lines.push_back(line_of(hop));
  const std::string tried = what_was_tried(*search);
  if (search->answered_at)
    lines.push_back(fmt::format("{}: the address itself answered the one with limit {}", tried, *search->answered_at));
  else if (const std::string last = last_hop_of(*search); search->hops.empty())
    lines.push_back(fmt::format("{}: {}", last, tried));
  else
    lines.push_back(fmt::format("{} ({})", last, tried));
  return lines;
}

}  // namespace ecr6
