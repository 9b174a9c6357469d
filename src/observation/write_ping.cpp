#include <boost/json.hpp>

#include "write.hpp"

namespace ecr6::writing {

json::value value_of(const Ping& ping) {
  json::object object{{"family", to_string(ping.family)}, {"address", ping.address.to_string()}};
  if (!ping.diverted_to.empty()) object["diverted_to"] = ping.diverted_to;
  object["outcome"] = to_string(ping.outcome);
  object["cause"] = ping.cause ? json::value(to_string(*ping.cause)) : json::value();
  object["detail"] = ping.detail;
  object["rtt_ms"] = ping.rtt ? json::value(to_ms(*ping.rtt)) : json::value();
  object["socket"] = ping.socket ? json::value(to_string(*ping.socket)) : json::value();
  if (ping.icmp) object["icmp"] = value_of(*ping.icmp);
  return object;
}

}  // namespace ecr6::writing
