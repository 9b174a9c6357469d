#include "probe/tls_facts.hpp"

#include <fmt/format.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>
#include <span>

namespace ecr6::probe {

namespace {

struct FreeNames {
  void operator()(GENERAL_NAMES* names) const { GENERAL_NAMES_free(names); }
};
struct FreeBio {
  void operator()(BIO* bio) const { BIO_free(bio); }
};

std::string bounded(std::string_view text) {
  return text.size() <= max_text_bytes ? std::string{text} : std::string{text.substr(0, max_text_bytes)} + "...";
}

std::string one_line(const X509_NAME* name) {
  const std::unique_ptr<BIO, FreeBio> bio{BIO_new(BIO_s_mem())};
  // UTF-8 stays as it is; the report escapes what a terminal must not see.
  constexpr unsigned long flags = XN_FLAG_ONELINE & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!bio || !name || X509_NAME_print_ex(bio.get(), name, 0, flags) < 0) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return bounded({data, static_cast<std::size_t>(size)});
}

Moment moment(const ASN1_TIME* time) {
  std::tm fields{};
  if (!time || ASN1_TIME_to_tm(time, &fields) != 1) return {};
  return Moment{std::chrono::seconds{::timegm(&fields)}};
}

std::string text_of(const GENERAL_NAME& name) {
  const ASN1_STRING* const value = name.type == GEN_DNS ? name.d.dNSName : name.d.iPAddress;
  const std::span<const std::uint8_t> bytes{ASN1_STRING_get0_data(value),
                                            static_cast<std::size_t>(ASN1_STRING_length(value))};
  if (name.type == GEN_DNS) return bounded({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  if (bytes.size() == 4) return Address::from_bytes(bytes.first<4>()).to_string();
  if (bytes.size() == 16) return Address::from_bytes(bytes.first<16>()).to_string();
  return fmt::format("an address of {} bytes", bytes.size());
}

void add_names(TlsFacts& facts, const X509* leaf) {
  const std::unique_ptr<GENERAL_NAMES, FreeNames> names{
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(leaf, NID_subject_alt_name, nullptr, nullptr))};
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names.get(), i);
    if (name.type != GEN_DNS && name.type != GEN_IPADD) continue;
    if (facts.names.size() < max_names)
      facts.names.push_back(text_of(name));
    else
      ++facts.names_left_out;
  }
}

std::string fingerprint(const X509* leaf) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  if (X509_digest(leaf, EVP_sha256(), digest.data(), &size) != 1) return {};
  std::string hex;
  for (unsigned i = 0; i < size; ++i) fmt::format_to(std::back_inserter(hex), "{:02x}", digest[i]);
  return hex;
}

std::string key_of(const X509* leaf) {
  const EVP_PKEY* const key = X509_get0_pubkey(leaf);
  const char* const type = key ? EVP_PKEY_get0_type_name(key) : nullptr;
  return type ? fmt::format("{} {}", type, EVP_PKEY_get_bits(key)) : std::string{};
}

std::string signature_of(const X509* leaf) {
  const char* const name = OBJ_nid2ln(X509_get_signature_nid(leaf));
  return name ? name : std::string{};
}

/// OpenSSL goes from the root to the leaf and checks each signature before the dates; names it checks before either.
bool led_to_root(int verify_code) {
  return verify_code == X509_V_OK || verify_code == X509_V_ERR_CERT_HAS_EXPIRED ||
         verify_code == X509_V_ERR_CERT_NOT_YET_VALID;
}

void add_certificate(TlsFacts& facts, const X509* leaf) {
  facts.subject = one_line(X509_get_subject_name(leaf));
  facts.issuer = one_line(X509_get_issuer_name(leaf));
  facts.not_before = moment(X509_get0_notBefore(leaf));
  facts.not_after = moment(X509_get0_notAfter(leaf));
  facts.fingerprint = fingerprint(leaf);
  facts.key = key_of(leaf);
  facts.signature = signature_of(leaf);
  add_names(facts, leaf);
}

std::string alpn(const SSL* ssl) {
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl, &chosen, &size);
  return {reinterpret_cast<const char*>(chosen), size};
}

}  // namespace

TlsFacts tls_facts(ssl_st* ssl) {
  TlsFacts facts;
  facts.version = SSL_get_version(ssl);
  facts.cipher = SSL_get_cipher_name(ssl);
  facts.alpn = alpn(ssl);
  const X509* const leaf = SSL_get0_peer_certificate(ssl);
  facts.verify_code = static_cast<int>(leaf ? SSL_get_verify_result(ssl) : X509_V_ERR_UNSPECIFIED);
  facts.verified = facts.verify_code == X509_V_OK;
  facts.verify = leaf ? X509_verify_cert_error_string(facts.verify_code) : "the peer sent no certificate";
  if (leaf) add_certificate(facts, leaf);
  const STACK_OF(X509)* const led = led_to_root(facts.verify_code) ? SSL_get0_verified_chain(ssl) : nullptr;
  if (led && sk_X509_num(led) > 0)
    facts.root = one_line(X509_get_subject_name(sk_X509_value(led, sk_X509_num(led) - 1)));
  const STACK_OF(X509)* const chain = SSL_get_peer_cert_chain(ssl);  // on the client it includes the leaf
  for (int i = 0; chain && i < sk_X509_num(chain); ++i) {
    if (facts.chain.size() < max_chain)
      facts.chain.push_back(one_line(X509_get_subject_name(sk_X509_value(chain, i))));
    else
      ++facts.chain_left_out;
  }
  return facts;
}

}  // namespace ecr6::probe
