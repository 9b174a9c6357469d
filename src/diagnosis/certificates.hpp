#pragma once

#include <string>
#include <string_view>

#include "ecr6/observation/observation.hpp"

/// Whose certificate it is, from what the handshake showed. Pure.
namespace ecr6 {

/// An attribute of a name in OpenSSL's one-line form: "Amazon" for "O" of "C = US, O = Amazon, CN = Amazon Root CA 1".
/// Without its quotes; the first one of several; empty without one.
[[nodiscard]] std::string attribute(std::string_view name, std::string_view type);

/// An authority that AWS is known to take certificates from: Amazon Trust Services with its Starfield root, DigiCert.
[[nodiscard]] bool is_aws_authority(std::string_view name);

/// AWS's public authorities sign this endpoint's certificates. False for hosts of the user's own, and for the isolated
/// partitions, whose authorities are not public.
[[nodiscard]] bool is_signed_by_public_aws(const Endpoint& endpoint);

/// One of the certificate's names is `host`; a leading wildcard stands for one label (RFC 9525 §6.3). The subject's CN
/// counts only where there are no other names, as for OpenSSL.
[[nodiscard]] bool covers(const TlsFacts& tls, std::string_view host);

/// Its own issuer: no authority stands behind it.
[[nodiscard]] bool is_self_signed(const TlsFacts& tls);

/// The two certificates come from one house: both AWS's, the same root, issuer or organisation, or a certificate above
/// the leaf in common. Load balancers give several certificates, from several intermediates of one authority.
[[nodiscard]] bool same_authority(const TlsFacts& left, const TlsFacts& right);

/// Why usual clients refuse it although it is in order: an RSA key of less than 2048 bits, a signature over SHA-1 or
/// MD5. Empty for one that is strong enough, or that the record says nothing about.
[[nodiscard]] std::string weakness_of(const TlsFacts& tls);

/// "subject …; issuer …; valid … to …; names …; verify: …; root …; SHA-256 …".
[[nodiscard]] std::string line_of(const TlsFacts& tls);

}  // namespace ecr6
