#include "causes.hpp"

#include "cards.hpp"
#include "connect_causes.hpp"

namespace ecr6 {

namespace {

/// A reset has the name of the stage that it ended.
const CauseCard* reset(const Attempt& attempt) {
  return attempt.reached == Reached::tls ? &cards::reset_on_hello : &cards::http_reset;
}

const CauseCard* of_tls(Cause cause) {
  switch (cause) {
    case Cause::tls_timeout:
      return &cards::tls_timeout;
    case Cause::tls_alert:
      return &cards::tls_alert;
    case Cause::tls_too_old:
      return &cards::tls_too_old;
    case Cause::not_tls:
      return &cards::not_tls;
    case Cause::certificate_expired:
      return &cards::certificate_expired;
    case Cause::certificate_not_yet_valid:
      return &cards::certificate_not_yet_valid;
    case Cause::certificate_name_mismatch:
      return &cards::certificate_name;
    case Cause::certificate_untrusted:
      return &cards::certificate_untrusted;
    default:
      return &cards::tls_handshake_failed;
  }
}

}  // namespace

const CauseCard* card_of(const Attempt& attempt, const HostFacts& host) {
  if (!attempt.cause) return nullptr;
  if (attempt.cause == Cause::connection_reset && attempt.reached != Reached::connect) return reset(attempt);
  switch (*attempt.cause) {
    case Cause::deadline_exceeded:
    case Cause::interrupted:
      return nullptr;
    case Cause::tls_timeout:
    case Cause::tls_alert:
    case Cause::tls_handshake_failed:
    case Cause::tls_too_old:
    case Cause::not_tls:
    case Cause::certificate_expired:
    case Cause::certificate_not_yet_valid:
    case Cause::certificate_name_mismatch:
    case Cause::certificate_untrusted:
      return of_tls(*attempt.cause);
    case Cause::closed_early:
      return attempt.reached == Reached::http ? &cards::http_closed : &cards::tls_closed;
    case Cause::http_timeout:
      return &cards::http_timeout;
    case Cause::http_malformed:
      return &cards::http_malformed;
    case Cause::http_headers_too_large:
      return &cards::http_headers_too_large;
    default:
      return card_of_connect(attempt, host);
  }
}

}  // namespace ecr6
