"""Connections that stand and get no further, for other reasons than the path MTU."""

import sys

from network import WEB6, wait_for_sockets

from . import Run, network

NO_HOLE = ["tls.path-mtu-black-hole", "net.silent-drop", "net.lossy", "net.slower", "net.path-mtu"]
QUICK = Run(arguments=("--timeout", "1"))
# The first record of a connection is a handshake of more than 1400 bytes: 32 bytes of TCP header come before it.
LARGE_HELLO = f"ip6 daddr {WEB6} tcp dport 443 @th,256,8 0x16 @th,280,16 > 1400"

SILENT = """
import socket
listener = socket.create_server(("::", 443), family=socket.AF_INET6, backlog=64)
kept = []
while True:
    kept.append(listener.accept())
"""


@network("large-hello-swallowed", raises=["tls.large-hello-dropped"], never=["tls.timeout", *NO_HOLE], status=0)
def large_hello_swallowed(lab):
    lab.serve()
    lab.router.nft(f"{LARGE_HELLO} drop")
    return QUICK


@network("large-hello-reset", raises=["tls.large-hello-dropped"], never=["tls.reset-on-hello", *NO_HOLE], status=0)
def large_hello_reset(lab):
    lab.serve()
    lab.router.nft(f"{LARGE_HELLO} reject with tcp reset")
    return QUICK


@network("silent-tls-server", raises=["tls.timeout"], never=["tls.large-hello-dropped", *NO_HOLE])
def silent_server(lab):
    lab.serve(web={"listen": ("443",)})
    process = lab.network.start(lab.server, sys.executable, "-c", SILENT)
    wait_for_sockets(process, "tcp6", 443)
    return QUICK


@network("every-hello-swallowed", raises=["tls.timeout"], never=["tls.large-hello-dropped", *NO_HOLE])
def every_hello_swallowed(lab):
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 @th,256,8 0x16 drop")
    return QUICK


@network("silent-http-server", raises=["http.timeout"], never=["tls.timeout", "tls.large-hello-dropped", *NO_HOLE])
def silent_http_server(lab):
    """TLS stands; what the client says next gets through, the server's answer never comes."""
    lab.serve(web={"location": "proxy_pass http://[2001:db8:2::2]:9;"})
    # nginx waits for a server behind it whose SYN is dropped.
    lab.server.nft("tcp dport 9 drop", hook="output")
    return QUICK
