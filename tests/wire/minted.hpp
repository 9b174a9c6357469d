#pragma once

#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace ecr6::wire_test {

struct Free {
  void operator()(X509* certificate) const { X509_free(certificate); }
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
  void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Certificate = std::unique_ptr<X509, Free>;
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Context = std::unique_ptr<SSL_CTX, Free>;

/// A certificate and the key that goes with it.
struct Identity {
  Certificate certificate;
  Key key;
};

struct Wish {
  std::string subject{"ecr.example"};    ///< common name
  std::string names{"DNS:ecr.example"};  ///< subjectAltName as openssl.cnf spells it; empty: none
  int from_days{-1};                     ///< not before, counted from now
  int to_days{90};                       ///< not after
  bool authority{};                      ///< may sign others
};

/// Made here and now; signed by `issuer`, or by itself.
[[nodiscard]] Identity mint(const Wish& wish, const Identity* issuer = nullptr);

/// A TLS server's context with its chain; no trust of its own.
[[nodiscard]] Context server_context(const Identity& leaf, const std::vector<const Identity*>& chain = {});

/// A directory that goes away with its owner.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  /// Writes text into a file of that name; its path.
  std::string write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

[[nodiscard]] std::string pem(const Identity& identity);
/// The name under which a hash directory is searched for it: "a1b2c3d4.0".
[[nodiscard]] std::string hash_name(const Identity& identity);

}  // namespace ecr6::wire_test
