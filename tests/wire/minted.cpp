#include "minted.hpp"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace ecr6::wire_test {

namespace {

void add_extension(X509* certificate, X509V3_CTX* context, int nid, const std::string& value) {
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, context, nid, value.c_str());
  if (!extension) throw std::runtime_error{"bad extension " + value.substr(0, 60)};
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// Through the structure and not through the text form, which takes minutes for ten thousand names.
void add_names(X509* certificate, const std::string& names) {
  GENERAL_NAMES* const list = GENERAL_NAMES_new();
  for (std::size_t at = 0; at < names.size();) {
    const std::size_t comma = std::min(names.find(',', at), names.size());
    const std::string item = names.substr(at, comma - at);
    const std::size_t colon = item.find(':');
    GENERAL_NAME* const name =
        a2i_GENERAL_NAME(nullptr, nullptr, nullptr, item[0] == 'I' ? GEN_IPADD : GEN_DNS, item.c_str() + colon + 1, 0);
    if (!name) throw std::runtime_error{"bad name " + item};
    sk_GENERAL_NAME_push(list, name);
    at = comma + 1;
  }
  X509_add1_ext_i2d(certificate, NID_subject_alt_name, list, 0, X509V3_ADD_DEFAULT);
  GENERAL_NAMES_free(list);
}

void name(X509* certificate, const std::string& subject, const Identity* issuer) {
  X509_NAME* const own = X509_get_subject_name(certificate);
  const auto* const text = reinterpret_cast<const unsigned char*>(subject.data());
  X509_NAME_add_entry_by_txt(own, "CN", MBSTRING_UTF8, text, static_cast<int>(subject.size()), -1, 0);
  X509_set_issuer_name(certificate, issuer ? X509_get_subject_name(issuer->certificate.get()) : own);
}

}  // namespace

Identity mint(const Wish& wish, const Identity* issuer) {
  static long serial = 1000;
  Identity made{Certificate{X509_new()}, Key{EVP_EC_gen("P-256")}};
  X509* const certificate = made.certificate.get();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), ++serial);
  X509_time_adj_ex(X509_getm_notBefore(certificate), wish.from_days, 0, nullptr);
  X509_time_adj_ex(X509_getm_notAfter(certificate), wish.to_days, 0, nullptr);
  X509_set_pubkey(certificate, made.key.get());
  name(certificate, wish.subject, issuer);
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer ? issuer->certificate.get() : certificate, certificate, nullptr, nullptr, 0);
  add_extension(certificate, &context, NID_basic_constraints, wish.authority ? "critical,CA:TRUE" : "CA:FALSE");
  if (!wish.names.empty()) add_names(certificate, wish.names);
  if (!X509_sign(certificate, issuer ? issuer->key.get() : made.key.get(), EVP_sha256()))
    throw std::runtime_error{"cannot sign"};
  return made;
}

Context server_context(const Identity& leaf, const std::vector<const Identity*>& chain) {
  Context context{SSL_CTX_new(TLS_server_method())};
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_use_certificate(context.get(), leaf.certificate.get());
  SSL_CTX_use_PrivateKey(context.get(), leaf.key.get());
  for (const Identity* link : chain) {
    X509_up_ref(link->certificate.get());
    SSL_CTX_ctrl(context.get(), SSL_CTRL_EXTRA_CHAIN_CERT, 0, link->certificate.get());
  }
  return context;
}

ScratchDirectory::ScratchDirectory() {
  std::string name = (std::filesystem::temp_directory_path() / "ecr6-wire-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error{"no scratch directory"};
  path_ = name;
}

ScratchDirectory::~ScratchDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string ScratchDirectory::write(const std::string& name, const std::string& text) const {
  std::ofstream{path_ / name} << text;
  return (path_ / name).string();
}

std::string pem(const Identity& identity) {
  BIO* const bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, identity.certificate.get());
  std::string text(BIO_ctrl_pending(bio), '\0');
  BIO_read(bio, text.data(), static_cast<int>(text.size()));
  BIO_free(bio);
  return text;
}

std::string hash_name(const Identity& identity) {
  char text[16];
  std::snprintf(text, sizeof text, "%08lx.0", X509_subject_name_hash(identity.certificate.get()));
  return text;
}

}  // namespace ecr6::wire_test
