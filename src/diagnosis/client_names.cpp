#include "client_names.hpp"

#include <algorithm>

#include "ecr6/core/text.hpp"
#include "words.hpp"

namespace ecr6 {

namespace {

Candidate candidate_for(const EndpointObservation& seen, const Address& address) {
  for (const Attempt& attempt : seen.attempts)
    if (attempt.address == address) return candidate_of(attempt);
  return {address.family(), address, Fate::unknown, {}, nullptr};
}

/// Addresses of one family by DNS. A family that was not asked for may have some, so one that is not known stands
/// there.
void add_family(const Observation& run, const EndpointObservation& seen, Family family, Candidates& list) {
  const auto& lookup = seen.lookup(family);
  if (!lookup || was_cut_off(run, lookup->outcome, lookup->duration)) {
    list.push_back({family, {}, Fate::unknown, {}, nullptr});
    return;
  }
  for (const AddressRecord& record : lookup->records) list.push_back(candidate_for(seen, record.address));
}

/// A line of the hosts file keeps the question from the nameservers.
Candidates by_hosts_file(const Observation& run, const EndpointObservation& seen) {
  Candidates list;
  for (const HostsEntry& entry : run.host.hosts_entries)
    if (equal_ignoring_case(entry.name, seen.endpoint.name)) list.push_back(candidate_for(seen, entry.address));
  return list;
}

struct Wait {
  Duration time{};
  bool at_least{};
};

/// One nameserver after the other until one answers, as resolver libraries do; this run asked all at once.
Wait wait_for(const Observation& run, const std::optional<Lookup>& lookup) {
  Wait wait;
  if (!lookup) return wait;
  if (lookup->by_nameserver.empty()) return {lookup->duration, lookup->outcome == DnsOutcome::timeout};
  for (const ServerAnswer& answer : lookup->by_nameserver) {
    const bool listed = answer.nameserver < run.nameservers.size();
    if (listed && run.nameservers[answer.nameserver].source == "/etc/resolv.conf" &&
        !run.nameservers[answer.nameserver].used_by_system)
      continue;
    wait.time += answer.duration;
    if (is_usable(answer.outcome)) break;
    if (answer.outcome == DnsOutcome::timeout) wait.at_least = true;
  }
  return wait;
}

Wait longer(Wait left, Wait right) { return {std::max(left.time, right.time), left.at_least || right.at_least}; }

bool nothing_usable(const EndpointObservation& seen) {
  const auto usable = [](const std::optional<Lookup>& lookup) { return lookup && is_usable(lookup->outcome); };
  return !usable(seen.ipv6_lookup) && !usable(seen.ipv4_lookup);
}

ClientNames literal(const EndpointObservation& seen) {
  ClientNames names;
  for (const Attempt& attempt : seen.attempts) names.candidates.push_back(candidate_of(attempt));
  names.known = !names.candidates.empty();
  return names;
}

/// What all clients have in common: the answers of DNS in an order, and the time that both families take.
ClientNames by_dns(const Observation& run, const EndpointObservation& seen, PolicyTable table) {
  if (literal_family(seen)) return literal(seen);
  ClientNames names;
  if (auto listed = by_hosts_file(run, seen); !listed.empty()) {
    names.candidates = in_order(std::move(listed), table, run.host);
    return names;
  }
  for (const Family family : both_families) add_family(run, seen, family, names.candidates);
  names.candidates = in_order(std::move(names.candidates), table, run.host);
  const Wait wait = longer(wait_for(run, seen.ipv6_lookup), wait_for(run, seen.ipv4_lookup));
  names.time = wait.time;
  names.at_least = wait.at_least;
  names.known = !nothing_usable(seen);
  return names;
}

bool comes_late(const std::optional<Lookup>& ipv6, const std::optional<Lookup>& ipv4) {
  if (!ipv6 || !ipv4 || ipv4->outcome != DnsOutcome::answered) return false;
  return ipv6->duration > ipv4->duration + rfc_8305_resolution_delay;
}

}  // namespace

ClientNames names_by_getaddrinfo(const Observation& run, const EndpointObservation& seen) {
  if (!seen.system || seen.system->killed) {
    auto names = by_dns(run, seen, PolicyTable::glibc);
    // glibc 2.36: a silent A question fails the whole call, a silent AAAA question only delays it.
    const auto& ipv4 = seen.ipv4_lookup;
    names.fails = ipv4 && ipv4->outcome == DnsOutcome::timeout && !was_cut_off(run, ipv4->outcome, ipv4->duration) &&
                  by_hosts_file(run, seen).empty();
    if (!seen.system) return names;
    names.time = std::max(names.time, seen.system->duration);
    names.at_least = true;
    return names;
  }
  ClientNames names;
  names.time = seen.system->duration;
  names.fails = seen.system->addresses.empty();
  for (const Address& address : seen.system->addresses) names.candidates.push_back(candidate_for(seen, address));
  return names;
}

ClientNames names_by_go(const Observation& run, const EndpointObservation& seen) {
  return by_dns(run, seen, PolicyTable::rfc_6724);
}

ClientNames names_as_they_come(const Observation& run, const EndpointObservation& seen) {
  auto names = by_dns(run, seen, PolicyTable::rfc_6724);
  const auto &ipv6 = seen.ipv6_lookup, &ipv4 = seen.ipv4_lookup;
  if (!comes_late(ipv6, ipv4)) {
    const bool ipv6_first = ipv6 && ipv4 && ipv6->outcome == DnsOutcome::answered;
    if (ipv6_first) names.time = ipv6->duration;
    names.at_least = names.at_least && !ipv6_first;
    return names;
  }
  names.time = ipv4->duration + rfc_8305_resolution_delay;
  names.at_least = false;
  const auto is_ipv4 = [](const Candidate& candidate) { return candidate.family == Family::ipv4; };
  std::stable_partition(names.candidates.begin(), names.candidates.end(), is_ipv4);
  return names;
}

}  // namespace ecr6
