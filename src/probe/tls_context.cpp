#include "probe/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>
#include <stdexcept>
#include <vector>

#include "ecr6/core/text.hpp"
#include "probe/trust_store.hpp"

namespace ecr6::probe {

namespace {

// A GREASE value (RFC 8701): OpenSSL keeps the padding extension (21) for itself.
constexpr unsigned large_hello_extension = 0x0a0a;
// With OpenSSL's 340 bytes or so, as much as a hello with an ML-KEM key share: more than one 1440-byte segment.
constexpr std::array<unsigned char, 1400> hello_filling{};

// RFC 7301: one protocol, its length before it. HTTP/2 is not offered because it is not spoken here.
constexpr std::array<unsigned char, 9> alpn_offer{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int add_filling(SSL* ssl, unsigned, unsigned, const unsigned char** out, std::size_t* size, X509*, std::size_t, int*,
                void*) {
  if (!SSL_get_app_data(ssl)) return 0;
  *out = hello_filling.data();
  *size = hello_filling.size();
  return 1;
}

// What is refused cannot be shown: old protocols, weak keys and unsafe renegotiation all go through.
bool observe_everything(SSL_CTX* context) {
  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_options(context, SSL_OP_LEGACY_SERVER_CONNECT);
  X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);  // as curl does
  SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_max_cert_list(context, max_certificate_bytes);
  return SSL_CTX_set_min_proto_version(context, TLS1_VERSION) == 1 &&
         SSL_CTX_set_alpn_protos(context, alpn_offer.data(), alpn_offer.size()) == 0 &&
         SSL_CTX_add_custom_ext(context, large_hello_extension, SSL_EXT_CLIENT_HELLO, add_filling, nullptr, nullptr,
                                nullptr, nullptr) == 1;
}

void trust(SSL_CTX* context, const std::string& pem) {
  BIO* const text = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
  X509* const authority = PEM_read_bio_X509(text, nullptr, nullptr, nullptr);
  BIO_free(text);
  if (authority == nullptr || X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority) != 1)
    throw std::runtime_error{"OpenSSL does not take the embedded ECR's authority"};
  X509_free(authority);
}

std::string words_for(const TrustPlaces& places) {
  std::vector<std::string> paths;
  if (places.file) paths.push_back(places.file->path);
  for (const auto& directory : places.directories) paths.push_back(directory.path);
  return paths.empty() ? "nothing" : join(paths, ", ");
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const { SSL_CTX_free(context); }

std::variant<TlsContext, std::string> make_tls_context(const TrustSettings& settings) {
  // openssl.cnf may forbid what is to be observed, and reading it costs more than a handshake.
  OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  ERR_clear_error();
  TlsContext made;
  made.context_.reset(SSL_CTX_new(TLS_client_method()));
  if (!made.context_ || !observe_everything(made.context_.get())) throw std::runtime_error{"OpenSSL does not start"};
  const TrustPlaces places = trust_places(settings);
  if (auto error = add_trust(made.context_.get(), places)) return std::move(*error);
  if (settings.authority) trust(made.context_.get(), *settings.authority);
  made.trust_ = words_for(places);
  return made;
}

}  // namespace ecr6::probe
