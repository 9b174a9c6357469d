"""Three network namespaces in a row, joined by veth: a client, a router, and a server with many addresses.

    client 2001:db8:1::2 ── 2001:db8:1::1 router 2001:db8:2::1 ── 2001:db8:2::2 server
           198.51.100.2  ── 198.51.100.1         198.51.100.65 ── 198.51.100.66

Behind the server lie 2001:db8:f::/64 and 198.51.100.128/25, every address of them local to it. The addresses are those
kept for documentation; nothing has a route to the world. Leaving the `with` block ends every process and removes
every namespace, also after a failure.
"""

import itertools
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

CLIENT6, CLIENT4 = "2001:db8:1::2", "198.51.100.2"
ROUTER6, ROUTER4 = "2001:db8:1::1", "198.51.100.1"
SERVER6, SERVER4 = "2001:db8:2::2", "198.51.100.66"
WEB6, WEB4 = "2001:db8:f::/64", "198.51.100.128/25"
LINK_LOCAL = "fe80::1"  # the router, on the client's link

TOOLS = ("ip", "nft", "unbound", "nginx", "openssl", "setpriv")
_serial = itertools.count()


def missing():
    """Why no namespaces can be made here, as a sentence; empty when they can."""
    if os.geteuid() != 0:
        return "network namespaces need root"
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    lacking = [name for name in TOOLS if not shutil.which(name, path=path)]
    if lacking:
        return f"not installed: {', '.join(lacking)} (scripts/deps installs them)"
    probe = f"ecr6-{os.getpid()}-probe"
    made = subprocess.run(["ip", "netns", "add", probe], capture_output=True, text=True)
    if made.returncode == 0:
        link = ["ip", "-n", probe, "link", "add", "probe0", "type", "veth"]
        made = subprocess.run(link, capture_output=True, text=True)
        subprocess.run(["ip", "netns", "del", probe], capture_output=True)
    return f"this kernel or container refuses namespaces: {made.stderr.strip()}" if made.returncode else ""


def sh(*words, stdin=None):
    done = subprocess.run([str(word) for word in words], input=stdin, capture_output=True, text=True, timeout=20)
    assert done.returncode == 0, f"{' '.join(map(str, words))}: {done.stderr or done.stdout}"
    return done.stdout


