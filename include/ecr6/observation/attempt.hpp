#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ecr6/core/address.hpp"
#include "ecr6/core/time.hpp"
#include "ecr6/core/words.hpp"
#include "ecr6/observation/network.hpp"

namespace ecr6 {

/// What the handshake showed. Text is as the peer sent it, unescaped.
struct TlsFacts {
  std::string version;  ///< "TLSv1.3"
  std::string cipher;   ///< OpenSSL's name, "TLS_AES_128_GCM_SHA256"
  std::string alpn;     ///< "http/1.1"; empty when none was agreed on
  std::string subject;  ///< one line, RFC 2253 order as OpenSSL's XN_FLAG_ONELINE: "CN = *.example"
  std::string issuer;
  std::vector<std::string> names;  ///< DNS and IP subject alternative names, at most 100
  std::size_t names_left_out{};    ///< how many more there were
  Moment not_before{};
  Moment not_after{};
  bool verified{};                 ///< the chain leads to a trusted root and the name matches
  int verify_code{};               ///< X509_V_*; 0 is X509_V_OK
  std::string verify;              ///< the code in OpenSSL's words, "certificate has expired"
  std::string fingerprint;         ///< SHA-256 of the leaf, lower-case hex
  std::vector<std::string> chain;  ///< subjects of the certificates that the peer sent, leaf first, at most 10
  std::size_t chain_left_out{};    ///< how many more there were
  std::string root;                ///< subject of the trusted certificate that the chain led to; empty without one
  std::string key;                 ///< the leaf's: "RSA 2048", "EC 256", in bits; empty where it cannot be read
  std::string signature;           ///< how the leaf is signed, OpenSSL's name: "sha256WithRSAEncryption"

  friend bool operator==(const TlsFacts&, const TlsFacts&) = default;
};

/// The answer's header block.
struct HttpFacts {
  std::string target;  ///< what was asked for: "/" or "/v2/"
  int status{};
  std::string reason;
  int version{11};                                           ///< 10 or 11
  std::string server;                                        ///< the Server header, or empty
  std::vector<std::pair<std::string, std::string>> headers;  ///< in order, at most 64
  std::size_t headers_left_out{};

  friend bool operator==(const HttpFacts&, const HttpFacts&) = default;
};

/// An ICMP error that the kernel queued for this connection (IPV6_RECVERR, IP_RECVERR).
struct IcmpError {
  Address offender;  ///< who sent it; one of this host's own addresses when neighbour discovery failed
  int type{};
  int code{};

  friend bool operator==(const IcmpError&, const IcmpError&) = default;
};

/// Selected fields of Linux's struct tcp_info when the attempt ended.
struct TcpFacts {
  int state{};
  int ca_state{};
  int retransmits{};        ///< unanswered retransmissions now
  int total_retransmits{};  ///< over the connection's life
  int unacked{};
  int lost{};
  int path_mtu{};
  int send_mss{};
  Duration rtt{};
  std::optional<std::uint64_t> bytes_acked, bytes_received, bytes_retransmitted;
  std::optional<int> data_segments_in, out_of_order;
  std::optional<int> interface_mtu;  ///< of the interface that has the source address

  friend bool operator==(const TcpFacts&, const TcpFacts&) = default;
};

/// One attempt on one address. A part that is absent was never reached, which is not the same as failed.
struct Attempt {
  Family family{};
  Address address;
  std::uint16_t port{443};
  std::string diverted_to;  ///< "[::1]:8443" when --connect-to sent the connection elsewhere; empty otherwise
  std::optional<Address> source_address;  ///< also on failure, when the kernel chose one
  Reached reached{Reached::connect};
  std::optional<Cause> cause;  ///< empty when it went through
  bool synchronous{};          ///< connect() itself failed: the fault is on this host, not on the path
  std::string detail;          ///< the origin's own words, unescaped
  Duration started{};          ///< since the run began
  std::optional<Duration> connect_time, tls_time, http_time;  ///< also of a stage that failed: how long it took to fail
  std::optional<TlsFacts> tls;
  std::optional<HttpFacts> http;
  std::optional<IcmpError> icmp;
  std::optional<TcpFacts> tcp;
  std::optional<Route> route;          ///< to the address that was really dialled, when the attempt began
  std::optional<Neighbour> neighbour;  ///< the next hop's entry when a connect failed without a word from the path
  std::string first_bytes;             ///< what came instead of TLS or HTTP, at most 64 bytes, raw

  [[nodiscard]] bool went_through() const { return reached == Reached::done && !cause; }
  friend bool operator==(const Attempt&, const Attempt&) = default;
};

/// The Happy Eyeballs race over TCP (RFC 8305): what a client that races would have used.
struct Race {
  std::optional<Family> winner;
  std::optional<Address> address;
  Duration duration{};
  friend bool operator==(const Race&, const Race&) = default;
};

}  // namespace ecr6
