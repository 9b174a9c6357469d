#pragma once

#include "causes.hpp"

/// The words of every kind of failed attempt but those of the path (net_cards.hpp), in the order of the stages.
namespace ecr6::cards {


inline constexpr CauseCard tls_timeout{
    "tls.timeout", "", "TCP connects, but the TLS handshake gets no further",
    "This fits a path with a smaller MTU that drops ICMPv6 'packet too big', a device that swallows the ClientHello, "
    "and a "
    "server that hangs. Try 'ip -6 route change … advmss 1220': if that cures it, the path MTU is it."};

inline constexpr CauseCard reset_on_hello{
    "tls.reset-on-hello", "",
    "TCP connects, but the connection is reset during the TLS handshake: a firewall that filters by server name (SNI), "
    "or the server itself",
    "Have the names of 'ecr6 endpoints' allowed in the firewalls on the way, for both families. If nothing filters "
    "there, the address leads to a server that refuses."};

inline constexpr CauseCard tls_closed{
    "tls.closed-early", "",
    "TCP connects, but the peer closes in the middle of the TLS handshake: a load balancer without a healthy backend, "
    "or a device on the way",
    "A proxy that accepts everything and then finds no way on does this, too. Look for one on the way; if there is "
    "none, try again and see the AWS Health Dashboard."};

inline constexpr CauseCard tls_alert{
    "tls.alert", "", "the peer ends the TLS handshake with an alert",
    "The evidence names the alert. unrecognized_name comes from a server that does not "
    "know the name, handshake_failure from an old or filtering device, access_denied "
    "from a filter, certificate_required from a server that wants a client's "
    "certificate: none of them from ECR."};

inline constexpr CauseCard tls_handshake_failed{"tls.handshake-failed", "", "the TLS handshake fails on this side",
                                                "The evidence has OpenSSL's own words. An old protocol version or weak "
                                                "key from a device in the path is refused here."};

inline constexpr CauseCard tls_too_old{
    "tls.old-version", "", "the peer speaks no TLS newer than 1.1, which every ECR client refuses",
    "ECR itself speaks TLS 1.2 and 1.3: an old proxy, load balancer or inspecting device answers in its place. Have it "
    "updated, or have ECR exempted from it."};

inline constexpr CauseCard not_tls{"tls.not-tls", "", "the peer does not speak TLS on this port",
                                   "A captive portal, a plain proxy or another service answers in ECR's place; the "
                                   "first bytes show which. Log in to the "
                                   "network, or have this address let through."};

inline constexpr CauseCard certificate_expired{
    "tls.certificate-expired", "", "by this host's clock the certificate has expired",
    "Where no clock stands beside this host's in the evidence, check this one first ('timedatectl'). AWS renews its "
    "own "
    "certificates; renew the one that a device or server in its place shows."};

inline constexpr CauseCard certificate_not_yet_valid{
    "tls.certificate-not-yet-valid", "", "by this host's clock the certificate is not valid yet",
    "Where no clock stands beside this host's in the evidence, check this one first: most often it is behind "
    "('timedatectl'). If it is right, a device or server in ECR's place has made a certificate with wrong dates."};

inline constexpr CauseCard clock_skew{
    "tls.clock-skew", "",
    "by this host's clock the certificate is out of date, by the servers' clocks it is valid: this host's clock is "
    "wrong",
    "Set this host's clock ('timedatectl', chrony; on EC2 the Amazon Time Sync Service at 169.254.169.123 or "
    "fd00:ec2::123). AWS refuses requests signed more than 5 minutes off, too."};

inline constexpr CauseCard certificate_name{"tls.certificate-name", "", "the certificate is for another name",
                                            "Another server answers in ECR's place: a device in the path, a wrong DNS "
                                            "answer, or a hosts-file entry. The evidence "
                                            "shows whose certificate it is."};

inline constexpr CauseCard certificate_untrusted{
    "tls.certificate-untrusted", "", "the certificate does not lead to a trusted root",
    "If a company proxy signs here, install its root or exempt ECR; if the issuer is Amazon, this host's root store is "
    "incomplete (Debian: the package ca-certificates). --ca-file names another store."};

inline constexpr CauseCard http_timeout{
    "http.timeout", "", "TLS stands, but no complete answer to the HTTP request comes in time",
    "A small path MTU hurts large packets first; a proxy or server may also hang. Compare with the other family."};

inline constexpr CauseCard http_reset{
    "http.connection-reset", "", "TLS stands, but the connection is reset before the HTTP answer",
    "A device that looks into connections, or the server, resets. The certificate in the evidence shows whose it is."};

inline constexpr CauseCard http_closed{
    "http.closed-early", "", "TLS stands, but the peer closes before the HTTP answer is complete",
    "A server or a device that wants a client certificate or another protocol closes. The certificate in the evidence "
    "shows whose server it is."};

inline constexpr CauseCard http_malformed{
    "http.malformed", "", "what comes back is not an HTTP/1 answer",
    "Another service or a broken device answers in ECR's place; the first bytes show which."};

inline constexpr CauseCard http_headers_too_large{
    "http.headers-too-large", "", "the answer's header block is larger than 64 KiB",
    "ECR's is far smaller: another service or a hostile one answers in its place."};

}  // namespace ecr6::cards
