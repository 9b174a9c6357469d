"""Answers every TCP SYN over IPv6 that comes in on one interface with an ICMPv6 error, quoting it. Run in a namespace:

    python3 icmp_sender.py INTERFACE TYPE CODE READY-FILE
"""

import socket
import struct
import sys
import time
from pathlib import Path

ETH_P_IPV6 = 0x86DD
ETHERNET, IPV6, TCP = 14, 40, 20


def is_syn(packet):
    return len(packet) >= IPV6 + TCP and packet[6] == socket.IPPROTO_TCP and packet[IPV6 + 13] & 0x12 == 0x02


def main(interface, icmp_type, code, ready):
    heard = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_IPV6))
    heard.bind((interface, ETH_P_IPV6))
    out = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)  # the kernel adds the checksum
    Path(ready).touch()
    while True:
        packet = heard.recv(65536)[ETHERNET:]
        if is_syn(packet):
            source = socket.inet_ntop(socket.AF_INET6, packet[8:24])
            out.sendto(struct.pack("!BBHI", int(icmp_type), int(code), 0, 0) + packet[:1200], (source, 0))


def start_sender(lab, interface, *, icmp_type, code):
    """In the router's namespace; returns once it listens."""
    ready = lab.folder / "icmp-sender-ready"
    process = lab.network.start(lab.router, sys.executable, __file__, interface, icmp_type, code, ready)
    until = time.monotonic() + 10
    while not ready.exists():
        assert process.poll() is None and time.monotonic() < until, Path(process.log.name).read_text()
        time.sleep(0.02)


if __name__ == "__main__":
    main(*sys.argv[1:])
