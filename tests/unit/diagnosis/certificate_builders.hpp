#pragma once

#include <fmt/format.h>

#include <string_view>

#include "builders.hpp"

/// Certificates in a few words, for the tests of TLS.
namespace ecr6::build {

inline constexpr std::string_view amazon = "C = US, O = Amazon, CN = Amazon RSA 2048 M02";
inline constexpr std::string_view amazon_root = "C = US, O = Amazon, CN = Amazon Root CA 1";

/// When run() began, in these tests: the record's own clock.
inline const Moment now = from_rfc3339("2026-10-01T12:00:00Z").value();

/// For ecr.us-west-2.api.aws, half a year around `now`; not verified: "unable to get local issuer certificate".
inline TlsFacts shown(std::string_view issuer) {
  TlsFacts tls;
  tls.version = "TLSv1.3";
  tls.subject = "CN = ecr.us-west-2.api.aws";
  tls.issuer = issuer;
  tls.names = {"ecr.us-west-2.api.aws", "*.dkr-ecr.us-west-2.on.aws"};
  tls.not_before = now - std::chrono::days{90};
  tls.not_after = now + std::chrono::days{90};
  tls.verify_code = 20;
  tls.verify = "unable to get local issuer certificate";
  tls.fingerprint = fmt::format("{:02x}", std::hash<std::string_view>{}(issuer)&0xff);
  return tls;
}

/// The same, verified up to `root`.
inline TlsFacts verified(std::string_view issuer, std::string_view root) {
  TlsFacts tls = shown(issuer);
  tls.verified = true;
  tls.verify_code = 0;
  tls.verify = "ok";
  tls.root = root;
  return tls;
}

/// Failed in TLS over what it showed.
inline Attempt rejected(std::string_view address, Cause cause, TlsFacts tls) {
  Attempt attempt = failed(address, Reached::tls, cause);
  attempt.tls = std::move(tls);
  return attempt;
}

/// Went through with it.
inline Attempt accepted(std::string_view address, TlsFacts tls) {
  Attempt attempt = healthy(address);
  attempt.tls = std::move(tls);
  return attempt;
}

/// ecr.us-west-2.api.aws: these over IPv6, AWS's own over IPv4 when nothing else is given.
inline EndpointObservation api_with(std::vector<Attempt> ipv6,
                                    std::vector<Attempt> ipv4 = {
                                        accepted("52.119.160.1", verified(amazon, amazon_root))}) {
  auto seen = api();
  replace(seen, Family::ipv6, std::move(ipv6));
  replace(seen, Family::ipv4, std::move(ipv4));
  return seen;
}

inline Observation run_at_now(std::vector<EndpointObservation> endpoints, Trust trust = Trust::system) {
  Observation made = run(std::move(endpoints));
  made.started_at = now;
  made.settings.trust = trust;
  return made;
}

}  // namespace ecr6::build