def sweep():
    """Removes what an earlier process left behind that was killed before it could clean up."""

    def is_orphan(name):
        owner = re.match(r"ecr6-(\d+)-\d+-", name)
        return owner and not Path("/proc", owner[1]).exists()

    for name in filter(is_orphan, sh("ip", "netns", "list").split()):
        Namespace(name).remove()
    for folder in Path(tempfile.gettempdir()).glob("ecr6-*-*-*"):
        if is_orphan(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


class Namespace:
    def __init__(self, name):
        self.name = name
        self.etc = Path("/etc/netns") / name

    def add(self):
        sh("ip", "netns", "add", self.name)
        # Addresses are usable at once, and every ICMP error is sent.
        for setting in ("ipv6/conf/default/accept_dad=0", "ipv6/conf/default/router_solicitations=0",
                        "ipv6/icmp/ratelimit=0", "ipv4/icmp_ratelimit=0"):
            self.sysctl(setting)
        self.ip("link", "set", "lo", "up")

    def remove(self):
        subprocess.run(["ip", "netns", "del", self.name], capture_output=True)
        shutil.rmtree(self.etc, ignore_errors=True)

    def command(self, *words):
        return ["ip", "netns", "exec", self.name, *map(str, words)]

    def run(self, *words, stdin=None):
        return sh(*self.command(*words), stdin=stdin)

    def ip(self, *words):
        return sh("ip", "-n", self.name, *words)

    def sysctl(self, setting):
        """setting: "ipv6/conf/all/forwarding=1"."""
        key, value = setting.split("=")
        self.run("sh", "-c", f"echo {value} > /proc/sys/net/{key}")

    def nft(self, rule, hook="forward"):
        """One more rule in a chain of its own; "drop" and "reject with …" count, whatever follows."""
        self.run("nft", "-f", "-", stdin=f"""
            add table inet lab
            add chain inet lab {hook} {{ type filter hook {hook} priority 0; policy accept; }}
            add rule inet lab {hook} {rule}
        """)

    def file(self, name, text):
        """/etc/NAME as the programs of this namespace see it; the file has to be there on the machine, too."""
        self.etc.mkdir(parents=True, exist_ok=True)
        (self.etc / name).write_text(text)

    def resolv_conf(self, *nameservers):
        self.file("resolv.conf", "".join(f"nameserver {each}\n" for each in nameservers))


class Network:
    def __enter__(self):
        stem = f"ecr6-{os.getpid()}-{next(_serial)}"
        self.folder = Path(tempfile.mkdtemp(prefix=f"{stem}-"))
        self.folder.chmod(0o755)
        self.client, self.router, self.server = self.all = [
            Namespace(f"{stem}-{place}") for place in ("client", "router", "server")]
        self.processes = []
        try:
            self._join()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
        for process in self.processes:
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for namespace in self.all:
            namespace.remove()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _join(self):
        for namespace in self.all:
            namespace.add()
        client, router, server = self.all
        for left, device, right, peer in ((client, "up0", router, "down0"), (router, "up0", server, "down0")):
            left.ip("link", "add", device, "type", "veth", "peer", "name", peer, "netns", right.name)
            left.ip("link", "set", device, "up")
            right.ip("link", "set", peer, "up")
        for namespace, device, address in (
            (client, "up0", f"{CLIENT6}/64"), (client, "up0", f"{CLIENT4}/26"),
            (router, "down0", f"{ROUTER6}/64"), (router, "down0", f"{ROUTER4}/26"),
            (router, "down0", f"{LINK_LOCAL}/64"),
            (router, "up0", "2001:db8:2::1/64"), (router, "up0", "198.51.100.65/26"),
            (server, "down0", f"{SERVER6}/64"), (server, "down0", f"{SERVER4}/26"),
        ):
            namespace.ip("address", "add", address, "dev", device)
        client.ip("-6", "route", "add", "default", "via", ROUTER6)
        client.ip("route", "add", "default", "via", ROUTER4)
        for setting in ("ipv6/conf/all/forwarding=1", "ipv4/ip_forward=1"):
            router.sysctl(setting)
        router.ip("-6", "route", "add", WEB6, "via", SERVER6)
        router.ip("route", "add", WEB4, "via", SERVER4)
        server.ip("-6", "route", "add", "2001:db8:1::/64", "via", "2001:db8:2::1")
        server.ip("route", "add", "198.51.100.0/26", "via", "198.51.100.65")
        server.ip("-6", "route", "add", "local", WEB6, "dev", "lo")
        server.ip("route", "add", "local", WEB4, "dev", "lo")

    def start(self, namespace, *words):
        """A daemon in the foreground, ended with the network. Its output is kept for the failure message."""
        log = open(self.folder / f"{Path(words[0]).name}-{len(self.processes)}.log", "w+")
        guarded = namespace.command("setpriv", "--pdeathsig", "KILL", *words)
        process = subprocess.Popen(guarded, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        process.log = log
        self.processes.append(process)
        return process


def wait_for_sockets(process, table, wanted, seconds=10):
    """Until /proc/PID/net/TABLE ("tcp6", "udp") shows a socket of this process bound to the port `wanted`: another
    daemon of the namespace may have one, too."""
    until = time.monotonic() + seconds
    port = f":{wanted:04X}"
    while time.monotonic() < until:
        assert process.poll() is None, f"a daemon ended: {Path(process.log.name).read_text()}"
        lines = [line.split() for line in Path(f"/proc/{process.pid}/net/{table}").read_text().splitlines()[1:]]
        bound = {fields[9] for fields in lines if fields[1].endswith(port)}
        if bound & sockets_of(process.pid):
            return
        time.sleep(0.02)
    raise AssertionError(f"no socket on port {wanted}: {Path(process.log.name).read_text()}")


def sockets_of(pid):
    """The inode numbers of a process's sockets, as text."""
    inodes = set()
    for entry in Path(f"/proc/{pid}/fd").iterdir():
        try:
            target = os.readlink(entry)
        except FileNotFoundError:  # closed since
            continue
        if target.startswith("socket:["):
            inodes.add(target[len("socket:["):-1])
    return inodes
