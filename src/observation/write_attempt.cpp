#include <fmt/format.h>

#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "hex.hpp"
#include "write.hpp"
#include "write_network.hpp"

namespace ecr6::writing {

json::value value_of(const TlsFacts& tls) {
  return {{"version", tls.version},
          {"cipher", tls.cipher},
          {"alpn", tls.alpn},
          {"subject", tls.subject},
          {"issuer", tls.issuer},
          {"names", list(tls.names)},
          {"names_left_out", tls.names_left_out},
          {"not_before", to_rfc3339(tls.not_before)},
          {"not_after", to_rfc3339(tls.not_after)},
          {"verified", tls.verified},
          {"verify_code", tls.verify_code},
          {"verify", tls.verify},
          {"fingerprint", tls.fingerprint},
          {"chain", list(tls.chain)},
          {"chain_left_out", tls.chain_left_out},
          {"root", tls.root},
          {"key", tls.key},
          {"signature", tls.signature}};
}

json::value value_of(const std::pair<std::string, std::string>& header) {
  return {{"name", header.first}, {"value", header.second}};
}

json::value value_of(const HttpFacts& http) {
  return {{"target", http.target},
          {"status", http.status},
          {"reason", http.reason},
          {"version", fmt::format("{}.{}", http.version / 10, http.version % 10)},
          {"server", http.server},
          {"headers", list(http.headers)},
          {"headers_left_out", http.headers_left_out}};
}

json::value value_of(const IcmpError& icmp) {
  return {{"offender", icmp.offender.to_string()}, {"type", icmp.type}, {"code", icmp.code}};
}

json::value value_of(const TcpFacts& tcp) {
  json::object object{{"state", tcp.state},
                      {"ca_state", tcp.ca_state},
                      {"retransmits", tcp.retransmits},
                      {"total_retransmits", tcp.total_retransmits},
                      {"unacked", tcp.unacked},
                      {"lost", tcp.lost},
                      {"path_mtu", tcp.path_mtu},
                      {"send_mss", tcp.send_mss},
                      {"rtt_ms", to_ms(tcp.rtt)}};
  put(object, "bytes_acked", tcp.bytes_acked);
  put(object, "bytes_received", tcp.bytes_received);
  put(object, "bytes_retransmitted", tcp.bytes_retransmitted);
  put(object, "data_segments_in", tcp.data_segments_in);
  put(object, "out_of_order", tcp.out_of_order);
  put(object, "interface_mtu", tcp.interface_mtu);
  return object;
}

namespace {

json::object object_of(const Attempt& attempt) {
  json::object object{
      {"family", to_string(attempt.family)}, {"address", attempt.address.to_string()}, {"port", attempt.port}};
  put(object, "source_address", attempt.source_address);
  if (!attempt.diverted_to.empty()) object["diverted_to"] = attempt.diverted_to;
  object["reached"] = to_string(attempt.reached);
  object["cause"] = or_null(attempt.cause);
  object["detail"] = attempt.detail;
  object["synchronous"] = attempt.synchronous;
  object["started_ms"] = to_ms(attempt.started);
  put(object, "connect_ms", attempt.connect_time);
  put(object, "tls_ms", attempt.tls_time);
  put(object, "http_ms", attempt.http_time);
  put(object, "tls", attempt.tls);
  put(object, "http", attempt.http);
  put(object, "icmp", attempt.icmp);
  put(object, "tcp", attempt.tcp);
  if (attempt.route) object["route"] = route_object(*attempt.route);
  if (attempt.neighbour) object["neighbour"] = neighbour_object(*attempt.neighbour);
  if (!attempt.first_bytes.empty()) object["first_bytes_hex"] = to_hex(attempt.first_bytes);
  return object;
}

}  // namespace

json::value value_of(const Attempt& attempt) { return object_of(attempt); }

json::value value_of(const Confirmation& confirmation) {
  json::object object{{"purpose", confirmation.purpose}};
  for (auto& [key, part] : object_of(confirmation.attempt)) object[key] = std::move(part);
  return object;
}

json::value value_of(const Hop& hop) {
  return {{"limit", hop.limit},
          {"responder", hop.icmp.offender.to_string()},
          {"type", hop.icmp.type},
          {"code", hop.icmp.code},
          {"rtt_ms", to_ms(hop.rtt)}};
}

json::value value_of(const HopSearch& search) {
  json::object object{{"family", to_string(search.address.family())}, {"address", search.address.to_string()}};
  if (!search.diverted_to.empty()) object["diverted_to"] = search.diverted_to;
  object["limits"] = search.limits;
  object["hops"] = list(search.hops);
  put(object, "answered_at", search.answered_at);
  return object;
}

}  // namespace ecr6::writing
