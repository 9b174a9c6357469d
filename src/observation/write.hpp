#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ecr6/observation/observation.hpp"

/// From each record to JSON; the inverse of load.hpp. A part that is empty stays away, unless the contract says null. A
/// type that the templates below are used with is declared here, before them.
namespace ecr6::writing {

namespace json = boost::json;

[[nodiscard]] json::value value_of(const std::string& text);
[[nodiscard]] json::value value_of(const Address& address);
[[nodiscard]] json::value value_of(Duration duration);
[[nodiscard]] json::value value_of(Family family);
[[nodiscard]] json::value value_of(Addressing word);
[[nodiscard]] json::value value_of(Cause word);
[[nodiscard]] json::value value_of(bool truth);
[[nodiscard]] json::value value_of(int number);
[[nodiscard]] json::value value_of(std::uint64_t number);

[[nodiscard]] json::value value_of(const AddressRecord& record);
[[nodiscard]] json::value value_of(const IpRangeMatch& match);
[[nodiscard]] json::object nat64_of(const Lookup& lookup);
[[nodiscard]] json::object ip_ranges_of(const IpRanges& ranges);
[[nodiscard]] json::value value_of(const Lookup& lookup);
[[nodiscard]] json::value value_of(const ServerAnswer& answer);
[[nodiscard]] json::value value_of(const SystemAnswer& answer);

[[nodiscard]] json::value value_of(const Attempt& attempt);
[[nodiscard]] json::value value_of(const Confirmation& confirmation);
[[nodiscard]] json::value value_of(const Hop& hop);
[[nodiscard]] json::value value_of(const HopSearch& search);
[[nodiscard]] json::value value_of(const HttpFacts& http);
[[nodiscard]] json::value value_of(const IcmpError& icmp);
[[nodiscard]] json::value value_of(const TcpFacts& tcp);
[[nodiscard]] json::value value_of(const TlsFacts& tls);
[[nodiscard]] json::value value_of(const std::pair<std::string, std::string>& header);

[[nodiscard]] json::value value_of(const Ec2Facts& facts);
[[nodiscard]] json::value value_of(const EndpointObservation& seen);
[[nodiscard]] json::value value_of(const HostsEntry& entry);
[[nodiscard]] json::value value_of(const Nameserver& nameserver);
[[nodiscard]] json::value value_of(const Ping& ping);
[[nodiscard]] json::value value_of(const ProxySetting& proxy);

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

}  // namespace ecr6::writing
