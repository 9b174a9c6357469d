#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, Confirmation& confirmation) {
  node.field("purpose").must(confirmation.purpose, "what the probe was for");
  load(node, confirmation.attempt);
}

void load(const Node& node, Hop& hop) {
  node.field("limit").must(hop.limit, "the hop limit");
  node.field("responder").must(hop.icmp.offender, "the address of the hop that answered");
  node.field("type").must(hop.icmp.type, "the ICMP type");
  node.field("code").must(hop.icmp.code, "the ICMP code");
  node.field("rtt_ms").into(hop.rtt);
}

void load(const Node& node, HopSearch& search) {
  node.field("address").must(search.address, "the address that was silent");
  node.field("diverted_to").into(search.diverted_to);
  node.field("limits").into(search.limits);
  node.field("hops").into(search.hops);
  node.field("answered_at").into(search.answered_at);
}

}  // namespace ecr6::reading
