#include "ecr6/observation/lookup.hpp"

#include <algorithm>
#include <unordered_set>

#include "ecr6/core/translation.hpp"

namespace ecr6 {

namespace {

/// How much an outcome says: the lower, the sooner it decides. All failures say equally little.
int rank(DnsOutcome outcome) {
  switch (outcome) {
    case DnsOutcome::answered:
      return 0;
    case DnsOutcome::no_data:
      return 1;
    case DnsOutcome::name_not_found:
      return 2;
    default:
      return 3;
  }
}

std::vector<AddressRecord> united_records(const std::vector<ServerAnswer>& answers) {
  std::vector<AddressRecord> records;
  std::unordered_set<std::string> seen;
  for (const ServerAnswer& answer : answers)
    for (const AddressRecord& record : answer.records)
      if (seen.insert(record.address.to_string()).second) records.push_back(record);
  return records;
}

}  // namespace

std::vector<Prefix> nat64_prefixes(const Lookup& lookup) {
  std::vector<Address> addresses;
  for (const AddressRecord& record : lookup.records) addresses.push_back(record.address);
  return translation_prefixes(addresses);
}

bool is_usable(DnsOutcome outcome) { return rank(outcome) < 3; }

Lookup merge(std::vector<ServerAnswer> answers) {
  Lookup lookup;
  const auto by_rank = [](const ServerAnswer& left, const ServerAnswer& right) {
    return rank(left.outcome) < rank(right.outcome);
  };
  // min_element gives the first of several equals: the nameservers' own order decides among failures.
  const auto decisive = std::min_element(answers.begin(), answers.end(), by_rank);
  if (decisive != answers.end()) {
    lookup.outcome = decisive->outcome;
    lookup.aliases = decisive->aliases;
    lookup.duration = decisive->duration;
  }
  lookup.records = united_records(answers);
  lookup.by_nameserver = std::move(answers);
  return lookup;
}

}  // namespace ecr6
