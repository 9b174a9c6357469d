#pragma once

#include <string>
#include <string_view>

#include "ecr6/observation/observation.hpp"

/// curl's idiom: `*` says what happened, `>` was sent, `<` was received. Text from outside is escaped.
namespace ecr6::report {

/// One `* …` line.
[[nodiscard]] std::string star(std::string_view text);
/// "2001:db8::1" or "[2001:db8::1]:5353": with its port when that is not `usual`.
[[nodiscard]] std::string socket_text(const Address& address, std::uint16_t port, std::uint16_t usual);

/// How the name was resolved: by family, nameserver by nameserver.
[[nodiscard]] std::string resolve_lines(const Observation& observation, const EndpointObservation& endpoint);

/// Who an attempt talks to and as whom.
struct Peer {
  const Endpoint& endpoint;
  std::string_view version;  ///< this program's, as in its User-Agent
};

/// Everything about one attempt, up to the stage where it ended.
[[nodiscard]] std::string attempt_lines(const Attempt& attempt, const Peer& peer);
/// What the handshake showed, as curl prints it.
[[nodiscard]] std::string tls_lines(const TlsFacts& tls);
/// One line: what a repeat or a confirming probe was for and what it saw.
[[nodiscard]] std::string confirmation_line(const Confirmation& confirmation);
/// One line: what an echo request (--ping) came to.
[[nodiscard]] std::string ping_line(const Ping& ping);
/// One line: what AWS's ip-ranges.json (--ip-ranges) says of an address.
[[nodiscard]] std::string range_line(const IpRangeMatch& match);
/// One line for each hop that answered, and what that says about the silence.
[[nodiscard]] std::string hop_search_lines(const HopSearch& search);

}  // namespace ecr6::report
