#include <boost/json.hpp>

#include "write.hpp"

namespace ecr6::writing {

namespace {

/// Null where it is not known, empty where there is none.
template <class T>
json::value texts(const std::optional<std::vector<T>>& list) {
  if (!list) return nullptr;
  json::array array;
  for (const T& item : *list) array.push_back(json::string{item.to_string()});
  return array;
}

json::value interface_value(const Ec2Interface& interface) {
  return {{"mac", interface.mac},
          {"device", interface.device},
          {"interface_id", interface.interface_id},
          {"subnet_id", interface.subnet_id},
          {"vpc_id", interface.vpc_id},
          {"ipv6", texts(interface.ipv6)},
          {"ipv4", texts(interface.ipv4)},
          {"subnet_ipv6", texts(interface.subnet_ipv6)},
          {"vpc_ipv6", texts(interface.vpc_ipv6)}};
}

}  // namespace

json::value value_of(const Ec2Facts& facts) {
  json::array interfaces;
  for (const Ec2Interface& interface : facts.interfaces) interfaces.push_back(interface_value(interface));
  return {{"outcome", to_string(facts.outcome)},
          {"service", facts.service ? json::value(facts.service->to_string()) : json::value()},
          {"detail", facts.detail},
          {"duration_ms", to_ms(facts.duration)},
          {"interfaces", std::move(interfaces)},
          {"interfaces_left_out", facts.interfaces_left_out}};
}

}  // namespace ecr6::writing
