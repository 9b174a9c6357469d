#include "probe/classify.hpp"

#include <openssl/x509_vfy.h>

#include <boost/asio/error.hpp>
#include <cerrno>
#include <optional>

namespace ecr6::probe {

namespace {

struct Row {
  std::optional<Stage> stage;      ///< empty: any
  std::optional<Arrival> arrival;  ///< empty: any
  error_code error;
  Cause cause;
};

error_code system(int number) { return {number, boost::system::system_category()}; }

// The first row that fits decides. Linux's translation of ICMP and routes into errno, measured on 6.x.
const Row* find(Stage stage, const error_code& error, Arrival arrival) {
  constexpr auto any_stage = std::nullopt;
  constexpr auto any_time = std::nullopt;
  static const Row rows[] = {
      {Stage::connect, any_time, system(ETIMEDOUT), Cause::connect_timeout},
      {Stage::tls, any_time, system(ETIMEDOUT), Cause::tls_timeout},
      {Stage::http, any_time, system(ETIMEDOUT), Cause::http_timeout},
      {any_stage, Arrival::synchronous, system(EACCES), Cause::permission_denied},  // a local prohibit route
      {any_stage, Arrival::later, system(EACCES), Cause::admin_prohibited},  // ICMPv6 1/1, 1/5, 1/6 arrive as EACCES
      {any_stage, any_time, system(EPERM), Cause::permission_denied},
      {any_stage, any_time, system(ENETUNREACH), Cause::network_unreachable},
      {any_stage, any_time, system(ENETDOWN), Cause::network_unreachable},
      {any_stage, any_time, system(EHOSTUNREACH), Cause::host_unreachable},
      {any_stage, any_time, system(EHOSTDOWN), Cause::host_unreachable},
      {any_stage, Arrival::synchronous, system(EINVAL), Cause::invalid_route},  // a local blackhole route
      {any_stage, any_time, system(EADDRNOTAVAIL), Cause::address_not_available},
      {any_stage, any_time, system(EAFNOSUPPORT), Cause::family_not_supported},
      {any_stage, any_time, system(ECONNREFUSED), Cause::connection_refused},
      {any_stage, any_time, system(ECONNRESET), Cause::connection_reset},
      {any_stage, any_time, system(EPIPE), Cause::connection_reset},
      {any_stage, any_time, system(EPROTO), Cause::protocol_error},
      {any_stage, any_time, system(EMFILE), Cause::too_many_files},
      {any_stage, any_time, system(ENFILE), Cause::too_many_files},
      {Stage::tls, any_time, system(EMSGSIZE), Cause::tls_handshake_failed},  // ours: see max_received_bytes
      {Stage::http, any_time, system(EMSGSIZE), Cause::http_malformed},
      {any_stage, any_time, asio::error::eof, Cause::closed_early},
      {any_stage, any_time, asio::error::operation_aborted, Cause::interrupted},
  };
  for (const Row& row : rows)
    if (row.stage.value_or(stage) == stage && row.arrival.value_or(arrival) == arrival && row.error == error)
      return &row;
  return nullptr;
}

}  // namespace

Cause classify(Stage stage, const error_code& error, Arrival arrival) {
  const Row* row = find(stage, error, arrival);
  return row ? row->cause : Cause::other;
}

Cause classify_certificate(long verify_code) {
  switch (verify_code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return Cause::certificate_expired;
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Cause::certificate_not_yet_valid;
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return Cause::certificate_name_mismatch;
    default:
      return Cause::certificate_untrusted;
  }
}

}  // namespace ecr6::probe
