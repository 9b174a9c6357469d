#include "causes.hpp"

#include "cards.hpp"

namespace ecr6 {

namespace {

bool is_own(const Attempt& attempt) { return attempt.icmp && attempt.source_address == attempt.icmp->offender; }

/// An ICMP error names who refused: this host, or a hop.
const CauseCard* refusal(const Attempt& attempt) { return is_own(attempt) ? &cards::local_firewall : &cards::rejected; }

const CauseCard* host_unreachable(const Attempt& attempt) {
  if (!attempt.icmp) return &cards::host_unreachable;
  return is_own(attempt) ? &cards::gateway_dead : &cards::rejected;
}

const CauseCard* reset(const Attempt& attempt) {
  if (attempt.reached == Reached::tls) return &cards::reset_on_hello;
  return attempt.reached == Reached::http ? &cards::http_reset : &cards::reset;
}

const CauseCard* of_connect(const Attempt& attempt) {
  switch (*attempt.cause) {
    case Cause::network_unreachable:
      return &cards::no_route_upstream;
    case Cause::host_unreachable:
      return host_unreachable(attempt);
    case Cause::connection_refused:
      return attempt.icmp ? refusal(attempt) : &cards::refused;
    case Cause::connection_reset:
      return reset(attempt);
    case Cause::admin_prohibited:
      return refusal(attempt);
    case Cause::protocol_error:
      return attempt.icmp ? &cards::rejected : &cards::protocol_error;
    case Cause::connect_timeout:
      return &cards::silent_drop;
    default:
      return &cards::unclassified;
  }
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

const CauseCard* card_of(const Attempt& attempt) {
  if (!attempt.cause) return nullptr;
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
      return of_connect(attempt);
  }
}

}  // namespace ecr6
