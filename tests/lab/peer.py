"""A peer on port 443 that keeps to a script: peer.py ADDRESS CHAIN KEY SCRIPT [WORD…]. "-" for CHAIN and KEY: no TLS."""

import socket
import ssl
import struct
import sys
import threading
import time
from email.utils import formatdate

IP_FREEBIND = 15  # ip(7); for IPv6 sockets, too


def reset(connection):
    """Closes with RST instead of FIN."""
    raw = connection if not isinstance(connection, ssl.SSLSocket) else socket.socket(fileno=connection.detach())
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    raw.close()


def close_after_hello(connection):
    connection.recv(65536)


def reset_after_hello(connection):
    connection.recv(65536)
    reset(connection)


def say(connection, text):
    """Sends the bytes at once, before the client says a word: "SSH-2.0-peer\\r\\n"."""
    connection.sendall(text.encode().decode("unicode_escape").encode("latin-1"))
    connection.settimeout(2)
    connection.recv(65536)


def answer(connection, text):
    """The same, after the client's first bytes."""
    connection.recv(65536)
    connection.sendall(text.encode().decode("unicode_escape").encode("latin-1"))


def answer_at(connection, status, seconds):
    """An HTTP answer whose Date header is `seconds` from now."""
    connection.recv(65536)
    date = formatdate(time.time() + float(seconds), usegmt=True)
    connection.sendall(f"HTTP/1.1 {status}\r\nDate: {date}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())


def endless_headers(connection):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(4096):
        connection.sendall(f"X-{number}: {'x' * 64}\r\n".encode())


def serve(connection, context, script, words):
    try:
        if context:
            connection = context.wrap_socket(connection, server_side=True)
        script(connection, *words)
    except OSError:
        pass  # the client went away
    finally:
        connection.close()


def listen(address):
    """On an address that need not be this host's: the network routes a whole prefix here."""
    listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if ":" in address:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.setsockopt(socket.IPPROTO_IP, IP_FREEBIND, 1)
    listener.bind((address, 443))
    listener.listen(64)
    return listener


def main(address, chain, key, script, *words):
    context = None
    if chain != "-":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(chain, key)
    with listen(address) as listener:
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=serve, args=(connection, context, globals()[script], words), daemon=True).start()


main(*sys.argv[1:])
