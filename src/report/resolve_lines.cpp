#include <fmt/format.h>

#include "ecr6/core/text.hpp"
#include "transcript.hpp"

namespace ecr6::report {

namespace {

std::string_view record_type(Family family) { return family == Family::ipv6 ? "AAAA" : "A"; }

std::string nameserver_text(const Observation& observation, std::size_t index) {
  if (index >= observation.nameservers.size()) return fmt::format("nameserver {}", index + 1);
  const Nameserver& server = observation.nameservers[index];
  const std::string zone = server.zone.empty() ? "" : "%" + printable(server.zone);
  return socket_text(server.address, server.port, 53) + zone;
}

/// "asked 2 times", "over TCP": how the answer came about, where that is unusual.
std::string circumstances(const ServerAnswer& answer) {
  std::string text;
  if (answer.tries > 1) text += fmt::format(", asked {} times", answer.tries);
  if (answer.over_tcp) text += ", over TCP";
  if (!answer.detail.empty()) text += fmt::format(" ({})", printable(answer.detail));
  return text;
}

std::string answer_lines(const Observation& observation, const ServerAnswer& answer, Family family) {
  std::string out = star(fmt::format("{} from {}: {} after {}{}", record_type(family),
                                     nameserver_text(observation, answer.nameserver), to_string(answer.outcome),
                                     to_text(answer.duration), circumstances(answer)));
  for (const std::string& alias : answer.aliases) out += star("  alias " + printable(alias));
  for (const AddressRecord& record : answer.records)
    out += star(fmt::format("  {} (TTL {} s)", record.address.to_string(), record.ttl));
  if (answer.records_left_out > 0) out += star(fmt::format("  and {} more records", answer.records_left_out));
  return out;
}

/// curl's own line: "IPv6: 2600:1f14::1, 2600:1f14::2" or "IPv6: (none)".
std::string family_line(const EndpointObservation& endpoint, Family family, const RunSettings& settings) {
  const auto& lookup = endpoint.lookup(family);
  if (!settings.has(family)) return star(fmt::format("{}: (switched off)", title(family)));
  if (!lookup) return star(fmt::format("{}: (not asked for)", title(family)));
  std::vector<std::string> addresses;
  for (const AddressRecord& record : lookup->records) addresses.push_back(record.address.to_string());
  const std::string list =
      addresses.empty() ? fmt::format("(none: {})", to_string(lookup->outcome)) : join(addresses, ", ");
  return star(fmt::format("{}: {}", title(family), list));
}

/// What an application gets, in its order.
std::string system_line(const SystemAnswer& system) {
  if (system.killed) return star(fmt::format("getaddrinfo had not come back after {}", to_text(system.duration)));
  std::vector<std::string> addresses;
  for (const Address& address : system.addresses) addresses.push_back(address.to_string());
  const std::string what = addresses.empty() ? printable(system.error) : join(addresses, ", ");
  return star(fmt::format("getaddrinfo: {} after {}", what, to_text(system.duration)));
}

bool was_resolved(const EndpointObservation& endpoint) {
  for (const Family family : both_families)
    if (endpoint.lookup(family) && !endpoint.lookup(family)->records.empty()) return true;
  return false;
}

}  // namespace

std::string resolve_lines(const Observation& observation, const EndpointObservation& endpoint) {
  const std::string name = printable(endpoint.endpoint.name);
  if (Address::parse(endpoint.endpoint.name)) return star(fmt::format("{} is an address: nothing to resolve", name));
  std::string out;
  for (const Family family : both_families)
    if (const auto& lookup = endpoint.lookup(family))
      for (const ServerAnswer& answer : lookup->by_nameserver) out += answer_lines(observation, answer, family);
  out += was_resolved(endpoint) ? star(fmt::format("Host {}:{} was resolved.", name, endpoint.endpoint.port))
                                : star(fmt::format("Could not resolve host: {}", name));
  for (const Family family : both_families) out += family_line(endpoint, family, observation.settings);
  if (endpoint.system) out += system_line(*endpoint.system);
  return out;
}

}  // namespace ecr6::report
