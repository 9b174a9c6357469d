"""Connects that get no answer: dropped here, on the way or at the far end; a next hop that is not there."""

from daemons import OVER_IPV4
from network import SERVER6, WEB4, WEB6

from . import Run, network
from .path import loop, only

QUICK = Run(("--timeout", "1"))
HTTPS6 = f"ip6 daddr {WEB6} tcp dport 443"


@network("dropped", **only("net.silent-drop"))
def dropped(lab):
    lab.serve()
    lab.router.nft(f"{HTTPS6} drop")
    return QUICK


@network("dropped-behind-a-router", **only("net.silent-drop"))
def dropped_behind_a_router(lab):
    lab.serve()
    lab.server.nft(f"{HTTPS6} drop", hook="input")
    return QUICK


@network("dropped-ipv4", status=0, **only("net.silent-drop"))
def dropped_ipv4(lab):
    lab.serve()
    lab.router.nft(f"ip daddr {WEB4} tcp dport 443 drop")
    return QUICK


@network("local-drop", **only("net.silent-drop"))
def local_drop(lab):
    lab.serve()
    lab.client.nft(f"{HTTPS6} drop", hook="output")
    return QUICK


@network("local-input-drop", **only("net.silent-drop"))
def local_input_drop(lab):
    """The answers come back, and this host's own rules drop them."""
    lab.serve()
    lab.client.nft(f"ip6 saddr {WEB6} tcp sport 443 drop", hook="input")
    return QUICK


@network("rejected-once-then-silent", **only("net.rejected", "net.silent-drop"))
def rejected_once(lab):
    """A router that limits its ICMP errors: one address gets one, the other silence."""
    lab.serve()
    lab.router.nft(f"{HTTPS6} limit rate 1/minute burst 1 packets reject with icmpv6 type admin-prohibited")
    lab.router.nft(f"{HTTPS6} drop")
    return QUICK


@network("silent-routing-loop", **only("net.routing-loop"))
def silent_routing_loop(lab):
    """The hop limit ends at the server, which does not tell; with a smaller one it ends at the router."""
    loop(lab)
    lab.server.nft("icmpv6 type time-exceeded drop", hook="output")
    return QUICK


@network("dropped-and-refused", **only("net.silent-drop", "net.refused"))
def dropped_and_refused(lab):
    lab.serve()
    lab.router.nft("ip6 daddr 2001:db8:f::1 tcp dport 443 drop")
    lab.router.nft("ip6 daddr 2001:db8:f::2 tcp dport 443 reject with tcp reset")
    return QUICK


@network("one-address-dropped", raises=["net.some-addresses-fail", "net.silent-drop"],
         never=["net.gateway-dead", "net.refused", "net.rejected"], status=1)
def one_address_dropped(lab):
    lab.serve(3)
    lab.router.nft("ip6 daddr 2001:db8:f::2 tcp dport 443 drop")
    return QUICK


def dead_gateway(lab):
    lab.serve()
    lab.client.ip("-6", "route", "replace", "default", "via", "2001:db8:1::dead")


@network("gateway-dead", **only("net.gateway-dead"))
def gateway_dead(lab):
    """The kernel gives the neighbour up first, after about 3 s."""
    dead_gateway(lab)
    return Run(("--timeout", "5", *OVER_IPV4))


@network("gateway-dead-early", **only("net.gateway-dead"))
def gateway_dead_early(lab):
    """The connects time out first, while the kernel still asks for the neighbour."""
    dead_gateway(lab)
    return Run(("--timeout", "1", *OVER_IPV4))


@network("gateway-dead-ipv4", status=0, **only("net.gateway-dead"))
def gateway_dead_ipv4(lab):
    lab.serve()
    lab.client.ip("route", "replace", "default", "via", "198.51.100.60")
    return Run(("--timeout", "1", "--resolver", SERVER6))


@network("neighbour-dead", **only("net.gateway-dead"))
def neighbour_dead(lab):
    """The addresses are taken to be on the link itself, and are not there."""
    lab.serve()
    lab.client.ip("-6", "route", "add", WEB6, "dev", "up0")
    return QUICK


@network("gateway-dead-and-rejected", **only("net.gateway-dead", "net.rejected"))
def gateway_dead_and_rejected(lab):
    lab.serve()
    lab.client.ip("-6", "route", "add", "2001:db8:f::1/128", "via", "2001:db8:1::dead")
    lab.router.nft(f"{HTTPS6} reject with icmpv6 type admin-prohibited")
    return QUICK
