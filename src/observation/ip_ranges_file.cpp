#include "ecr6/observation/ip_ranges_file.hpp"

#include <algorithm>
#include <set>

namespace ecr6 {

namespace {

constexpr std::size_t max_services = 32;
constexpr std::string_view everything = "AMAZON";  // the service of every entry; others stand beside it

void add(std::vector<std::string>& services, const std::string& service) {
  if (services.size() < max_services && std::find(services.begin(), services.end(), service) == services.end())
    services.push_back(service);
}

}  // namespace

IpRangeMatch IpRangesFile::match(const Address& address) const {
  IpRangeMatch match;
  match.address = address;
  for (const Entry& entry : entries_) {
    if (!entry.prefix.contains(address) || (match.prefix && entry.prefix.length < match.prefix->length)) continue;
    if (match.prefix != entry.prefix) {
      match.prefix = entry.prefix;
      match.region = words_[entry.region];
      match.services.clear();
    }
    add(match.services, words_[entry.service]);
  }
  std::stable_partition(match.services.begin(), match.services.end(),
                        [](const std::string& service) { return service != everything; });
  return match;
}

IpRanges matched_ranges(const IpRangesFile& file, std::string name, const Observation& run) {
  IpRanges ranges{std::move(name), file.created(), file.entries(), {}};
  std::set<Address> known;
  const auto look_up = [&](const Address& address) {
    if (known.insert(address).second) ranges.matches.push_back(file.match(address));
  };
  for (const EndpointObservation& seen : run.endpoints) {
    for (const Family family : both_families)
      if (const auto& lookup = seen.lookup(family))
        for (const AddressRecord& record : lookup->records) look_up(record.address);
    for (const Attempt& attempt : seen.attempts) look_up(attempt.address);
  }
  return ranges;
}

}  // namespace ecr6
