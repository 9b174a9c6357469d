#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ecr6/observation/attempt.hpp"

namespace ecr6 {

/// A repeat or a probe that confirms a suspicion; never counted as an attempt.
struct Confirmation {
  std::string purpose;  ///< one of `purpose`'s words
  Attempt attempt;      ///< what it saw
  friend bool operator==(const Confirmation&, const Confirmation&) = default;
};

/// What a confirmation is for. A record of a newer version may hold others: they are shown and judge nothing.
namespace purpose {

/// One more connect, for the times and for losses; ends at the first byte of the server's TLS, or once connected where
/// TLS does not work.
inline constexpr std::string_view later_connect = "later_connect";
/// A ClientHello of more than 1.5 kB; ends at the first byte of the server's handshake.
inline constexpr std::string_view large_hello = "large_hello";
/// The same again, after it failed where the small one passed: does it fail every time?
inline constexpr std::string_view large_hello_again = "large_hello_again";
/// The same over segments of at most 1220 bytes (TCP_MAXSEG): what they cure is the path MTU's.
inline constexpr std::string_view large_hello_small_segments = "large_hello_small_segments";
/// A whole attempt over segments of at most 1220 bytes, after one stalled.
inline constexpr std::string_view small_segments = "small_segments";
/// The stalled attempt again, unchanged, beside the one over small segments: does it stall every time?
inline constexpr std::string_view same_again = "same_again";
/// A certificate is out of date by this host's clock: the request is sent all the same, for the Date header of the
/// answer. It went through although the certificate is not in order.
inline constexpr std::string_view peer_clock = "peer_clock";

}  // namespace purpose

/// A hop that answered a connect whose hop limit ended there.
struct Hop {
  int limit{};     ///< IPV6_UNICAST_HOPS, IP_TTL: 1 is the first router
  IcmpError icmp;  ///< who answered; ICMPv6 type 3, ICMP type 11 is "time exceeded"
  Duration rtt{};  ///< from the connect to the answer
  friend bool operator==(const Hop&, const Hop&) = default;
};

/// The search for the last hop that answers, after an address stayed silent: connects with rising hop limits.
struct HopSearch {
  Address address;
  std::string diverted_to;  ///< as Attempt::diverted_to
  int limits{};             ///< the limits 1 to this one were tried
  std::vector<Hop> hops;    ///< those that answered, by limit; empty: no hop answers
  std::optional<int>
      answered_at;  ///< the lowest limit at which the address itself answered: the silence comes and goes
  friend bool operator==(const HopSearch&, const HopSearch&) = default;
};

}  // namespace ecr6
