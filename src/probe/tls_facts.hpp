#pragma once

#include <cstddef>

#include "ecr6/observation/attempt.hpp"

struct ssl_st;

namespace ecr6::probe {

inline constexpr std::size_t max_names = 100;        ///< of a certificate; more are counted
inline constexpr std::size_t max_chain = 10;         ///< certificates whose subject is kept
inline constexpr std::size_t max_text_bytes = 1024;  ///< of one name, subject or issuer; longer ones end in "..."

/// What a finished handshake shows. When the peer sent no certificate the certificate's fields are empty and `verified`
/// is false: SSL_get_verify_result alone would say X509_V_OK.
[[nodiscard]] TlsFacts tls_facts(ssl_st* ssl);

}  // namespace ecr6::probe
