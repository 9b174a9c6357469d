"""Web servers that differ from family to family or from address to address: nginx, and peers that keep to a script."""

import sys
from dataclasses import dataclass
from pathlib import Path

from authority import Pair
from daemons import REGISTRY
from network import wait_for_sockets

IPV6, IPV4 = "[::]", "0.0.0.0"
AS_ECR = f"""
    location / {{ return 404 ""; }}
    location = /v2/ {{
      add_header Docker-Distribution-Api-Version registry/2.0 always;
      add_header Www-Authenticate 'Basic realm="https://{REGISTRY}/"' always;
      return 401 "";
    }}
"""


@dataclass
class Site:
    """One server of nginx: `on` names families (IPV6, IPV4) or addresses ("[2001:db8:f::2]")."""
    on: tuple
    pair: Pair | None = None  # none: without TLS
    answers: str = AS_ECR
    settings: str = "ssl_protocols TLSv1.2 TLSv1.3;"


def block(site):
    tls = " ssl" if site.pair else ""
    listens = "".join(f"listen {place}:443{tls}{' ipv6only=on' if place == IPV6 else ''};" for place in site.on)
    certificate = f"ssl_certificate {site.pair.chain}; ssl_certificate_key {site.pair.key};" if site.pair else ""
    return f"server {{ {listens} {certificate} {site.settings if site.pair else ''} {site.answers} }}"


def start_sites(network, *sites):
    """nginx with these servers; every address of the network's server that none names stays closed."""
    folder = network.folder / "sites"
    folder.mkdir()
    config = folder / "nginx.conf"
    paths = "".join(f"{name}_temp_path {folder}/{name};" for name in ("proxy", "fastcgi", "uwsgi", "scgi"))
    config.write_text(f"""
        daemon off; master_process off; worker_processes 1; pid {folder}/pid; error_log stderr warn;
        events {{ worker_connections 512; }}
        http {{ access_log off; client_body_temp_path {folder}/body; {paths} {"".join(block(site) for site in sites)} }}
    """)
    process = network.start(network.server, "nginx", "-c", config, "-p", folder)
    for table, mark in (("tcp6", "["), ("tcp", "")):
        if any(place.startswith("[") == bool(mark) for site in sites for place in site.on):
            wait_for_sockets(process, table, 443)
    return process


def start_peer(network, script, *words, on="::", pair=None):
    """A scripted peer (peer.py) on port 443 of `on`: "::", "0.0.0.0" or one address."""
    certificate = [pair.chain, pair.key] if pair else ["-", "-"]
    process = network.start(network.server, sys.executable, Path(__file__).with_name("peer.py"), on, *certificate,
                            script, *words)
    wait_for_sockets(process, "tcp6" if ":" in on else "tcp", 443)
    return process
