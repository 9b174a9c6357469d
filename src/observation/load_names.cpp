#include "load.hpp"

namespace ecr6::reading {

void load(const Node& node, SystemAnswer& answer) {
  node.field("addresses").into(answer.addresses);
  node.field("addresses_left_out").into(answer.addresses_left_out);
  node.field("error").into(answer.error);
  node.field("duration_ms").into(answer.duration);
  node.field("killed").into(answer.killed);
}

void load(const Node& node, Prefix& prefix) {
  std::string text;
  load(node, text);
  if (const auto parsed = Prefix::parse(text))
    prefix = *parsed;
  else
    node.complain("a prefix such as \"2600:1f13::/36\"");
}

void load(const Node& node, IpRangeMatch& match) {
  node.field("address").must(match.address, "the address that was looked up");
  node.field("prefix").into(match.prefix);
  node.field("region").into(match.region);
  node.field("services").into(match.services);
}

void load(const Node& node, IpRanges& ranges) {
  node.field("file").into(ranges.file);
  node.field("created").into(ranges.created);
  node.field("entries").into(ranges.entries);
  node.field("matches").into(ranges.matches);
}

}  // namespace ecr6::reading
