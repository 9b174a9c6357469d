"""A stand-in for EC2's instance metadata service, version 2; and what starts it. As a program: imds.py SETTINGS."""

import http.server
import json
import socket
import socketserver
import sys
import threading

from network import sh, wait_for_sockets

SERVICE4, SERVICE6 = "169.254.169.254", "fd00:ec2::254"
TOKEN = "AQAEALnCBQ-5cQ=="
SUBNET, VPC = "2600:1f13:1:2::/64", "2600:1f13:1::/56"


def interface(mac, ipv6=("2600:1f13:1:2::7",), subnet=(SUBNET,), vpc=(VPC,)):
    """What the service tells about one interface; a path that is not there gives 404."""
    facts = {"interface-id": "eni-0a1b2c3d", "subnet-id": "subnet-0a1b2c3d", "vpc-id": "vpc-0a1b2c3d",
             "local-ipv4s": "198.51.100.2", "ipv6s": "\n".join(ipv6), "subnet-ipv6-cidr-blocks": "\n".join(subnet),
             "vpc-ipv6-cidr-blocks": "\n".join(vpc)}
    return {f"{mac}/{key}": text for key, text in facts.items() if text}


def mac_of(client, device="up0"):
    return sh("ip", "-n", client.name, "-j", "link", "show", device).split('"address":"')[1][:17]


def start_imds(network, namespace, *interfaces, on=(SERVICE4,), mode="well"):
    """The service in `namespace`, on those of its addresses; modes: see Handler."""
    for address in (SERVICE4, SERVICE6):
        namespace.ip("address", "add", address, "dev", "lo")
    facts = {key: text for each in interfaces for key, text in each.items()}
    settings = json.dumps({"on": on, "mode": mode, "facts": facts})
    process = network.start(namespace, sys.executable, __file__, settings)
    for address in on:
        wait_for_sockets(process, "tcp6" if ":" in address else "tcp", 80)
    return process


class Handler(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        print("PUT", self.path, flush=True)
        mode = self.server.settings["mode"]
        if mode == "one-hop":  # the answer to PUT gets no further than the next router
            self.connection.setsockopt(socket.IPPROTO_IP, socket.IP_TTL, 1)
        if mode == "endless-header":
            return self.flood(b"HTTP/1.1 200 OK\r\n", b"X-More: and more\r\n")
        if mode == "endless-body":
            return self.flood(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 1000)
        if mode == "off":
            return self.answer(403, "")
        if mode == "stranger":
            return self.answer(405, "<html>")
        right = self.path == "/latest/api/token" and self.headers["X-aws-ec2-metadata-token-ttl-seconds"]
        return self.answer(200, TOKEN) if right else self.answer(400, "")

    def do_GET(self):
        print("GET", self.path, flush=True)
        if self.headers["X-aws-ec2-metadata-token"] != TOKEN:
            return self.answer(401, "")
        facts = self.server.settings["facts"]
        path = self.path.removeprefix("/latest/meta-data/network/interfaces/macs/")
        if not path:
            return self.answer(200, "\n".join(sorted({f"{key.split('/')[0]}/" for key in facts})))
        return self.answer(200, facts[path]) if path in facts else self.answer(404, "<html>404</html>")

    def answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body.encode())

    def flood(self, first, more):
        try:
            self.wfile.write(first)
            while True:
                self.wfile.write(more)
        except OSError:
            self.close_connection = True

    def log_message(self, *_):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def server_bind(self):
        socketserver.TCPServer.server_bind(self)  # HTTPServer's own would ask DNS for this host's name


class Server6(Server):
    address_family = socket.AF_INET6


def main(settings):
    servers = [(Server6 if ":" in address else Server)((address, 80), Handler) for address in settings["on"]]
    for server in servers:
        server.settings = settings
        threading.Thread(target=server.serve_forever).start()


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
