#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "phrases.hpp"
#include "transcript.hpp"

namespace ecr6::report {

namespace {

bool is_registry(Role role) { return role == Role::registry || role == Role::public_registry; }

Duration time_of_last_stage(const Attempt& attempt) {
  if (attempt.reached == Reached::connect) return attempt.connect_time.value_or(Duration{});
  if (attempt.reached == Reached::tls) return attempt.tls_time.value_or(Duration{});
  return attempt.http_time.value_or(Duration{});
}

/// "connection_refused (Connection refused) after 12 ms".
std::string cause_text(const Attempt& attempt) {
  std::string text{attempt.cause ? to_string(*attempt.cause) : "not finished"};
  if (!attempt.detail.empty()) text += fmt::format(" ({})", printable(attempt.detail));
  text += fmt::format(" after {}", to_text(time_of_last_stage(attempt)));
  return attempt.synchronous ? text + ", by this host itself: nothing was sent" : text;
}

/// curl keeps the same two apart: what came back from the network, and what connect() itself refused.
std::string failure_line(const Attempt& attempt) {
  if (attempt.synchronous)
    return star(fmt::format("Immediate connect fail for {}: {}", attempt.address.to_string(), cause_text(attempt)));
  const std::string from = attempt.source_address ? " from " + attempt.source_address->to_string() : "";
  const std::string where = fmt::format("{} port {}{}", attempt.address.to_string(), attempt.port, from);
  if (attempt.reached == Reached::connect)
    return star(fmt::format("connect to {} failed: {}", where, cause_text(attempt)));
  return star(fmt::format("{} with {} failed: {}", to_string(attempt.reached), where, cause_text(attempt)));
}

std::string evidence_lines(const Attempt& attempt) {
  std::string out;
  if (attempt.icmp)
    out += star(fmt::format("ICMP{} type {} code {} came from {}", attempt.family == Family::ipv6 ? "v6" : "",
                            attempt.icmp->type, attempt.icmp->code, attempt.icmp->offender.to_string()));
  if (!attempt.first_bytes.empty()) out += star("first bytes: " + printable(attempt.first_bytes));
  return out;
}

/// The name in the Host header: an IPv6 literal has brackets there even without a port.
std::string authority(const Endpoint& endpoint) {
  const std::string label = label_of(endpoint);
  const bool bare = !label.starts_with('[') && Address::parse(label) && Address::parse(label)->is_v6();
  return bare ? fmt::format("[{}]", label) : label;
}

std::string request_lines(const Attempt& attempt, const Peer& peer) {
  const std::string_view usual = is_registry(peer.endpoint.role) ? "/v2/" : "/";
  const std::string target = attempt.http ? printable(attempt.http->target) : std::string{usual};
  return fmt::format("> GET {} HTTP/1.1\n> Host: {}\n> User-Agent: ecr6/{}\n> Accept: */*\n> Connection: close\n>\n",
                     target, authority(peer.endpoint), printable(peer.version));
}

std::string answer_lines(const HttpFacts& http) {
  std::string out = fmt::format("< HTTP/{}.{} {}{}{}\n", http.version / 10, http.version % 10, http.status,
                                http.reason.empty() ? "" : " ", printable(http.reason));
  for (const auto& [name, value] : http.headers) out += fmt::format("< {}: {}\n", printable(name), printable(value));
  out += "<\n";
  if (http.headers_left_out > 0) out += star(fmt::format("and {} more headers", http.headers_left_out));
  return out;
}

/// "connect 10 ms, tls 20 ms, http 30 ms", as far as it went.
std::string times_text(const Attempt& attempt) {
  std::vector<std::string> parts;
  if (attempt.connect_time) parts.push_back("connect " + to_text(*attempt.connect_time));
  if (attempt.tls_time) parts.push_back("tls " + to_text(*attempt.tls_time));
  if (attempt.http_time) parts.push_back("http " + to_text(*attempt.http_time));
  return join(parts, ", ");
}

std::string closing_line(const Attempt& attempt) {
  const std::string from = attempt.source_address ? " from " + attempt.source_address->to_string() : "";
  return star(fmt::format("Went through{}: {}; closing connection", from, times_text(attempt)));
}

}  // namespace

std::string star(std::string_view text) { return fmt::format("* {}\n", text); }

std::string socket_text(const Address& address, std::uint16_t port, std::uint16_t usual) {
  if (port == usual) return address.to_string();
  return fmt::format(fmt::runtime(address.is_v6() ? "[{}]:{}" : "{}:{}"), address.to_string(), port);
}

std::string attempt_lines(const Attempt& attempt, const Peer& peer) {
  const std::string shown = fmt::format(fmt::runtime(attempt.address.is_v6() ? "[{}]:{}" : "{}:{}"),
                                        attempt.address.to_string(), attempt.port);
  std::string out = star(fmt::format("  Trying {}...", shown));
  if (!attempt.diverted_to.empty())
    out += star(fmt::format("Connecting to {} instead (--connect-to)", printable(attempt.diverted_to)));
  if (attempt.reached != Reached::connect)
    out += star(fmt::format("Connected to {} ({}) port {}", printable(peer.endpoint.name), attempt.address.to_string(),
                            attempt.port));
  if (attempt.reached >= Reached::tls) out += star("ALPN: ecr6 offers http/1.1");
  if (attempt.tls) out += tls_lines(*attempt.tls);
  if (attempt.reached >= Reached::http) out += request_lines(attempt, peer);
  if (attempt.http) out += answer_lines(*attempt.http);
  out += evidence_lines(attempt);
  return out + (attempt.went_through() ? closing_line(attempt) : failure_line(attempt));
}

std::string confirmation_line(const Confirmation& confirmation) {
  const Attempt& attempt = confirmation.attempt;
  const std::string outcome = attempt.went_through()
                                  ? fmt::format("went through: {}", times_text(attempt))
                                  : fmt::format("{} failed: {}", to_string(attempt.reached), cause_text(attempt));
  return star(fmt::format("Confirming probe {}: {} port {}: {}", printable(confirmation.purpose),
                          attempt.address.to_string(), attempt.port, outcome));
}

std::string hop_search_lines(const HopSearch& search) {
  std::string out = star(fmt::format("Hops towards {} (limits 1 to {}): {}", search.address.to_string(), search.limits,
                                     search.hops.empty() ? "none answers" : "those that answer"));
  for (const Hop& hop : search.hops)
    out += star(fmt::format("  {}: {}, ICMP type {} code {}, {}", hop.limit, hop.icmp.offender.to_string(),
                            hop.icmp.type, hop.icmp.code, to_text(hop.rtt)));
  if (search.answered_at) out += star(fmt::format("  {}: the address itself answered", *search.answered_at));
  return out;
}

}  // namespace ecr6::report
