#include "hex.hpp"
#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, TlsFacts& tls) {
  node.field("version").into(tls.version);
  node.field("cipher").into(tls.cipher);
  node.field("alpn").into(tls.alpn);
  node.field("subject").into(tls.subject);
  node.field("issuer").into(tls.issuer);
  node.field("names").into(tls.names);
  node.field("names_left_out").into(tls.names_left_out);
  node.field("not_before").into(tls.not_before);
  node.field("not_after").into(tls.not_after);
  node.field("verified").into(tls.verified);
  node.field("verify_code").into(tls.verify_code);
  node.field("verify").into(tls.verify);
  node.field("fingerprint").into(tls.fingerprint);
  node.field("chain").into(tls.chain);
  node.field("chain_left_out").into(tls.chain_left_out);
  node.field("root").into(tls.root);
  node.field("key").into(tls.key);
  node.field("signature").into(tls.signature);
}

void load(const Node& node, std::pair<std::string, std::string>& header) {
  node.field("name").must(header.first, "a header's name");
  node.field("value").into(header.second);
}

namespace {

void load_http_version(const Node& node, int& version) {
  std::string text;
  node.into(text);
  if (text.size() == 3 && text[1] == '.' && text[0] >= '0' && text[0] <= '9' && text[2] >= '0' && text[2] <= '9')
    version = (text[0] - '0') * 10 + (text[2] - '0');
  else if (!node.absent())
    node.complain("an HTTP version such as \"1.1\"");
}

/// A cause that a newer version has learnt still means that the attempt failed; its word is kept in the detail.
void load_cause(const Node& node, Attempt& attempt) {
  if (node.absent()) return;
  std::string word;
  load(node, word);
  attempt.cause = word_from<Cause>(word).value_or(Cause::other);
  if (*attempt.cause == Cause::other && word != "other") attempt.detail = word + ": " + attempt.detail;
}

void load_first_bytes(const Node& node, std::string& bytes) {
  std::string digits;
  node.into(digits);
  if (auto decoded = from_hex(digits))
    bytes = std::move(*decoded);
  else
    node.complain("an even number of hexadecimal digits");
}

}  // namespace

void load(const Node& node, HttpFacts& http) {
  node.field("target").into(http.target);
  node.field("status").must(http.status, "a status code");
  node.field("reason").into(http.reason);
  load_http_version(node.field("version"), http.version);
  node.field("server").into(http.server);
  node.field("headers").into(http.headers);
  node.field("headers_left_out").into(http.headers_left_out);
}

void load(const Node& node, IcmpError& icmp) {
  node.field("offender").must(icmp.offender, "the address of the sender");
  node.field("type").must(icmp.type, "the ICMP type");
  node.field("code").must(icmp.code, "the ICMP code");
}

void load(const Node& node, TcpFacts& tcp) {
  node.field("state").into(tcp.state);
  node.field("ca_state").into(tcp.ca_state);
  node.field("retransmits").into(tcp.retransmits);
  node.field("total_retransmits").into(tcp.total_retransmits);
  node.field("unacked").into(tcp.unacked);
  node.field("lost").into(tcp.lost);
  node.field("path_mtu").into(tcp.path_mtu);
  node.field("send_mss").into(tcp.send_mss);
  node.field("rtt_ms").into(tcp.rtt);
  node.field("bytes_acked").into(tcp.bytes_acked);
  node.field("bytes_received").into(tcp.bytes_received);
  node.field("bytes_retransmitted").into(tcp.bytes_retransmitted);
  node.field("data_segments_in").into(tcp.data_segments_in);
  node.field("out_of_order").into(tcp.out_of_order);
  node.field("interface_mtu").into(tcp.interface_mtu);
}

void load(const Node& node, Attempt& attempt) {
  node.field("address").must(attempt.address, "the address that was tried");
  attempt.family = attempt.address.family();
  node.field("family").into(attempt.family);
  if (attempt.family != attempt.address.family()) node.field("family").complain("the family of the address");
  node.field("port").into(attempt.port);
  node.field("source_address").into(attempt.source_address);
  node.field("diverted_to").into(attempt.diverted_to);
  node.field("reached").must(attempt.reached, "\"connect\", \"tls\", \"http\" or \"done\"");
  node.field("detail").into(attempt.detail);
  load_cause(node.field("cause"), attempt);
  node.field("synchronous").into(attempt.synchronous);
  node.field("started_ms").into(attempt.started);
  node.field("connect_ms").into(attempt.connect_time);
  node.field("tls_ms").into(attempt.tls_time);
  node.field("http_ms").into(attempt.http_time);
  node.field("tls").into(attempt.tls);
  node.field("http").into(attempt.http);
  node.field("icmp").into(attempt.icmp);
  node.field("tcp").into(attempt.tcp);
  node.field("route").into(attempt.route);
  node.field("neighbour").into(attempt.neighbour);
  load_first_bytes(node.field("first_bytes_hex"), attempt.first_bytes);
}

void load(const Node& node, Ping& ping) {
  node.field("address").must(ping.address, "the address that was sent an echo request");
  ping.family = ping.address.family();
  node.field("family").into(ping.family);
  if (ping.family != ping.address.family()) node.field("family").complain("the family of the address");
  node.field("diverted_to").into(ping.diverted_to);
  node.field("outcome").must(ping.outcome, "what the echo request came to");
  if (!node.field("cause").absent()) {
    std::string word;
    load(node.field("cause"), word);
    ping.cause = word_from<Cause>(word).value_or(Cause::other);
  }
  node.field("detail").into(ping.detail);
  node.field("rtt_ms").into(ping.rtt);
  node.field("socket").into(ping.socket);
  node.field("icmp").into(ping.icmp);
}

void check_attempt(const Node& node, const Attempt& attempt) {
  const bool done = attempt.reached == Reached::done;
  if (!done && !attempt.cause) node.field("cause").complain("a cause, as the attempt did not get to \"done\"");
  if (done && attempt.cause) node.field("cause").complain("null, as the attempt got to \"done\"");
}

}  // namespace ecr6::reading
