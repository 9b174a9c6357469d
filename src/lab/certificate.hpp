#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

// OpenSSL's own names for EVP_PKEY and X509; its headers stay in the sources.
struct evp_pkey_st;
struct x509_st;

namespace ecr6::lab {

struct FreeKey {
  void operator()(evp_pkey_st* key) const;
};
struct FreeCertificate {
  void operator()(x509_st* certificate) const;
};

/// A certificate and its private key (EC P-256), in memory only.
struct Identity {
  std::unique_ptr<evp_pkey_st, FreeKey> key;
  std::unique_ptr<x509_st, FreeCertificate> certificate;
};

/// What a certificate is to say.
struct Wanted {
  std::string common_name;
  std::vector<std::string> names;  ///< subject alternative names; none for an authority
  std::chrono::system_clock::time_point not_before, not_after;
};

/// A self-signed authority. Throws std::runtime_error when OpenSSL cannot (no entropy, no memory).
[[nodiscard]] Identity make_authority(const Wanted& wanted);
/// A server certificate signed by `authority`.
[[nodiscard]] Identity make_server(const Wanted& wanted, const Identity& authority);
[[nodiscard]] std::string to_pem(const Identity& identity);

}  // namespace ecr6::lab
