#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, ProxySetting& proxy) {
  node.field("variable").must(proxy.variable, "the variable's name");
  node.field("value").into(proxy.value);
}

void load(const Node& node, HostsEntry& entry) {
  node.field("name").must(entry.name, "a host name");
  node.field("address").must(entry.address, "the entry's address");
  node.field("line").into(entry.line);
}

void load(const Node& node, HostFacts& host) {
  node.field("name").into(host.name);
  node.field("operating_system").into(host.operating_system);
  node.field("resolv_conf").into(host.resolv_conf);
  node.field("proxies").into(host.proxies);
  node.field("no_proxy").into(host.no_proxy);
  node.field("no_proxy_lower_case").into(host.no_proxy_lower_case);
  node.field("hosts_entries").into(host.hosts_entries);
  node.field("network").into(host.network);
  node.field("gai_precedences").into(host.gai_precedences);
  node.field("container_marks").into(host.container_marks);
  node.field("notes").into(host.notes);
  node.field("ec2").into(host.ec2);
}

}  // namespace ecr6::reading
