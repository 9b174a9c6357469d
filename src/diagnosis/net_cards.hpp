#pragma once

#include "causes.hpp"

/// The words of every way in which a connect fails on the path. Cards with the same id are the same finding in other
/// words, since other evidence calls for other advice.
namespace ecr6::net_cards {

inline constexpr CauseCard local_firewall{
    "net.local-firewall", "", "this host's own packet filter rejects the connection",
    "The ICMP error came from one of this host's own addresses. Look at the output rules: 'nft list ruleset', "
    "'ip6tables -S OUTPUT' (IPv4: 'iptables -S OUTPUT')."};

inline constexpr CauseCard rejected{
    "net.rejected", "", "a hop on the way rejects the connection with an ICMP error",
    "The evidence names the hop. Ask its operator to let TCP port 443 to ECR through, for this family too."};

inline constexpr CauseCard rejected_by_destination{
    "net.rejected", "", "the address itself rejects the connection with an ICMP error",
    "The path works as far as the address: its own firewall, or a device that answers in its name, rejects. Check that "
    "the address is ECR's (a hosts file, private DNS or an interface endpoint may give another), then ask its "
    "operator."};

inline constexpr CauseCard address_unreachable{
    "net.rejected", "", "a router on the way reports the address unreachable",
    "Two causes fit: behind that router nobody answers for the address, or a filter there rejects in these words. Ask "
    "the operator of the router that the evidence names."};

inline constexpr CauseCard beyond_scope{
    "net.rejected", "", "a router cannot forward a packet that has a link-local source address",
    "This host has no global address to send from. See 'ip -6 address'; look for router advertisements or DHCPv6. On "
    "EC2 assign an IPv6 address to the network interface."};

inline constexpr CauseCard source_refused{
    "net.rejected", "", "a router on the way does not accept this host's source address",
    "The source address does not belong to the network that the packet left through: an old prefix, a second uplink, "
    "or "
    "a VPN. Compare 'ip -6 route get ADDRESS' with the prefixes that this network hands out."};

inline constexpr CauseCard routing_loop{
    "net.routing-loop", "", "packets use up their hop limit on the way",
    "Most likely routers pass them on to each other in a circle; the hop in the evidence is one of them. See the "
    "circle "
    "with 'traceroute -6 -n ADDRESS' (IPv4: -4) and tell the operator of these routers. If there is no circle, this "
    "host's hop limit is too small: 'sysctl net.ipv6.conf.all.hop_limit' (IPv4: net.ipv4.ip_default_ttl; usual is "
    "64)."};

inline constexpr CauseCard no_route_upstream{
    "net.no-route-upstream", "", "a router on the way has no route to the address",
    "This host's own route is fine. On EC2 look at the route table of the subnet (::/0 to an internet or egress-only "
    "gateway; IPv4: 0.0.0.0/0 to an internet or NAT gateway); elsewhere ask the operator of the router that the "
    "evidence names."};

inline constexpr CauseCard gateway_dead{
    "net.gateway-dead", "", "the next hop does not answer neighbour discovery",
    "See 'ip -6 neigh' (IPv4: 'ip neigh') for the gateway's entry: INCOMPLETE or FAILED. Is the gateway up, is its "
    "address right in the route, and does a filter drop ICMPv6 neighbour discovery (types 135 and 136; IPv4: ARP)?"};

inline constexpr CauseCard neighbour_dead{
    "net.gateway-dead", "", "the address lies on this host's own link, and nobody answers neighbour discovery for it",
    "See 'ip -6 route get ADDRESS' (IPv4: 'ip route get ADDRESS'): should the address be reached directly? If so, the "
    "machine that has it is down; if not, a prefix length or an on-link route of this host is wrong."};

inline constexpr CauseCard unreachable_by_this_host{
    "net.host-unreachable", "", "this host itself reports the address unreachable",
    "Three causes fit: this host's packet filter rejects in these words ('nft list ruleset', 'ip6tables -S OUTPUT'); "
    "the next hop does not answer neighbour discovery ('ip -6 neigh', IPv4: 'ip neigh': INCOMPLETE or FAILED); or the "
    "route leads into a tunnel or VPN whose far end is not there."};

inline constexpr CauseCard host_unreachable{
    "net.host-unreachable", "", "the address is reported unreachable: by a router, or as the next hop does not answer",
    "An error within a round trip comes from a router; after about 3 s, neighbour discovery failed: see 'ip -6 neigh' "
    "(IPv4: 'ip neigh')."};

inline constexpr CauseCard refused{
    "net.refused", "", "the connection is refused with a reset",
    "Something answers on this path, but nothing listens there, or a firewall resets in its place; this host's own "
    "packet filter may be the one ('reject with tcp reset'). Check that the address is ECR's, then compare with the "
    "other family and with another network."};

inline constexpr CauseCard reset{
    "net.reset", "", "the connection is reset as soon as it stands",
    "A device on the way or the far end drops connections. Compare with the other family and another network."};

inline constexpr CauseCard protocol_error{
    "net.protocol-error", "", "the connection ends with a protocol error",
    "A router answered with an ICMP error that is rarely seen (parameter problem, or an error in the source route): a "
    "broken device rewrites or misreads the packets. Capture it with 'tcpdump -n icmp6' (IPv4: icmp)."};

inline constexpr CauseCard silent_drop{
    "net.silent-drop", "", "connection attempts get no answer at all",
    "Packets of this family are dropped on the way out or back, or nothing is there. On EC2 check in this order: the "
    "security group's outbound rules (::/0; IPv4: 0.0.0.0/0), the network ACL in both directions, the subnet's route "
    "table, the egress-only internet gateway (IPv4: the NAT gateway). Elsewhere: this host's own packet filter, output "
    "and input, then the firewalls on the way."};

inline constexpr CauseCard silent_after_hop{
    "net.silent-drop", "", "connection attempts get no answer at all",
    "Packets of this family get to the hop in the evidence. There, or beyond it, they are dropped, or their answers "
    "are, anywhere on the way back. On EC2 check in this order: the security group's outbound rules (::/0; IPv4: "
    "0.0.0.0/0), the network ACL in both directions, the subnet's route table, the egress-only internet gateway (IPv4: "
    "the NAT gateway). Elsewhere: this host's own input rules ('nft list ruleset'), then ask the operator of that hop, "
    "and of the firewalls after it."};

inline constexpr CauseCard silent_without_hop{
    "net.silent-drop", "", "connection attempts get no answer at all",
    "Nothing leaves this host, or it is dropped before a router could tell; some networks never tell. On EC2 check in "
    "this order: the security group's outbound rules (::/0; IPv4: 0.0.0.0/0), the network ACL in both directions, the "
    "subnet's route table, the egress-only internet gateway (IPv4: the NAT gateway). Everywhere: this host's own "
    "packet filter ('nft list ruleset', 'ip6tables -S'; IPv4: 'iptables -S'), output and input, then the first "
    "firewall."};

inline constexpr CauseCard silent_at_times{
    "net.silent-drop", "", "some connects get no answer at all, though another to the same address does",
    "The silence comes and goes: a link that loses packets, one broken path of several in parallel, a full table of "
    "connections in a firewall or NAT, or a limit on new connections. Repeat the run; 'mtr -6' (IPv4: -4) with --tcp "
    "--port 443 shows where packets are lost."};

inline constexpr CauseCard rejected_at_times{
    "net.rejected", "", "a hop on the way rejects connects, and leaves others without an answer",
    "Routers limit how many ICMP errors they send, so that some connects only look dropped. Ask the operator of the "
    "hop "
    "in the evidence to let TCP port 443 to ECR through, for this family too."};

inline constexpr CauseCard unclassified{"net.other-error", "",
                                        "the connection fails with an error that has no word here",
                                        "The evidence has the system's own words."};

}  // namespace ecr6::net_cards
