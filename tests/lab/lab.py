"""What a network of networks/ is built from: the namespaces, and the daemons by their shortest names."""

import json
import sys
import time
from pathlib import Path

from authority import Authority
from daemons import addresses, start_resolver, start_web
from network import SERVER4, wait_for_sockets
from sites import start_peer, start_sites

SCRIPTED = Path(__file__).with_name("scripted_dns.py")


def wait_until(holds, what, seconds=10):
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until, f"did not come about: {what}"
        time.sleep(0.02)


def sandboxed(family, error):
    """What stands before a program whose sockets of the family fail with that error."""
    return ("/usr/bin/python3", Path(__file__).with_name("sandbox.py"), family, error)


class Lab:
    def __init__(self, network, certificates):
        self.network = network
        self.client, self.router, self.server = network.all
        self.folder = network.folder
        self.certificates = certificates

    def web(self, **options):
        """nginx that answers as ECR does, on every address of the server; see daemons.start_web."""
        return start_web(self.network, **{"certificates": self.certificates, **options})

    def resolver(self, records, **options):
        """unbound with `records`: {name: [address, …]}; see daemons.start_resolver."""
        return start_resolver(self.network, records, **options)

    def advertise(self, prefix="2001:db8:1::"):
        """One router advertisement on the client's link; with a prefix, addresses are made from it."""
        self.router.run("/usr/bin/python3", Path(__file__).with_name("advertise.py"), "down0", *([prefix] if prefix else []))

    @property
    def authority(self):
        """The one that `check` trusts (--ca-file); what it signs here is kept with the network."""
        return Authority(self.folder, self.certificates / "ca.pem", self.certificates / "ca.key")

    def sites(self, *sites):
        """nginx with servers of the test's own; see sites.Site."""
        return start_sites(self.network, *sites)

    def peer(self, script, *words, **options):
        """A peer that keeps to a script; see peer.py."""
        return start_peer(self.network, script, *words, **options)

    def names(self, count=2, **options):
        """The resolver alone, with `count` addresses of each family, in the client's resolv.conf."""
        self.resolver(addresses(1, count, **options))
        self.client.resolv_conf(SERVER4)

    def serve(self, count=2, web=None, **options):
        """All well: nginx, and a resolver that gives `count` addresses of each family, in the client's resolv.conf."""
        self.web(**(web or {}))
        self.resolver(addresses(1, count), **options)
        self.client.resolv_conf(SERVER4)

    def scripted(self, records, *, on=(SERVER4,), **script):
        """A nameserver that does what it is told: see scripted_dns.py."""
        words = json.dumps({"on": list(on), "records": records, **script})
        process = self.network.start(self.server, sys.executable, SCRIPTED, words)
        wait_for_sockets(process, "udp6" if ":" in on[0] else "udp", 53)
        if script.get("tcp", "closed") != "closed":
            wait_for_sockets(process, "tcp6" if ":" in on[0] else "tcp", 53)
        return process

    def behind_server(self, prefix):
        """Every address of the prefix is the web server's, too."""
        version, via = ("-6", "2001:db8:2::2") if ":" in prefix else ("-4", SERVER4)
        self.router.ip(version, "route", "add", prefix, "via", via)
        self.server.ip(version, "route", "add", "local", prefix, "dev", "lo")

    def etc(self, file, text):
        """A file of /etc as the client has it."""
        self.client.etc.mkdir(parents=True, exist_ok=True)
        (self.client.etc / file).write_text(text)
