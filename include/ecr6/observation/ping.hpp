#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/core/words.hpp"
#include "ecr6/observation/attempt.hpp"

namespace ecr6 {

/// What an ICMP echo request came to. Many networks filter echo: only `answered` says something about the path.
enum class PingOutcome {
  answered,
  no_answer,      ///< nothing came back in time
  unreachable,    ///< this host has no way there, or an ICMP error came back
  not_permitted,  ///< this user may open neither kind of ICMP socket, or a local filter forbids the echo
  failed,         ///< another error of this host, in the detail
  not_finished,   ///< the run ended first
};
[[nodiscard]] std::string_view to_string(PingOutcome word);
template <>
std::optional<PingOutcome> word_from<PingOutcome>(std::string_view word);

/// The kind of socket that sent an echo request.
enum class PingSocket { datagram, raw };
[[nodiscard]] std::string_view to_string(PingSocket word);
template <>
std::optional<PingSocket> word_from<PingSocket>(std::string_view word);

/// One ICMP echo (--ping) to one address.
struct Ping {
  Family family{};
  Address address;
  std::string diverted_to;  ///< the address that --connect-to put in its place; empty otherwise
  PingOutcome outcome{PingOutcome::not_finished};
  std::optional<Cause> cause;        ///< of a failure, where there is a word for it
  std::string detail;                ///< the origin's own words, unescaped
  std::optional<Duration> rtt;       ///< of the answer
  std::optional<PingSocket> socket;  ///< empty when none could be opened
  std::optional<IcmpError> icmp;     ///< the error that came back

  friend bool operator==(const Ping&, const Ping&) = default;
};

}  // namespace ecr6
