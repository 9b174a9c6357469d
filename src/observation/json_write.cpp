#include <fmt/format.h>

#include <boost/json.hpp>

#include "ecr6/observation/json.hpp"
#include "hex.hpp"
#include "write_network.hpp"

namespace ecr6 {

namespace json = boost::json;

namespace {

json::value value_of(const std::string& text) { return json::string{text}; }
json::value value_of(const Address& address) { return json::string{address.to_string()}; }
json::value value_of(Duration duration) { return to_ms(duration); }
json::value value_of(Family family) { return json::string{to_string(family)}; }
json::value value_of(Addressing word) { return json::string{to_string(word)}; }
json::value value_of(Cause word) { return json::string{to_string(word)}; }
json::value value_of(int number) { return number; }
json::value value_of(std::uint64_t number) { return number; }

json::value value_of(const AddressRecord& record);
json::value value_of(const Attempt& attempt);
json::value value_of(const Confirmation& confirmation);
json::value value_of(const EndpointObservation& seen);
json::value value_of(const Hop& hop);
json::value value_of(const HopSearch& search);
json::value value_of(const HostsEntry& entry);
json::value value_of(const HttpFacts& http);
json::value value_of(const IcmpError& icmp);
json::value value_of(const Lookup& lookup);
json::value value_of(const Nameserver& nameserver);
json::value value_of(const ProxySetting& proxy);
json::value value_of(const ServerAnswer& answer);
json::value value_of(const TcpFacts& tcp);
json::value value_of(const TlsFacts& tls);
json::value value_of(const std::pair<std::string, std::string>& header);

template <class T>
json::value or_null(const std::optional<T>& part) {
  return part ? value_of(*part) : json::value(nullptr);
}

/// What is empty stays away: a stage that was not reached is absent, not null.
template <class T>
void put(json::object& object, std::string_view key, const std::optional<T>& part) {
  if (part) object[key] = value_of(*part);
}

template <class T>
json::array list(const std::vector<T>& items) {
  json::array array;
  array.reserve(items.size());
  for (const T& item : items) array.push_back(value_of(item));
  return array;
}

json::value value_of(const AddressRecord& record) {
  return {{"address", record.address.to_string()}, {"ttl_s", record.ttl}};
}

json::value value_of(const ServerAnswer& answer) {
  return {{"resolver", answer.nameserver},   {"outcome", to_string(answer.outcome)},
          {"records", list(answer.records)}, {"records_left_out", answer.records_left_out},
          {"aliases", list(answer.aliases)}, {"duration_ms", to_ms(answer.duration)},
          {"tries", answer.tries},           {"over_tcp", answer.over_tcp},
          {"detail", answer.detail}};
}

json::value value_of(const Lookup& lookup) {
  return {{"outcome", to_string(lookup.outcome)},
          {"records", list(lookup.records)},
          {"aliases", list(lookup.aliases)},
          {"duration_ms", to_ms(lookup.duration)},
          {"by_resolver", list(lookup.by_nameserver)}};
}

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
          {"chain", list(tls.chain)}};
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

json::object race_of(const Race& race) {
  return {{"winner", or_null(race.winner)}, {"address", or_null(race.address)}, {"duration_ms", to_ms(race.duration)}};
}

json::value value_of(const EndpointObservation& seen) {
  const Endpoint& endpoint = seen.endpoint;
  json::object dns;
  put(dns, "ipv6", seen.ipv6_lookup);
  put(dns, "ipv4", seen.ipv4_lookup);
  return {{"name", endpoint.name},
          {"port", endpoint.port},
          {"role", to_string(endpoint.role)},
          {"addressing", or_null(endpoint.addressing)},
          {"partition", or_null(endpoint.partition)},
          {"region", or_null(endpoint.region)},
          {"account", or_null(endpoint.account)},
          {"fips", endpoint.fips},
          {"confirmed", endpoint.confirmed},
          {"required", seen.required},
          {"why", seen.why},
          {"right_name", or_null(seen.right_name)},
          {"placeholder_account", seen.placeholder_account},
          {"dns", std::move(dns)},
          {"addresses_left_out", {{"ipv6", seen.ipv6_left_out}, {"ipv4", seen.ipv4_left_out}}},
          {"attempts", list(seen.attempts)},
          {"confirmations", list(seen.confirmations)},
          {"hop_searches", list(seen.hop_searches)},
          {"race", race_of(seen.race)}};
}

json::object settings_of(const RunSettings& settings) {
  return {{"ipv6", settings.ipv6},
          {"ipv4", settings.ipv4},
          {"require", to_string(settings.require)},
          {"strict", settings.strict},
          {"timeout_ms", to_ms(settings.timeout)},
          {"deadline_ms", to_ms(settings.deadline)},
          {"concurrency", settings.concurrency},
          {"max_addresses", settings.max_addresses},
          {"interface", settings.interface},
          {"connect_to", list(settings.connect_to)},
          {"lab", settings.lab}};
}

json::value value_of(const ProxySetting& proxy) { return {{"variable", proxy.variable}, {"value", proxy.value}}; }

json::value value_of(const HostsEntry& entry) {
  return {{"name", entry.name}, {"address", entry.address.to_string()}, {"line", entry.line}};
}

json::object host_of(const HostFacts& host) {
  json::object object{{"name", host.name},
                      {"operating_system", host.operating_system},
                      {"resolv_conf", host.resolv_conf},
                      {"proxies", list(host.proxies)},
                      {"no_proxy", host.no_proxy},
                      {"hosts_entries", list(host.hosts_entries)}};
  if (host.network) object["network"] = network_object(*host.network);
  if (!host.gai_precedences.empty()) object["gai_precedences"] = precedence_array(host.gai_precedences);
  if (!host.container_marks.empty()) object["container_marks"] = list(host.container_marks);
  object["notes"] = list(host.notes);
  return object;
}

json::value value_of(const Nameserver& nameserver) {
  return {{"address", nameserver.address.to_string()},
          {"port", nameserver.port},
          {"zone", nameserver.zone},
          {"source", nameserver.source},
          {"used_by_system", nameserver.used_by_system}};
}

}  // namespace

json::object to_json(const Observation& observation) {
  return {{"schema", check_schema},
          {"tool", {{"name", "ecr6"}, {"version", observation.tool_version}}},
          {"started_at", to_rfc3339(observation.started_at)},
          {"duration_ms", to_ms(observation.duration)},
          {"interrupted", observation.interrupted},
          {"deadline_exceeded", observation.deadline_exceeded},
          {"settings", settings_of(observation.settings)},
          {"notes", list(observation.notes)},
          {"host", host_of(observation.host)},
          {"resolvers", list(observation.nameservers)},
          {"endpoints", list(observation.endpoints)}};
}

}  // namespace ecr6
