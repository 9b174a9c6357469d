"""Holds packets back: what is routed into the TUN device NAME comes out of it again SECONDS later."""

import fcntl
import heapq
import itertools
import os
import select
import struct
import sys
import time

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def main(name, seconds):
    tun = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(tun, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    queue, order = [], itertools.count()
    while True:
        wait = max(0.0, queue[0][0] - time.monotonic()) if queue else None
        if select.select([tun], [], [], wait)[0]:
            heapq.heappush(queue, (time.monotonic() + seconds, next(order), os.read(tun, 65536)))
        while queue and queue[0][0] <= time.monotonic():
            os.write(tun, heapq.heappop(queue)[2])


main(sys.argv[1], float(sys.argv[2]))
