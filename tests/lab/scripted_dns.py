"""A nameserver that does what it is told, for what no real one does to order.

    python3 scripted_dns.py '{"on": ["198.51.100.66"], "records": {"name": ["2001:db8::1", …]}, "AAAA": "servfail"}'

"A" and "AAAA" say what becomes of that type of question: "answer" (the default), "nodata", "nxdomain", "servfail",
"formerr", "notimp", "refused", "silent", "garbage", "truncated". "delay": seconds before each answer. "tcp": "answer",
"silent" (accepts and reads), or "closed" (nobody listens; the default). For names without records: no such name.
"""

import ipaddress
import json
import socket
import struct
import sys
import threading
import time

RCODES = {"formerr": 1, "servfail": 2, "nxdomain": 3, "notimp": 4, "refused": 5}
TYPES = {1: "A", 28: "AAAA"}
IPV6_FREEBIND = 78  # Linux; Python has no name for it


def question_of(packet):
    at, labels = 12, []
    while packet[at]:
        labels.append(packet[at + 1:at + 1 + packet[at]].decode("ascii").lower())
        at += 1 + packet[at]
    (kind,) = struct.unpack_from("!H", packet, at + 1)
    return ".".join(labels), TYPES.get(kind, ""), packet[12:at + 5]


def reply(packet, question, rcode=0, records=(), truncated=False):
    flags = 0x8180 | rcode | (0x0200 if truncated else 0)
    message = packet[:2] + struct.pack("!HHHHH", flags, 1, len(records), 0, 0) + question
    for record in records:
        data = ipaddress.ip_address(record).packed
        message += struct.pack("!HHHIH", 0xC00C, 28 if len(data) == 16 else 1, 1, 60, len(data)) + data
    return message


def answer(script, packet, over_tcp=False):
    """The bytes to send back; None for silence."""
    name, kind, question = question_of(packet)
    what = script.get(kind, "answer")
    if what == "silent":
        return None
    if what == "garbage":
        return packet[:2] + b"\x81\x80\xff\xff"
    if what in RCODES:
        return reply(packet, question, RCODES[what])
    if what == "truncated" and not over_tcp:
        return reply(packet, question, truncated=True)
    if name not in script["records"]:
        return reply(packet, question, RCODES["nxdomain"])
    fitting = [each for each in script["records"][name] if (":" in each) == (kind == "AAAA") and kind]
    return reply(packet, question, records=[] if what == "nodata" else fitting)


def family_of(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def send_later(script, server, packet, peer):
    time.sleep(script.get("delay", 0))
    message = answer(script, packet)
    if message is not None:
        server.sendto(message, peer)


def serve_udp(script, address):
    server = socket.socket(family_of(address), socket.SOCK_DGRAM)
    if ":" in address:
        server.setsockopt(socket.IPPROTO_IPV6, IPV6_FREEBIND, 1)  # an address that a route makes local
    server.bind((address, 53))
    while True:
        packet, peer = server.recvfrom(4096)
        threading.Thread(target=send_later, args=(script, server, packet, peer), daemon=True).start()


def talk(script, stream):
    with stream:
        while head := stream.recv(2, socket.MSG_WAITALL):
            packet = stream.recv(struct.unpack("!H", head)[0], socket.MSG_WAITALL)
            if script["tcp"] == "answer":
                message = answer(script, packet, over_tcp=True)
                stream.sendall(struct.pack("!H", len(message)) + message)


def serve_tcp(script, address):
    server = socket.create_server((address, 53), family=family_of(address))
    while True:
        stream, _ = server.accept()
        threading.Thread(target=talk, args=(script, stream), daemon=True).start()


def main():
    script = json.loads(sys.argv[1])
    for address in script["on"]:
        threading.Thread(target=serve_udp, args=(script, address), daemon=True).start()
        if script.get("tcp", "closed") != "closed":
            threading.Thread(target=serve_tcp, args=(script, address), daemon=True).start()
    threading.Event().wait()


if __name__ == "__main__":
    main()
