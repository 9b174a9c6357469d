#pragma once

#include <string_view>

#include "builders.hpp"

/// Connects that failed on the path, in a few words.
namespace ecr6::faults {

inline constexpr std::string_view there = "2600::1", here = "2600::99", router = "2600::fe", gateway = "fe80::1";

/// A connect over IPv6 that failed after 10 ms, sent from `here`, through `gateway`.
[[nodiscard]] inline Attempt connect(Cause cause) {
  Attempt attempt = build::failed(there, Reached::connect, cause);
  attempt.source_address = Address::parse(here).value();
  attempt.route = Route{"unicast", "eth0", Address::parse(gateway).value(), attempt.source_address, {}, ""};
  return attempt;
}

[[nodiscard]] inline Attempt told(Attempt attempt, std::string_view offender, int type, int code) {
  attempt.icmp = IcmpError{Address::parse(offender).value(), type, code};
  return attempt;
}

[[nodiscard]] inline Attempt after(Attempt attempt, Duration time) {
  attempt.connect_time = time;
  return attempt;
}

[[nodiscard]] inline Attempt at_once(Attempt attempt) {
  attempt.synchronous = true;
  return attempt;
}

/// The next hop's entry; "" for a destination on the link itself.
[[nodiscard]] inline Attempt beside(Attempt attempt, std::string_view state, std::string_view hop = gateway) {
  attempt.neighbour =
      Neighbour{hop.empty() ? attempt.address : Address::parse(hop).value(), "eth0", std::string{state}};
  if (hop.empty()) attempt.route->gateway.reset();
  return attempt;
}

/// The same over IPv4: 192.0.2.1 from 192.0.2.99 through 192.0.2.254.
[[nodiscard]] inline Attempt connect4(Cause cause) {
  Attempt attempt = build::failed("192.0.2.1", Reached::connect, cause);
  attempt.source_address = Address::parse("192.0.2.99").value();
  attempt.route = Route{"unicast", "eth0", Address::parse("192.0.2.254").value(), attempt.source_address, {}, ""};
  return attempt;
}

/// The API with these IPv6 attempts alone; its IPv4 works.
[[nodiscard]] inline Observation with(std::vector<Attempt> attempts) {
  auto seen = build::api();
  const Family family = attempts.at(0).family;
  build::replace(seen, family, std::move(attempts));
  return build::run({seen});
}

[[nodiscard]] inline Hop hop(int limit, std::string_view who, int type = 3, int code = 0) {
  return {limit, {Address::parse(who).value(), type, code}, Duration{2'000}};
}

[[nodiscard]] inline HopSearch search(std::vector<Hop> hops) {
  return {Address::parse(there).value(), "", 16, std::move(hops), {}};
}

/// Silence, and what the search for the last hop saw.
[[nodiscard]] inline Observation silent(HopSearch found) {
  Observation run = with({connect(Cause::connect_timeout)});
  run.endpoints.at(0).hop_searches = {std::move(found)};
  return run;
}

}  // namespace ecr6::faults
