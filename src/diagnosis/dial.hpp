#pragma once

#include <optional>
#include <span>
#include <vector>

#include "clients.hpp"
#include "ecr6/observation/observation.hpp"

/// How clients dial a list of addresses, with times given instead of taken. Pure.
namespace ecr6 {

/// What comes of a connect to one address, as far as the run tells.
enum class Fate {
  stands,   ///< connected after the time
  fails,    ///< an error came back after the time
  silent,   ///< no answer for all of the time, this run's own timeout
  unknown,  ///< no answer yet after the time, when something else ended the attempt; or it was not tried at all
};

struct Candidate {
  Family family{};
  std::optional<Address> address;  ///< empty: whatever the other family would have given, had it been asked for
  Fate fate{Fate::unknown};
  Duration after{};
  const Attempt* attempt{};  ///< null when there was none

  [[nodiscard]] bool blocks() const { return fate == Fate::silent || fate == Fate::unknown; }
};
using Candidates = std::vector<Candidate>;

[[nodiscard]] Candidate candidate_of(const Attempt& attempt);

/// How long a client waits for one address while there are others.
struct Patience {
  enum class Share { whole, even, half };  ///< of the total: all of it, divided by the addresses left, or half
  Duration total{Duration::max()};         ///< for all addresses together
  Duration each{Duration::max()};
  Share share{Share::whole};
  /// `spent` of the total, `left` addresses to go, this one included.
  [[nodiscard]] Duration limit(Duration spent, std::size_t left) const;
};

/// One address in the course of a dial; times since the first connect.
struct Leg {
  Candidate candidate;
  Duration started{};
  Duration ended{};  ///< it stood, failed, was given up, or another connection stood
};

struct Dial {
  enum class End { stands, fails, unknown };
  End end{End::fails};
  Duration at{};
  bool at_least{};        ///< something silent was cut off by this run and not by the client
  std::vector<Leg> legs;  ///< in the order of their start
  std::optional<Candidate> winner;
};

/// One address after another.
[[nodiscard]] Dial serial(std::span<const Candidate> list, const Patience& patience, Duration start = {});

/// The addresses of the first one's family one after another, those of the other family beside them after the head
/// start, or as soon as the first family has failed. Go's net.Dialer; curl before it alternated.
[[nodiscard]] Dial family_race(std::span<const Candidate> list, Duration head_start, const Patience& patience);

/// All addresses in turn, the families alternating, the next one after `delay` or as soon as the one before has failed:
/// RFC 8305 §5, and newer versions of curl.
[[nodiscard]] Dial paced_race(std::span<const Candidate> list, Duration delay, Duration total);

/// The families by turns, beginning with `first`; the order within a family stays.
[[nodiscard]] Candidates interleaved(std::span<const Candidate> list, Family first);

}  // namespace ecr6
