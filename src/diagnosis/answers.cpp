#include "answers.hpp"

#include <algorithm>

namespace ecr6 {

namespace {

bool shares_an_address(const ServerAnswer& left, const ServerAnswer& right) {
  return std::any_of(left.records.begin(), left.records.end(), [&](const AddressRecord& record) {
    return std::any_of(right.records.begin(), right.records.end(),
                       [&](const AddressRecord& other) { return other.address == record.address; });
  });
}

bool has_addresses(const ServerAnswer& answer) {
  return answer.outcome == DnsOutcome::answered && !answer.records.empty();
}

bool denies(const ServerAnswer& answer) {
  return answer.outcome == DnsOutcome::no_data || answer.outcome == DnsOutcome::name_not_found;
}

}  // namespace

bool is_nat64(const Address& address) {
  static const Prefix well_known = Prefix::parse("64:ff9b::/96").value();
  return well_known.contains(address);
}

bool only_nat64_works(const EndpointObservation& seen) {
  bool any = false;
  for (const Attempt& attempt : seen.attempts) {
    if (attempt.family != Family::ipv6 || !attempt.went_through()) continue;
    if (!is_nat64(attempt.address)) return false;
    any = true;
  }
  return any;
}

bool is_filtered(const Lookup& lookup) {
  const auto& answers = lookup.by_nameserver;
  return std::any_of(answers.begin(), answers.end(), has_addresses) &&
         std::any_of(answers.begin(), answers.end(), denies);
}

bool gives_disjoint_addresses(const Lookup& lookup) {
  const auto& answers = lookup.by_nameserver;
  for (auto left = answers.begin(); left != answers.end(); ++left)
    for (auto right = left + 1; right != answers.end(); ++right)
      if (has_addresses(*left) && has_addresses(*right) && !shares_an_address(*left, *right)) return true;
  return false;
}

bool disagrees(const std::optional<Lookup>& lookup) {
  return lookup && (is_filtered(*lookup) || gives_disjoint_addresses(*lookup));
}

}  // namespace ecr6
