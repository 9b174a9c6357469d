#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, Ec2Interface& interface) {
  node.field("mac").into(interface.mac);
  node.field("device").into(interface.device);
  node.field("interface_id").into(interface.interface_id);
  node.field("subnet_id").into(interface.subnet_id);
  node.field("vpc_id").into(interface.vpc_id);
  node.field("ipv6").into(interface.ipv6);
  node.field("ipv4").into(interface.ipv4);
  node.field("subnet_ipv6").into(interface.subnet_ipv6);
  node.field("vpc_ipv6").into(interface.vpc_ipv6);
}

void load(const Node& node, Ec2Facts& facts) {
  node.field("outcome").must(facts.outcome, "how the question to the metadata service ended");
  node.field("service").into(facts.service);
  node.field("detail").into(facts.detail);
  node.field("duration_ms").into(facts.duration);
  node.field("interfaces").into(facts.interfaces);
  node.field("interfaces_left_out").into(facts.interfaces_left_out);
}

}  // namespace ecr6::reading
