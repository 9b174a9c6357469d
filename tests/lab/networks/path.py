"""Faults on the way between this host and the endpoint that somebody tells of: resets and ICMP errors."""

from icmp_sender import start_sender
from network import SERVER6, WEB4, WEB6

from . import Run, network

SILENT = "net.silent-drop"
PATH = {"net.refused", "net.rejected", "net.local-firewall", "net.no-route-upstream", "net.routing-loop",
        "net.gateway-dead", "net.host-unreachable", "net.protocol-error", "net.reset", SILENT}


def only(*ids):
    """raises= and never= of a network whose connects all fail in these ways."""
    return {"raises": list(ids), "never": sorted(PATH - set(ids)) + ["net.some-addresses-fail"]}


def reject(place, word, hook="forward"):
    """word: "icmpv6 type port-unreachable", "tcp reset"; of IPv6 or, where it says icmp, IPv4."""
    destination = f"ip daddr {WEB4}" if word.startswith("icmp ") else f"ip6 daddr {WEB6}"
    place.nft(f"{destination} tcp dport 443 reject with {word}", hook=hook)


@network("refused", **only("net.refused"))
def refused(lab):
    lab.serve()
    reject(lab.router, "tcp reset")


@network("refused-ipv4", status=0, **only("net.refused"))
def refused_ipv4(lab):
    lab.serve()
    lab.router.nft(f"ip daddr {WEB4} tcp dport 443 reject with tcp reset")


@network("local-reset", **only("net.refused"))
def local_reset(lab):
    lab.serve()
    reject(lab.client, "tcp reset", hook="output")


@network("port-unreachable", **only("net.rejected"))
def port_unreachable(lab):
    lab.serve()
    reject(lab.router, "icmpv6 type port-unreachable")


@network("rejected", **only("net.rejected"))
def rejected(lab):
    lab.serve()
    reject(lab.router, "icmpv6 type admin-prohibited")


@network("rejected-ipv4", status=0, **only("net.rejected"))
def rejected_ipv4(lab):
    lab.serve()
    reject(lab.router, "icmp type admin-prohibited")


@network("address-unreachable", **only("net.rejected"))
def address_unreachable(lab):
    """Behind the router nobody answers for the addresses: its own neighbour discovery fails, after about 3 s."""
    lab.serve()
    lab.router.ip("-6", "route", "replace", WEB6, "dev", "up0")
    return Run(("--timeout", "5"))


@network("destination-rejects", **only("net.rejected"))
def destination_rejects(lab):
    lab.serve()
    for number in (1, 2):  # the kernel answers in the name of addresses that are its own
        lab.server.ip("address", "add", f"2001:db8:f::{number}/128", "dev", "lo")
    reject(lab.server, "icmpv6 type admin-prohibited", hook="input")


@network("local-reject", **only("net.local-firewall"))
def local_reject(lab):
    lab.serve()
    reject(lab.client, "icmpv6 type admin-prohibited", hook="output")


@network("local-reject-unreachable", **only("net.local-firewall"))
def local_reject_unreachable(lab):
    """The error that a dead next hop gives, too; but the next hop lives, as the nameserver is behind it."""
    lab.serve()
    lab.client.resolv_conf(SERVER6)
    reject(lab.client, "icmpv6 type addr-unreachable", hook="output")


@network("local-reject-or-dead-next-hop", **only("net.host-unreachable"))
def local_reject_or_dead_next_hop(lab):
    """The same while nothing is known of the next hop: nobody has sent anything to it yet."""
    lab.serve()
    reject(lab.client, "icmpv6 type addr-unreachable", hook="output")


@network("local-reject-ipv4", status=0, **only("net.local-firewall"))
def local_reject_ipv4(lab):
    lab.serve()
    reject(lab.client, "icmp type admin-prohibited", hook="output")


@network("no-route-upstream", **only("net.no-route-upstream"))
def no_route_upstream(lab):
    lab.serve()
    lab.router.ip("-6", "route", "del", WEB6)


@network("no-route-upstream-ipv4", status=0, **only("net.no-route-upstream"))
def no_route_upstream_ipv4(lab):
    lab.serve()
    lab.router.ip("route", "del", WEB4)


def loop(lab):
    """What the router sends to the server, the server sends back."""
    lab.serve()
    lab.server.sysctl("ipv6/conf/all/forwarding=1")
    lab.server.ip("-6", "route", "del", "local", WEB6, "dev", "lo")
    lab.server.ip("-6", "route", "add", WEB6, "via", "2001:db8:2::1")


@network("routing-loop", **only("net.routing-loop"))
def routing_loop(lab):
    loop(lab)


@network("routing-loop-ipv4", status=0, **only("net.routing-loop"))
def routing_loop_ipv4(lab):
    lab.serve()
    lab.server.sysctl("ipv4/ip_forward=1")
    lab.server.ip("route", "del", "local", WEB4, "dev", "lo")
    lab.server.ip("route", "add", WEB4, "via", "198.51.100.65")


@network("parameter-problem", **only("net.protocol-error"))
def parameter_problem(lab):
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop")
    start_sender(lab, "down0", icmp_type=4, code=1)
