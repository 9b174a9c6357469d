#pragma once

#include <deque>
#include <optional>
#include <string_view>
#include <vector>

#include "ecr6/observation/confirmation.hpp"

/// Which confirmations one endpoint needs next. Pure: what is known goes in, what to start comes out.
namespace ecr6::probe {

/// What matters here of an attempt or a confirmation that has ended.
struct Outcome {
  Reached reached{Reached::connect};
  std::optional<Cause> cause;
  std::optional<Duration> connect_time;  ///< of a connect that stood
  bool shook_hands{};                    ///< the TLS handshake came to its end, whatever the certificate
  bool sent_again{};                     ///< the kernel sent a segment again

  [[nodiscard]] bool went_through() const { return reached == Reached::done && !cause; }
  /// Nothing more came once TCP stood.
  [[nodiscard]] bool stalled() const { return cause == Cause::tls_timeout || cause == Cause::http_timeout; }
};
[[nodiscard]] Outcome outcome_of(const Attempt& attempt);

/// One address and, once its attempt has ended, what came of it.
struct Tried {
  Address address;
  std::optional<Outcome> outcome;
};

/// A confirmation that was begun and, once it has ended, what came of it.
struct Begun {
  std::string_view purpose;  ///< of `ecr6::purpose`
  Address address;
  std::optional<Outcome> outcome;
};

/// What is known of one family of an endpoint.
struct FamilySoFar {
  std::deque<Tried> tried;  ///< in the order in which the addresses were learnt
  std::deque<Begun> begun;  ///< in order
};

struct ConfirmationStep {
  std::string_view purpose;
  Address address;
  friend bool operator==(const ConfirmationStep&, const ConfirmationStep&) = default;
};

/// What to begin now for the family `own`, beside what was begun already:
/// - one large hello, at once; to another address when the first one's attempt did not shake hands either;
/// - where it fails and the small one passed: the same again, and over small segments;
/// - after an attempt that stalled: the same again, and over small segments;
/// - what small segments cured, once more: a cure that is repeated is a proof;
/// - after a certificate that is out of date by this host's clock: the time of its server, once;
/// - once all attempts are over: connects up to three where the families differ or connects are slow, three where
///   segments were sent again.
[[nodiscard]] std::vector<ConfirmationStep> next_confirmations(const FamilySoFar& own, const FamilySoFar& others);

/// How a confirmation differs from an attempt.
struct Variation {
  int max_segment{};
  bool large_hello{};
  bool stop_after_first_tls_byte{};
  bool stop_once_connected{};
  bool despite_dates{};
  friend bool operator==(const Variation&, const Variation&) = default;
};
[[nodiscard]] Variation variation_for(const ConfirmationStep& step, const FamilySoFar& own);

}  // namespace ecr6::probe
