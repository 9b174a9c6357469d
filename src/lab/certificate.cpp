#include "certificate.hpp"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <cstdint>
#include <stdexcept>

#include "ecr6/core/address.hpp"

namespace ecr6::lab {

namespace {

void require(bool good) {
  if (!good) throw std::runtime_error{"the embedded ECR cannot make a certificate (OpenSSL refused)"};
}

void add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  require(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string list;
  for (const auto& name : names) {
    if (!list.empty()) list += ',';
    list += (Address::parse(name) ? "IP:" : "DNS:") + name;
  }
  return list;
}

Identity unsigned_identity(const Wanted& wanted) {
  Identity made;
  made.key.reset(EVP_EC_gen("P-256"));
  made.certificate.reset(X509_new());
  require(made.key && made.certificate);
  X509* const certificate = made.certificate.get();
  std::uint64_t serial{};
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  X509_set_version(certificate, X509_VERSION_3);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1);
  ASN1_TIME_set(X509_getm_notBefore(certificate), std::chrono::system_clock::to_time_t(wanted.not_before));
  ASN1_TIME_set(X509_getm_notAfter(certificate), std::chrono::system_clock::to_time_t(wanted.not_after));
  X509_set_pubkey(certificate, made.key.get());
  const auto* const text = reinterpret_cast<const unsigned char*>(wanted.common_name.c_str());
  require(X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1);
  return made;
}

void sign(Identity& identity, const Identity& authority) {
  X509_set_issuer_name(identity.certificate.get(), X509_get_subject_name(authority.certificate.get()));
  require(X509_sign(identity.certificate.get(), authority.key.get(), EVP_sha256()) > 0);
}

}  // namespace

void FreeKey::operator()(evp_pkey_st* key) const { EVP_PKEY_free(key); }
void FreeCertificate::operator()(x509_st* certificate) const { X509_free(certificate); }

Identity make_authority(const Wanted& wanted) {
  Identity made = unsigned_identity(wanted);
  X509* const certificate = made.certificate.get();
  add_extension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
  sign(made, made);
  return made;
}

Identity make_server(const Wanted& wanted, const Identity& authority) {
  Identity made = unsigned_identity(wanted);
  X509* const certificate = made.certificate.get();
  add_extension(certificate, authority.certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
  add_extension(certificate, authority.certificate.get(), NID_ext_key_usage, "serverAuth");
  if (!wanted.names.empty())
    add_extension(certificate, authority.certificate.get(), NID_subject_alt_name, alternative_names(wanted.names));
  sign(made, authority);
  return made;
}

std::string to_pem(const Identity& identity) {
  BIO* const memory = BIO_new(BIO_s_mem());
  require(memory != nullptr && PEM_write_bio_X509(memory, identity.certificate.get()) == 1);
  char* data{};
  const long size = BIO_get_mem_data(memory, &data);
  std::string pem{data, static_cast<std::size_t>(size)};
  BIO_free(memory);
  return pem;
}

}  // namespace ecr6::lab
