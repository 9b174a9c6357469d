#pragma once

#include "ecr6/observation/observation.hpp"
#include "node.hpp"

/// From JSON to each record; the inverse of json_write.cpp. A field that an older version did not write keeps its
/// default, one that this version does not know is passed over.
namespace ecr6::reading {

void load(const Node& node, Attempt& target);
void load(const Node& node, Confirmation& target);
void load(const Node& node, Ec2Facts& target);
void load(const Node& node, Ec2Interface& target);
void load(const Node& node, EndpointObservation& target);
void load(const Node& node, Hop& target);
void load(const Node& node, HopSearch& target);
void load(const Node& node, HostFacts& target);
void load(const Node& node, IcmpError& target);
void load(const Node& node, IpRanges& target);
void load(const Node& node, Lookup& target);
void load(const Node& node, Nameserver& target);
void load(const Node& node, Neighbour& target);
void load(const Node& node, NetworkFacts& target);
void load(const Node& node, PrecedenceRule& target);
void load(const Node& node, Route& target);
void load(const Node& node, Ping& target);
void load(const Node& node, Prefix& target);
void load(const Node& node, RunSettings& target);
void load(const Node& node, SystemAnswer& target);
void load(const Node& node, Observation& target);

/// An attempt's `reached` and `cause` contradict each other when one says that it went through and the other not.
void check_attempt(const Node& node, const Attempt& attempt);
/// Every answer names one of the nameservers of the run.
void check_nameservers(const Node& node, const Observation& observation);

}  // namespace ecr6::reading
