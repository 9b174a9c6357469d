#include "answers.hpp"

#include <algorithm>

#include "ecr6/core/translation.hpp"

namespace ecr6 {

namespace {

/// The addresses of an answer; in place of a translator's the IPv4 address inside.
std::vector<Address> untranslated(const std::vector<Prefix>& prefixes, const ServerAnswer& answer) {
  std::vector<Address> addresses;
  for (const AddressRecord& record : answer.records)
    addresses.push_back(translated_ipv4(record.address, prefixes).value_or(record.address));
  return addresses;
}

bool share_an_address(const std::vector<Address>& left, const std::vector<Address>& right) {
  return std::any_of(left.begin(), left.end(), [&](const Address& address) {
    return std::find(right.begin(), right.end(), address) != right.end();
  });
}

}  // namespace

std::vector<Prefix> prefixes_of_translators(const Observation& run) {
  return run.nat64 ? nat64_prefixes(*run.nat64) : std::vector<Prefix>{};
}

bool is_nat64(const Observation& run, const Address& address) {
  return translated_ipv4(address, prefixes_of_translators(run)).has_value();
}

bool only_disguised_ipv4_works(const Observation& run, const EndpointObservation& seen) {
  const auto prefixes = prefixes_of_translators(run);
  bool any = false;
  for (const Attempt& attempt : seen.attempts) {
    if (attempt.family != Family::ipv6 || !attempt.went_through()) continue;
    if (!attempt.address.is_v4_mapped() && !translated_ipv4(attempt.address, prefixes)) return false;
    any = true;
  }
  return any;
}

bool gives_own_addresses(const Observation& run, const ServerAnswer& answer) {
  if (answer.outcome != DnsOutcome::answered) return false;
  const auto prefixes = prefixes_of_translators(run);
  return std::any_of(answer.records.begin(), answer.records.end(),
                     [&](const AddressRecord& record) { return !translated_ipv4(record.address, prefixes); });
}

bool denies_addresses(const ServerAnswer& answer) {
  return answer.outcome == DnsOutcome::no_data || answer.outcome == DnsOutcome::name_not_found;
}

bool is_filtered(const Observation& run, const Lookup& lookup) {
  const auto& answers = lookup.by_nameserver;
  return std::any_of(answers.begin(), answers.end(), denies_addresses) &&
         std::any_of(answers.begin(), answers.end(),
                     [&](const ServerAnswer& answer) { return gives_own_addresses(run, answer); });
}

bool gives_disjoint_addresses(const Observation& run, const Lookup& lookup) {
  const auto prefixes = prefixes_of_translators(run);
  std::vector<std::vector<Address>> given;
  for (const ServerAnswer& answer : lookup.by_nameserver)
    if (answer.outcome == DnsOutcome::answered && !answer.records.empty())
      given.push_back(untranslated(prefixes, answer));
  for (auto left = given.begin(); left != given.end(); ++left)
    for (auto right = left + 1; right != given.end(); ++right)
      if (!share_an_address(*left, *right)) return true;
  return false;
}

bool disagrees(const Observation& run, const std::optional<Lookup>& lookup) {
  return lookup && (is_filtered(run, *lookup) || gives_disjoint_addresses(run, *lookup));
}

bool is_lost_over_tcp(const ServerAnswer& answer) {
  return answer.over_tcp && (answer.outcome == DnsOutcome::timeout || answer.outcome == DnsOutcome::unreachable);
}

}  // namespace ecr6
