#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "ecr6/observation/json.hpp"
#include "write.hpp"
#include "write_network.hpp"

namespace ecr6 {

namespace json = boost::json;

namespace writing {

json::value value_of(const std::string& text) { return json::string{text}; }
json::value value_of(const Address& address) { return json::string{address.to_string()}; }
json::value value_of(Duration duration) { return to_ms(duration); }
json::value value_of(Family family) { return json::string{to_string(family)}; }
json::value value_of(Addressing word) { return json::string{to_string(word)}; }
json::value value_of(Cause word) { return json::string{to_string(word)}; }
json::value value_of(bool truth) { return truth; }
json::value value_of(int number) { return number; }
json::value value_of(std::uint64_t number) { return number; }

namespace {

json::object race_of(const Race& race) {
  return {{"winner", or_null(race.winner)}, {"address", or_null(race.address)}, {"duration_ms", to_ms(race.duration)}};
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
          {"lab", settings.lab},
          {"ping", settings.ping},
          {"ec2", settings.ec2},
          {"trust", to_string(settings.trust)}};
}

json::object host_of(const HostFacts& host) {
  json::object object{{"name", host.name},
                      {"operating_system", host.operating_system},
                      {"resolv_conf", host.resolv_conf},
                      {"proxies", list(host.proxies)},
                      {"no_proxy", host.no_proxy},
                      {"hosts_entries", list(host.hosts_entries)}};
  if (!host.no_proxy_lower_case.empty()) object["no_proxy_lower_case"] = host.no_proxy_lower_case;
  if (host.network) object["network"] = network_object(*host.network);
  if (!host.gai_precedences.empty()) object["gai_precedences"] = precedence_array(host.gai_precedences);
  if (!host.container_marks.empty()) object["container_marks"] = list(host.container_marks);
  object["notes"] = list(host.notes);
  object["ec2"] = or_null(host.ec2);
  return object;
}

}  // namespace

json::value value_of(const EndpointObservation& seen) {
  const Endpoint& endpoint = seen.endpoint;
  json::object dns;
  put(dns, "ipv6", seen.ipv6_lookup);
  put(dns, "ipv4", seen.ipv4_lookup);
  put(dns, "system", seen.system);
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
          {"race", race_of(seen.race)},
          {"pings", list(seen.pings)}};
}

json::value value_of(const ProxySetting& proxy) { return {{"variable", proxy.variable}, {"value", proxy.value}}; }

json::value value_of(const HostsEntry& entry) {
  return {{"name", entry.name}, {"address", entry.address.to_string()}, {"line", entry.line}};
}

json::value value_of(const Nameserver& nameserver) {
  return {{"address", nameserver.address.to_string()},
          {"port", nameserver.port},
          {"zone", nameserver.zone},
          {"source", nameserver.source},
          {"used_by_system", nameserver.used_by_system}};
}

}  // namespace writing

json::object to_json(const Observation& observation) {
  using namespace writing;
  json::object object{{"schema", check_schema},
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
  if (observation.nat64) object["nat64"] = nat64_of(*observation.nat64);
  if (observation.ip_ranges) object["ip_ranges"] = ip_ranges_of(*observation.ip_ranges);
  return object;
}

}  // namespace ecr6
