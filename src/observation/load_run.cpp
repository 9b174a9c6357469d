#include "ecr6/aws/plan.hpp"
#include "ecr6/aws/recognise.hpp"
#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, AddressRecord& record) {
  node.field("address").must(record.address, "the record's address");
  node.field("ttl_s").into(record.ttl);
}

void load(const Node& node, ServerAnswer& answer) {
  node.field("resolver").must(answer.nameserver, "the index of a resolver");
  node.field("outcome").must(answer.outcome, "the outcome of the lookup");
  node.field("records").into(answer.records);
  node.field("records_left_out").into(answer.records_left_out);
  node.field("aliases").into(answer.aliases);
  node.field("duration_ms").into(answer.duration);
  node.field("tries").into(answer.tries);
  node.field("over_tcp").into(answer.over_tcp);
  node.field("tcp_connected").into(answer.tcp_connected);
  node.field("latency_ms").into(answer.latency);
  node.field("detail").into(answer.detail);
}

void load(const Node& node, Lookup& lookup) {
  node.field("outcome").must(lookup.outcome, "the outcome of the lookup");
  node.field("records").into(lookup.records);
  node.field("aliases").into(lookup.aliases);
  node.field("duration_ms").into(lookup.duration);
  node.field("by_resolver").into(lookup.by_nameserver);
}

void load(const Node& node, Race& race) {
  node.field("winner").into(race.winner);
  node.field("address").into(race.address);
  node.field("duration_ms").into(race.duration);
}

namespace {

void load_endpoint(const Node& node, Endpoint& endpoint) {
  node.field("name").must(endpoint.name, "the endpoint's host name");
  node.field("port").into(endpoint.port);
  node.field("role").must(endpoint.role, "the endpoint's role");
  node.field("addressing").into(endpoint.addressing);
  node.field("partition").into(endpoint.partition);
  node.field("region").into(endpoint.region);
  node.field("account").into(endpoint.account);
  node.field("fips").into(endpoint.fips);
  node.field("confirmed").into(endpoint.confirmed);
}

/// What the plan would say of a name that is spelled wrong.
std::optional<std::string> usual_right_name(const Endpoint& endpoint) {
  const auto name = aws::recognise(endpoint.name);
  const bool wrong = name && name->spelling == aws::Spelling::wrong;
  return wrong ? std::optional{name->right_name} : std::nullopt;
}

void load_attempts(const Node& node, std::vector<Attempt>& attempts) {
  node.into(attempts);
  for (std::size_t i = 0; i < attempts.size() && !node.failed(); ++i) check_attempt(node.item(i), attempts[i]);
}

void load_dns(const Node& node, EndpointObservation& seen) {
  node.field("system").into(seen.system);
  for (const Family family : both_families) {
    const Node lookup = node.field(to_string(family));
    lookup.into(seen.lookup(family));
    if (!seen.lookup(family)) continue;
    for (std::size_t i = 0; i < seen.lookup(family)->records.size() && !node.failed(); ++i)
      if (seen.lookup(family)->records[i].address.family() != family)
        lookup.field("records").item(i).field("address").complain("an address of this family");
  }
}

}  // namespace

void load(const Node& node, EndpointObservation& seen) {
  load_endpoint(node, seen.endpoint);
  node.field("why").into(seen.why);
  seen.right_name = usual_right_name(seen.endpoint);
  node.field("right_name").into(seen.right_name);
  seen.required = aws::is_required(seen.endpoint) && !seen.right_name;
  node.field("required").into(seen.required);
  seen.placeholder_account = seen.endpoint.role == Role::registry && !seen.endpoint.account;
  node.field("placeholder_account").into(seen.placeholder_account);
  load_dns(node.field("dns"), seen);
  node.field("addresses_left_out").field("ipv6").into(seen.ipv6_left_out);
  node.field("addresses_left_out").field("ipv4").into(seen.ipv4_left_out);
  load_attempts(node.field("attempts"), seen.attempts);
  node.field("confirmations").into(seen.confirmations);
  node.field("hop_searches").into(seen.hop_searches);
  node.field("race").into(seen.race);
  node.field("pings").into(seen.pings);
}

void load(const Node& node, RunSettings& settings) {
  node.field("ipv6").into(settings.ipv6);
  node.field("ipv4").into(settings.ipv4);
  node.field("require").into(settings.require);
  node.field("strict").into(settings.strict);
  node.field("timeout_ms").into(settings.timeout);
  node.field("deadline_ms").into(settings.deadline);
  node.field("concurrency").into(settings.concurrency);
  node.field("max_addresses").into(settings.max_addresses);
  node.field("interface").into(settings.interface);
  node.field("connect_to").into(settings.connect_to);
  node.field("lab").into(settings.lab);
  node.field("ping").into(settings.ping);
  node.field("ec2").into(settings.ec2);
  node.field("trust").into(settings.trust);
}

void load(const Node& node, Nameserver& nameserver) {
  node.field("address").must(nameserver.address, "the nameserver's address");
  node.field("port").into(nameserver.port);
  node.field("zone").into(nameserver.zone);
  node.field("source").into(nameserver.source);
  node.field("used_by_system").into(nameserver.used_by_system);
}

void load(const Node& node, Observation& observation) {
  node.field("tool").field("version").into(observation.tool_version);
  node.field("started_at").must(observation.started_at, "when the run began");
  node.field("duration_ms").into(observation.duration);
  node.field("interrupted").into(observation.interrupted);
  node.field("deadline_exceeded").into(observation.deadline_exceeded);
  // A record without settings still has the verdict's own word.
  node.field("verdict").field("require").into(observation.settings.require);
  node.field("settings").into(observation.settings);
  node.field("notes").into(observation.notes);
  node.field("host").into(observation.host);
  node.field("resolvers").into(observation.nameservers);
  node.field("endpoints").must(observation.endpoints, "the endpoints");
  node.field("nat64").into(observation.nat64);
  node.field("ip_ranges").into(observation.ip_ranges);
  check_nameservers(node, observation);
}

void check_nameservers(const Node& node, const Observation& observation) {
  for (std::size_t i = 0; i < observation.endpoints.size() && !node.failed(); ++i)
    for (const Family family : both_families) {
      const auto& lookup = observation.endpoints[i].lookup(family);
      for (std::size_t j = 0; lookup && j < lookup->by_nameserver.size() && !node.failed(); ++j)
        if (lookup->by_nameserver[j].nameserver >= observation.nameservers.size()) {
          const Node endpoints = node.field("endpoints"), endpoint = endpoints.item(i), dns = endpoint.field("dns");
          const Node words = dns.field(to_string(family)), answers = words.field("by_resolver");
          const Node answer = answers.item(j);
          answer.field("resolver").complain("the index of one of /resolvers");
        }
    }
}

}  // namespace ecr6::reading
