#include "connect_causes.hpp"

#include "icmp.hpp"
#include "net_cards.hpp"
#include "own_network.hpp"

namespace ecr6 {

namespace {

/// Linux asks three times, a second apart, before it gives a neighbour up (ndisc: RFC 4861 §10, ARP alike).
constexpr Duration discovery_gives_up{2'500'000};

/// It has answered neighbour discovery: what is not asked for ("noarp", "permanent") or not there ("none") has not.
bool next_hop_is_alive(const Attempt& attempt) {
  if (!attempt.neighbour) return false;
  const std::string& state = attempt.neighbour->state;
  return state == "reachable" || state == "stale" || state == "delay" || state == "probe";
}

const CauseCard* dead_next_hop(const Attempt& attempt) {
  const bool on_link = attempt.route && attempt.route->type == "unicast" && !attempt.route->gateway;
  return on_link ? &net_cards::neighbour_dead : &net_cards::gateway_dead;
}

/// This host told itself that the address is unreachable: its packet filter, or neighbour discovery gave up.
const CauseCard* unreachable_by_this_host(const Attempt& attempt) {
  if (next_hop_is_silent(attempt)) return dead_next_hop(attempt);
  if (next_hop_is_alive(attempt)) return &net_cards::local_firewall;
  const bool given_up = attempt.connect_time && *attempt.connect_time >= discovery_gives_up;
  return given_up ? dead_next_hop(attempt) : &net_cards::unreachable_by_this_host;
}

const CauseCard* rejected_by_hop(const IcmpError& error) {
  switch (meaning_of(error)) {
    case IcmpMeaning::no_route:
      return &net_cards::no_route_upstream;
    case IcmpMeaning::address_unreachable:
      return &net_cards::address_unreachable;
    case IcmpMeaning::beyond_scope:
      return &net_cards::beyond_scope;
    case IcmpMeaning::source_refused:
      return &net_cards::source_refused;
    case IcmpMeaning::hop_limit_exceeded:
      return &net_cards::routing_loop;
    case IcmpMeaning::parameter_problem:
      return &net_cards::protocol_error;
    case IcmpMeaning::rejected:
      break;
  }
  return &net_cards::rejected;
}

/// Who sent the ICMP error says whose fault it is; what it says, which.
const CauseCard* by_icmp(const Attempt& attempt, const HostFacts& host) {
  switch (offender_of(attempt, host)) {
    case Offender::this_host:
      return meaning_of(*attempt.icmp) == IcmpMeaning::address_unreachable ? unreachable_by_this_host(attempt)
                                                                           : &net_cards::local_firewall;
    case Offender::destination:
      return &net_cards::rejected_by_destination;
    case Offender::hop:
      break;
  }
  return rejected_by_hop(*attempt.icmp);
}

const CauseCard* without_icmp(const Attempt& attempt) {
  switch (*attempt.cause) {
    case Cause::network_unreachable:
      return &net_cards::no_route_upstream;
    case Cause::host_unreachable:
      return next_hop_is_silent(attempt) ? dead_next_hop(attempt) : &net_cards::host_unreachable;
    case Cause::connection_refused:
      return &net_cards::refused;
    case Cause::connection_reset:
      return &net_cards::reset;
    case Cause::admin_prohibited:
      return &net_cards::rejected;
    case Cause::protocol_error:
      return &net_cards::protocol_error;
    default:
      return &net_cards::unclassified;
  }
}

/// Whether a queued ICMP error can have ended the connect: what came before a time ran out did not.
bool ended_by_icmp(const Attempt& attempt) {
  return attempt.icmp && attempt.cause != Cause::connection_reset && attempt.cause != Cause::connect_timeout;
}

}  // namespace

const CauseCard* card_of_connect(const Attempt& attempt, const HostFacts& host) {
  const Cause cause = *attempt.cause;
  if (ended_by_icmp(attempt)) return by_icmp(attempt, host);
  if (cause == Cause::connect_timeout)
    return next_hop_is_silent(attempt) ? dead_next_hop(attempt) : &net_cards::silent_drop;
  return without_icmp(attempt);
}

}  // namespace ecr6
