"""One router advertisement (RFC 4861 §4.2) on DEVICE, with PREFIX/64 for addresses when it is given. Runs in the router's
namespace: /usr/bin/python3 advertise.py DEVICE [PREFIX]"""

import socket
import struct
import sys

ALL_NODES, ADVERTISEMENT = "ff02::1", 134
LINK_ADDRESS, PREFIX_INFORMATION, ON_LINK_AND_AUTONOMOUS = 1, 3, 0xC0


def advertisement(hardware, prefix, lifetime=1800):
    hop_limit, flags, reachable, retransmit = 64, 0, 0, 0
    message = struct.pack("!BBHBBHII", ADVERTISEMENT, 0, 0, hop_limit, flags, lifetime, reachable, retransmit)
    message += struct.pack("!BB6s", LINK_ADDRESS, 1, hardware)
    if prefix:
        message += struct.pack("!BBBBIII16s", PREFIX_INFORMATION, 4, 64, ON_LINK_AND_AUTONOMOUS, 86400, 14400, 0,
                               socket.inet_pton(socket.AF_INET6, prefix))
    return message


def main(device, prefix=None):
    index = socket.if_nametoindex(device)
    with socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6) as link:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, device.encode())
        link.bind(("fe80::1", 0, 0, index))  # the address that the route goes to
        link.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, 255)
        with open(f"/sys/class/net/{device}/address") as file:
            hardware = bytes.fromhex(file.read().strip().replace(":", ""))
        link.sendto(advertisement(hardware, prefix), (ALL_NODES, 0, 0, index))


if __name__ == "__main__":
    main(*sys.argv[1:])
