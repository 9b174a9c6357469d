#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "ecr6/observation/observation.hpp"

// OpenSSL's own name for SSL_CTX; its headers stay in the sources.
struct ssl_ctx_st;

namespace ecr6::probe {

/// Whom to trust. Both given: both are used. Empty: SSL_CERT_FILE and SSL_CERT_DIR, then the system's hash directory.
struct TrustSettings {
  std::optional<std::string> ca_file;    ///< --ca-file: certificates in PEM
  std::optional<std::string> ca_path;    ///< --ca-path: a directory as `openssl rehash` makes it
  std::optional<std::string> authority;  ///< one certificate in PEM, beside all others: the embedded ECR's
};

/// Which of these decides, as the record has it.
[[nodiscard]] Trust trust_of(const TrustSettings& settings);

/// The largest Certificate message that is read. OpenSSL's own bound (100 KiB) hides what an oversized certificate
/// says; this one lets 10,000 names through, of which 100 are kept.
inline constexpr long max_certificate_bytes = 512 * 1024;

/// One SSL_CTX for a whole run. It observes: nothing is rejected (SSL_VERIFY_NONE), yet every chain and name is checked
/// and the result kept; old protocols and weak keys go through so that they can be named. Offers ALPN http/1.1 alone,
/// caches no sessions, reads no openssl.cnf.
class TlsContext {
 public:
  [[nodiscard]] ssl_ctx_st* native_handle() const { return context_.get(); }
  /// Where the trusted roots come from, in words: "/usr/lib/ssl/certs", or "nothing" when there is no system store.
  [[nodiscard]] const std::string& trust() const { return trust_; }

 private:
  struct Free {
    void operator()(ssl_ctx_st* context) const;
  };
  friend std::variant<TlsContext, std::string> make_tls_context(const TrustSettings& settings);

  std::unique_ptr<ssl_ctx_st, Free> context_;
  std::string trust_;
};

/// The context, or one sentence about a CA file or directory that cannot be read or holds no certificate. Roots are
/// looked up by name hash when a chain asks for them; a file is read whole only when one was named.
/// Throws std::runtime_error when OpenSSL itself cannot start.
[[nodiscard]] std::variant<TlsContext, std::string> make_tls_context(const TrustSettings& settings);

}  // namespace ecr6::probe
