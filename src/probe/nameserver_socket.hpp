#pragma once

#include <string>

#include "ecr6/observation/lookup.hpp"

/// What a socket towards a nameserver needs and tells, beneath c-ares. Errors are errno values; 0 is none.
namespace ecr6::probe {

/// Prepares a socket before it connects: binds it to the interface of a link-local nameserver (connect() wants to know
/// which link), and asks for ICMP errors, the soft ones too.
[[nodiscard]] int prepare_socket(int fd, const Nameserver& server);

/// Why this host cannot even send to the nameserver: opens and connects a datagram socket as c-ares does, sends
/// nothing, and closes it. 0 when that works.
[[nodiscard]] int local_error(const Nameserver& server);

/// The first `bytes.size()` bytes that wait at a socket, left there. Takes a pending error away from it.
struct Peeked {
  int error{};
  bool closed{};      ///< the end of a stream
  std::string bytes;  ///< at most 512
};
[[nodiscard]] Peeked peek(int fd, bool stream);

/// The system's words for an error; exhausted descriptors are named plainly.
[[nodiscard]] std::string words_for(int error);

}  // namespace ecr6::probe
