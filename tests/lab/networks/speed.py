"""Families that work, but slowly or with losses."""

import sys
import time
from pathlib import Path

from network import SERVER6, WEB6

from . import network

RELAY = Path(__file__).resolve().parents[1] / "relay.py"
NOT_BROKEN = ["tls.timeout", "tls.path-mtu-black-hole", "tls.large-hello-dropped", "net.silent-drop"]


def delay(lab, seconds):
    """IPv6 to the endpoints takes so much longer: netem's work, through a TUN device on the router."""
    process = lab.network.start(lab.router, sys.executable, RELAY, "slow0", seconds)
    for _ in range(500):
        assert process.poll() is None, Path(process.log.name).read_text()
        if "slow0" in lab.router.ip("-br", "link", "show"):
            break
        time.sleep(0.02)
    lab.router.ip("link", "set", "slow0", "up")
    lab.router.sysctl("ipv6/conf/slow0/forwarding=1")
    lab.router.ip("-6", "route", "add", WEB6, "via", SERVER6, "table", "100")
    lab.router.ip("-6", "rule", "add", "iif", "slow0", "lookup", "100", "priority", "10")
    lab.router.ip("-6", "route", "replace", WEB6, "dev", "slow0")


@network("ipv6-100-ms-behind", raises=["net.slower"], never=["net.lossy", *NOT_BROKEN], status=0)
def somewhat_slower(lab):
    lab.serve(count=1)
    delay(lab, 0.1)


@network("ipv6-350-ms-behind", raises=["net.slower"], never=["net.lossy", *NOT_BROKEN], status=1)
def much_slower(lab):
    lab.serve()
    delay(lab, 0.35)


@network("lossy-ipv6", raises=["net.lossy"], never=["net.slower", *NOT_BROKEN], status=1)
def lossy(lab):
    """Every second packet with data on its way to the server is lost; the handshakes of TCP are not."""
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 ip6 length > 60 numgen inc mod 2 == 0 drop")


@network("lossy-ipv6-with-one-address", raises=["net.lossy"], never=["net.slower", *NOT_BROKEN], status=1)
def lossy_with_one_address(lab):
    lab.serve(count=1)
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 ip6 length > 60 numgen inc mod 2 == 0 drop")
