"""Hosts whose getaddrinfo(3) says something else than their nameservers."""

from daemons import API, addresses
from network import SERVER4

from . import Run, network

DROPPED = "198.51.100.250"


def lingering(lab):
    """All well but one IPv4 address that nothing comes back from: the run lasts a second, however busy the machine is."""
    lab.web()
    lab.resolver({API: [*addresses(1, 2)[API], DROPPED]})
    lab.client.resolv_conf(SERVER4)
    lab.router.nft(f"ip daddr {DROPPED} drop")
    return Run(("--timeout", "1"))


@network("system-hosts-file", raises=["dns.system-differs", "host.hosts-file"], never=["dns.nameservers-disagree"], status=0)
def hosts_file(lab):
    run = lingering(lab)
    lab.etc("hosts", f"127.0.0.1 localhost\n198.51.100.200 {API}\n")
    return run


@network("ipv4-first", raises=["dns.system-differs"], never=["host.hosts-file"], status=0)
def ipv4_first(lab):
    run = lingering(lab)
    lab.etc("gai.conf", "precedence ::ffff:0:0/96 100\n")
    return run


@network("nss-without-dns", raises=["dns.system-differs"], never=["dns.resolver-unreachable", "host.hosts-file"],
         status=0)
def nss_without_dns(lab):
    run = lingering(lab)
    lab.etc("nsswitch.conf", "passwd: files\nhosts: files\n")
    return run


@network("system-agrees", raises=["net.silent-drop"], never=["dns.system-differs"], status=0)
def system_agrees(lab):
    return lingering(lab)
