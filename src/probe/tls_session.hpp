#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "ecr6/observation/attempt.hpp"
#include "probe/tls_context.hpp"

struct ssl_st;
struct bio_st;

namespace ecr6::probe {

/// One TLS connection without sockets: what to send comes out, what came in is fed. Asio's ssl::stream would keep the
/// peer's first bytes and the moment of its first answer to itself, and both are the diagnosis.
class TlsSession {
 public:
  enum class Progress {
    wants_read,  ///< feed what the peer sends next
    done,
    closed,  ///< the peer said close_notify
    failed,  ///< see alert() and detail()
  };

  /// An address literal as `host` is checked against the certificate's addresses and sent as no SNI (RFC 6066 §3).
  TlsSession(const TlsContext& context, const std::string& host, bool large_hello);

  [[nodiscard]] Progress shake_hands();
  /// After the handshake.
  [[nodiscard]] Progress write(std::string_view plain);
  /// After the handshake. Appends at most one record (16 KiB) of what the peer said.
  [[nodiscard]] Progress read(std::string& plain);

  void feed(std::string_view bytes);
  /// What waits to be sent; empty when nothing does.
  [[nodiscard]] std::string take_output();

  /// The first bytes that the peer sent, at most 64, raw.
  [[nodiscard]] const std::string& first_bytes() const { return first_bytes_; }
  /// False when the peer's first bytes cannot begin a TLS record; true while there are none.
  [[nodiscard]] bool looks_like_tls() const;
  /// The peer's first record is an alert: it answers, but not with a handshake.
  [[nodiscard]] bool begins_with_alert() const;
  [[nodiscard]] bool alert() const { return alert_; }
  /// The handshake failed for want of a TLS version that both sides speak.
  [[nodiscard]] bool no_common_version() const { return no_common_version_; }
  /// OpenSSL's words for the failure: "wrong version number", or the alert's name and number.
  [[nodiscard]] const std::string& detail() const { return detail_; }
  /// After the handshake.
  [[nodiscard]] TlsFacts facts() const;

 private:
  struct Free {
    void operator()(ssl_st* ssl) const;
  };
  Progress progress(int result);
  void keep_error();

  std::unique_ptr<ssl_st, Free> ssl_;
  bio_st* incoming_{};  ///< both are the session's
  bio_st* outgoing_{};
  std::string first_bytes_;
  std::string detail_;
  bool alert_{};
  bool no_common_version_{};
};

}  // namespace ecr6::probe
