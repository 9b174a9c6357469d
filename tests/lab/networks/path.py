"""Faults on the way between this host and the endpoint."""

from network import WEB6

from . import network


@network("refused", raises=["net.refused"], never=["net.silent-drop", "net.rejected"])
def refused(lab):
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with tcp reset")


@network("port-unreachable", raises=["net.rejected"], never=["net.refused", "net.silent-drop"])
def port_unreachable(lab):
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with icmpv6 type port-unreachable")
