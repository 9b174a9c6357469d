#include <boost/json.hpp>

#include "ecr6/core/json.hpp"
#include "write.hpp"

namespace ecr6::writing {

json::value value_of(const AddressRecord& record) {
  return {{"address", record.address.to_string()}, {"ttl_s", record.ttl}};
}

json::value value_of(const ServerAnswer& answer) {
  json::object object{{"resolver", answer.nameserver},   {"outcome", to_string(answer.outcome)},
                      {"records", list(answer.records)}, {"records_left_out", answer.records_left_out},
                      {"aliases", list(answer.aliases)}, {"duration_ms", to_ms(answer.duration)},
                      {"tries", answer.tries},           {"over_tcp", answer.over_tcp}};
  put(object, "tcp_connected", answer.tcp_connected);
  put(object, "latency_ms", answer.latency);
  object["detail"] = answer.detail;
  return object;
}

namespace {

json::object object_of(const Lookup& lookup) {
  return {{"outcome", to_string(lookup.outcome)},
          {"records", list(lookup.records)},
          {"aliases", list(lookup.aliases)},
          {"duration_ms", to_ms(lookup.duration)},
          {"by_resolver", list(lookup.by_nameserver)}};
}

}  // namespace

json::value value_of(const Lookup& lookup) { return object_of(lookup); }

json::object nat64_of(const Lookup& lookup) {
  std::vector<std::string> prefixes;
  for (const Prefix& prefix : nat64_prefixes(lookup)) prefixes.push_back(prefix.to_string());
  json::object object{{"name", nat64_name}, {"prefixes", list(prefixes)}};
  for (auto& [key, part] : object_of(lookup)) object[key] = std::move(part);
  return object;
}

json::value value_of(const SystemAnswer& answer) {
  return {{"addresses", list(answer.addresses)},
          {"addresses_left_out", answer.addresses_left_out},
          {"error", answer.error},
          {"duration_ms", to_ms(answer.duration)},
          {"killed", answer.killed}};
}

json::value value_of(const IpRangeMatch& match) {
  json::object object{{"address", match.address.to_string()}};
  object["prefix"] = match.prefix ? json::value(match.prefix->to_string()) : json::value(nullptr);
  if (!match.prefix) return object;
  object["region"] = match.region;
  object["services"] = list(match.services);
  return object;
}

json::object ip_ranges_of(const IpRanges& ranges) {
  return {{"file", ranges.file},
          {"created", ranges.created},
          {"entries", ranges.entries},
          {"matches", list(ranges.matches)}};
}

}  // namespace ecr6::writing
