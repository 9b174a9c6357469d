#pragma once

#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <chrono>
#include <ostream>
#include <string>

#include "minted.hpp"
#include "probe/attempt.hpp"
#include "run.hpp"

namespace ecr6 {

// So that doctest prints words.
inline std::ostream& operator<<(std::ostream& out, Cause cause) { return out << to_string(cause); }
inline std::ostream& operator<<(std::ostream& out, Reached reached) { return out << to_string(reached); }
inline std::ostream& operator<<(std::ostream& out, Family family) { return out << to_string(family); }

}  // namespace ecr6

namespace ecr6::wire_test {

/// One authority, one good server certificate, and a context that trusts that authority alone: made once per program.
struct House {
  House();
  ScratchDirectory directory;
  Identity authority;
  Identity leaf;
  std::string ca_file;
  probe::TlsContext trust;

  [[nodiscard]] static const House& shared();
};

/// A plan for a port on loopback, with short times.
[[nodiscard]] probe::AttemptPlan plan_for(std::uint16_t port, const char* address = "127.0.0.1");

/// One attempt, from start to end.
[[nodiscard]] Attempt attempted(boost::asio::io_context& io, probe::AttemptPlan plan);

}  // namespace ecr6::wire_test
