"""Paths that carry smaller packets than the links at their ends, with and without a word about it."""

from daemons import NAMES, mint_leaf
from network import SERVER4, WEB4, WEB6

from . import Run, network

NOT_IT = ["tls.timeout", "tls.large-hello-dropped", "http.timeout", "net.lossy", "net.slower", "net.silent-drop"]
QUICK = Run(arguments=("--timeout", "1"))


def small_path(lab, device):
    """What the router sends out of `device` is at most 1400 bytes long (IPv6)."""
    lab.router.sysctl(f"ipv6/conf/{device}/mtu=1400")


def say_nothing(lab):
    """Nobody hears of it: the router's 'packet too big' is dropped."""
    lab.router.nft("icmpv6 type packet-too-big drop", hook="output")


def large_flight(lab):
    """nginx with a certificate that takes more than two segments, and segments that leave one by one as on a wire."""
    folder = lab.folder / "large"
    folder.mkdir()
    mint_leaf(folder, lab.certificates, (*NAMES, *(f"name-{number}.in-a-long-list.example" for number in range(90))))
    lab.server.ip("link", "set", "down0", "gso_max_segs", "1")
    return {"certificates": folder}


@network("black-hole-towards-the-client", raises=["tls.path-mtu-black-hole"], never=NOT_IT)
def towards_the_client(lab):
    lab.serve(web=large_flight(lab))
    small_path(lab, "down0")
    say_nothing(lab)
    return QUICK


@network("black-hole-towards-the-server", raises=["tls.path-mtu-black-hole"], never=NOT_IT, status=0)
def towards_the_server(lab):
    lab.serve()
    small_path(lab, "up0")
    say_nothing(lab)
    return QUICK


@network("black-hole-in-both-directions", raises=["tls.path-mtu-black-hole"], never=NOT_IT)
def both_directions(lab):
    lab.serve(web=large_flight(lab))
    small_path(lab, "down0")
    small_path(lab, "up0")
    say_nothing(lab)
    return QUICK


@network("black-hole-at-the-answer", raises=["tls.path-mtu-black-hole"], never=NOT_IT)
def at_the_answer(lab):
    """The handshake fits, the answer's headers do not."""
    lab.serve(web={"header": "x" * 4000})
    lab.server.ip("link", "set", "down0", "gso_max_segs", "1")
    small_path(lab, "down0")
    say_nothing(lab)
    return QUICK


@network("black-hole-behind-one-address", raises=["tls.path-mtu-black-hole"], never=NOT_IT, status=1)
def behind_one_address(lab):
    lab.serve(web=large_flight(lab))
    # Only what one address sends meets the narrow link; the router does not say so.
    lab.router.nft("ip6 saddr 2001:db8:f::1 ip6 length > 1360 drop")
    return QUICK


@network("black-hole-over-ipv4", raises=["tls.path-mtu-black-hole"], never=NOT_IT, status=0)
def over_ipv4(lab):
    lab.serve()
    lab.router.ip("route", "change", WEB4, "via", SERVER4, "mtu", "lock", "1400")
    lab.router.nft("icmp type destination-unreachable icmp code frag-needed drop", hook="output")
    return QUICK


@network("small-path-mtu", raises=["net.path-mtu"], never=["tls.path-mtu-black-hole", *NOT_IT], status=0)
def healthy(lab):
    lab.serve(web=large_flight(lab))
    small_path(lab, "down0")
    small_path(lab, "up0")


@network("small-path-mtu-of-a-route", raises=["net.path-mtu"], never=["tls.path-mtu-black-hole", *NOT_IT], status=0)
def of_a_route(lab):
    lab.serve()
    lab.client.ip("-6", "route", "add", WEB6, "via", "2001:db8:1::1", "mtu", "1380")
