#include "probe/classify.hpp"

#include <doctest/doctest.h>
#include <openssl/x509_vfy.h>

#include <boost/asio/error.hpp>
#include <cerrno>

using namespace ecr6;
using namespace ecr6::probe;

namespace {

struct Row {
  Stage stage;
  Arrival arrival;
  int number;
  Cause cause;
};

const Row rows[] = {
    {Stage::connect, Arrival::later, ETIMEDOUT, Cause::connect_timeout},
    {Stage::tls, Arrival::later, ETIMEDOUT, Cause::tls_timeout},
    {Stage::http, Arrival::later, ETIMEDOUT, Cause::http_timeout},
    {Stage::connect, Arrival::synchronous, EACCES, Cause::permission_denied},
    {Stage::connect, Arrival::later, EACCES, Cause::admin_prohibited},
    {Stage::connect, Arrival::synchronous, EPERM, Cause::permission_denied},
    {Stage::connect, Arrival::synchronous, ENETUNREACH, Cause::network_unreachable},
    {Stage::connect, Arrival::later, ENETUNREACH, Cause::network_unreachable},
    {Stage::connect, Arrival::synchronous, ENETDOWN, Cause::network_unreachable},
    {Stage::connect, Arrival::later, EHOSTUNREACH, Cause::host_unreachable},
    {Stage::connect, Arrival::later, EHOSTDOWN, Cause::host_unreachable},
    {Stage::connect, Arrival::synchronous, EINVAL, Cause::invalid_route},
    {Stage::connect, Arrival::later, EINVAL, Cause::other},
    {Stage::connect, Arrival::synchronous, EADDRNOTAVAIL, Cause::address_not_available},
    {Stage::connect, Arrival::synchronous, EAFNOSUPPORT, Cause::family_not_supported},
    {Stage::connect, Arrival::later, ECONNREFUSED, Cause::connection_refused},
    {Stage::tls, Arrival::later, ECONNRESET, Cause::connection_reset},
    {Stage::http, Arrival::later, EPIPE, Cause::connection_reset},
    {Stage::connect, Arrival::later, EPROTO, Cause::protocol_error},
    {Stage::connect, Arrival::synchronous, EMFILE, Cause::too_many_files},
    {Stage::connect, Arrival::synchronous, ENFILE, Cause::too_many_files},
    {Stage::tls, Arrival::later, EMSGSIZE, Cause::tls_handshake_failed},
    {Stage::http, Arrival::later, EMSGSIZE, Cause::http_malformed},
    {Stage::connect, Arrival::synchronous, ENODEV, Cause::other},
};

}  // namespace

TEST_CASE("each socket error has its word, by stage and by whether it came at once") {
  for (const Row& row : rows) {
    CAPTURE(row.number);
    CAPTURE(to_string(row.stage));
    const error_code error{row.number, boost::system::system_category()};
    CHECK(to_string(classify(row.stage, error, row.arrival)) == to_string(row.cause));
  }
  CHECK(classify(Stage::tls, asio::error::eof) == Cause::closed_early);
  CHECK(classify(Stage::http, asio::error::eof) == Cause::closed_early);
  CHECK(classify(Stage::tls, asio::error::operation_aborted) == Cause::interrupted);
}

TEST_CASE("each verify code has its word") {
  CHECK(classify_certificate(X509_V_ERR_CERT_HAS_EXPIRED) == Cause::certificate_expired);
  CHECK(classify_certificate(X509_V_ERR_CERT_NOT_YET_VALID) == Cause::certificate_not_yet_valid);
  CHECK(classify_certificate(X509_V_ERR_HOSTNAME_MISMATCH) == Cause::certificate_name_mismatch);
  CHECK(classify_certificate(X509_V_ERR_IP_ADDRESS_MISMATCH) == Cause::certificate_name_mismatch);
  CHECK(classify_certificate(X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY) == Cause::certificate_untrusted);
  CHECK(classify_certificate(X509_V_ERR_UNSPECIFIED) == Cause::certificate_untrusted);
}
