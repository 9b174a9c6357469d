#include "probe/tls_session.hpp"

#include <fmt/core.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <new>

#include "probe/tls_facts.hpp"

namespace ecr6::probe {

namespace {

constexpr std::size_t max_first_bytes = 64;
constexpr std::size_t max_record = 16 * 1024;

void expect_name(SSL* ssl, const std::string& host) {
  X509_VERIFY_PARAM* const expected = SSL_get0_param(ssl);
  if (const auto literal = Address::parse(host)) {
    const auto bytes = literal->bytes();
    X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size());
    return;
  }
  // SSL_set_tlsext_host_name, whose macro holds an old-style cast
  std::string name = host;
  SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name.data());
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  SSL_set1_host(ssl, host.c_str());  // makes a mismatch show up in SSL_get_verify_result
}

std::string alert_words(int number) {
  switch (number) {  // OpenSSL 3.0's list ends before these two (RFC 8446 §6, RFC 7301 §3.2)
    case 116:
      return "certificate required";
    case 120:
      return "no application protocol";
    default:
      return SSL_alert_desc_string_long(number);
  }
}

std::string reason_words(unsigned long error) {
  const char* const words = ERR_reason_error_string(error);
  if (ERR_GET_LIB(error) == ERR_LIB_SSL && ERR_GET_REASON(error) == SSL_R_EXCESSIVE_MESSAGE_SIZE)
    return fmt::format("{}: a handshake message is larger than allowed (certificates: {} bytes)",
                       words ? words : "excessive message size", max_certificate_bytes);
  return words ? words : fmt::format("OpenSSL error {:#x}", error);
}

}  // namespace

void TlsSession::Free::operator()(ssl_st* ssl) const { SSL_free(ssl); }

TlsSession::TlsSession(const TlsContext& context, const std::string& host, bool large_hello)
    : ssl_{SSL_new(context.native_handle())}, incoming_{BIO_new(BIO_s_mem())}, outgoing_{BIO_new(BIO_s_mem())} {
  if (!ssl_ || !incoming_ || !outgoing_) throw std::bad_alloc{};
  SSL_set_bio(ssl_.get(), incoming_, outgoing_);
  SSL_set_connect_state(ssl_.get());
  if (large_hello) SSL_set_app_data(ssl_.get(), this);  // any mark will do: see add_filling
  expect_name(ssl_.get(), host);
}

TlsSession::Progress TlsSession::shake_hands() {
  ERR_clear_error();
  return progress(SSL_do_handshake(ssl_.get()));
}

TlsSession::Progress TlsSession::write(std::string_view plain) {
  ERR_clear_error();
  std::size_t written = 0;
  return progress(SSL_write_ex(ssl_.get(), plain.data(), plain.size(), &written));
}

TlsSession::Progress TlsSession::read(std::string& plain) {
  ERR_clear_error();
  char buffer[max_record];
  std::size_t size = 0;
  const Progress result = progress(SSL_read_ex(ssl_.get(), buffer, sizeof buffer, &size));
  plain.append(buffer, size);
  return result;
}

TlsSession::Progress TlsSession::progress(int result) {
  if (result == 1) return Progress::done;
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return Progress::wants_read;
    case SSL_ERROR_ZERO_RETURN:
      return Progress::closed;
    default:
      keep_error();
      return Progress::failed;
  }
}

void TlsSession::keep_error() {
  const unsigned long error = ERR_peek_error();
  const int reason = ERR_GET_REASON(error);
  alert_ = ERR_GET_LIB(error) == ERR_LIB_SSL && reason > SSL_AD_REASON_OFFSET;
  const int number = reason - SSL_AD_REASON_OFFSET;
  no_common_version_ = alert_ ? number == SSL_AD_PROTOCOL_VERSION
                              : ERR_GET_LIB(error) == ERR_LIB_SSL && reason == SSL_R_UNSUPPORTED_PROTOCOL;
  detail_ = alert_ ? fmt::format("{} (alert {})", alert_words(number), number) : reason_words(error);
  ERR_clear_error();
}

void TlsSession::feed(std::string_view bytes) {
  first_bytes_ += bytes.substr(0, max_first_bytes - first_bytes_.size());
  BIO_write(incoming_, bytes.data(), static_cast<int>(bytes.size()));
}

std::string TlsSession::take_output() {
  std::string out(BIO_ctrl_pending(outgoing_), '\0');
  if (!out.empty()) BIO_read(outgoing_, out.data(), static_cast<int>(out.size()));
  return out;
}

bool TlsSession::looks_like_tls() const {
  // RFC 8446 §5.1: content types 20 to 24, then the major version 3.
  if (first_bytes_.empty()) return true;
  const auto type = static_cast<unsigned char>(first_bytes_[0]);
  return type >= 20 && type <= 24 && (first_bytes_.size() < 2 || first_bytes_[1] == 3);
}

bool TlsSession::begins_with_alert() const { return !first_bytes_.empty() && first_bytes_[0] == SSL3_RT_ALERT; }

TlsFacts TlsSession::facts() const { return tls_facts(ssl_.get()); }

}  // namespace ecr6::probe
