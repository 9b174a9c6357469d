"""Faults of this host: its interfaces, addresses, routes and files."""

from daemons import API, OVER_IPV4
from lab import sandboxed, wait_until
from network import CLIENT6, WEB6

from . import Run, network

DIFFERENT = ["host.ipv6-disabled", "host.link-local-only", "host.ula-only", "host.no-route", "host.no-usable-address",
             "host.router-advertisements-ignored", "host.address-unusable", "host.blackhole-route",
             "host.connect-forbidden", "net.silent-drop", "net.rejected", "net.no-route-upstream", "net.gateway-dead"]
QUICK = Run((*OVER_IPV4, "--timeout", "1"))


def others(*ids):
    return [each for each in DIFFERENT if each not in ids]


@network("ipv6-off-on-the-interface", raises=["host.ipv6-disabled"], never=others("host.ipv6-disabled"))
def ipv6_off_on_the_interface(lab):
    lab.serve()
    lab.client.sysctl("ipv6/conf/up0/disable_ipv6=1")
    return QUICK


@network("ipv6-off-everywhere", raises=["host.ipv6-disabled"], never=others("host.ipv6-disabled"))
def ipv6_off_everywhere(lab):
    lab.serve()
    lab.client.sysctl("ipv6/conf/all/disable_ipv6=1")
    return QUICK


@network("ipv6-off-for-a-small-mtu", raises=["host.ipv6-disabled"], never=others("host.ipv6-disabled"))
def ipv6_off_for_a_small_mtu(lab):
    lab.serve()
    lab.client.ip("link", "set", "up0", "mtu", "1200")
    return QUICK


@network("ipv6-sandboxed", raises=["host.ipv6-disabled"], never=others("host.ipv6-disabled"))
def ipv6_sandboxed(lab):
    lab.serve()
    return Run(OVER_IPV4, before=sandboxed("inet6", "EAFNOSUPPORT"))


@network("ipv4-sandboxed", raises=["host.ipv4-disabled"], never=["host.ipv6-disabled", "host.no-route"], status=0)
def ipv4_sandboxed(lab):
    lab.serve()
    return Run(("--resolver", "2001:db8:2::2"), before=sandboxed("inet", "EAFNOSUPPORT"))


@network("no-default-route", raises=["host.no-route"], never=others("host.no-route"))
def no_default_route(lab):
    """Another interface has IPv6 switched off, which has nothing to do with it."""
    lab.serve()
    lab.client.ip("-6", "route", "del", "default")
    lab.client.ip("link", "add", "docker0", "type", "bridge")
    lab.client.sysctl("ipv6/conf/docker0/disable_ipv6=1")
    return QUICK


@network("unreachable-route", raises=["host.no-route"], never=others("host.no-route"))
def unreachable_route(lab):
    lab.serve()
    lab.client.ip("-6", "route", "add", "unreachable", WEB6)


@network("blackhole-route", raises=["host.blackhole-route"], never=others("host.blackhole-route"))
def blackhole_route(lab):
    lab.serve()
    lab.client.ip("-6", "route", "add", "blackhole", WEB6)


@network("prohibit-route", raises=["host.connect-forbidden"], never=others("host.connect-forbidden"))
def prohibit_route(lab):
    lab.serve()
    lab.client.ip("-6", "route", "add", "prohibit", WEB6)


@network("link-local-only", raises=["host.link-local-only"], never=others("host.link-local-only"))
def link_local_only(lab):
    lab.serve()
    lab.client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    lab.client.ip("-6", "route", "flush", "default")
    return QUICK


@network("link-local-source", raises=["host.link-local-only"], never=others("host.link-local-only"))
def link_local_source(lab):
    """There is a default route: the router answers that the source is out of scope."""
    lab.serve()
    lab.client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    lab.client.ip("-6", "route", "replace", "default", "via", "fe80::1", "dev", "up0")
    return QUICK


def with_unique_local_address(lab):
    lab.serve()
    lab.client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    lab.client.ip("address", "add", "fd00:1::2/64", "dev", "up0")
    lab.client.ip("-6", "route", "flush", "default")


@network("ula-only", raises=["host.ula-only"], never=others("host.ula-only"))
def ula_only(lab):
    with_unique_local_address(lab)
    lab.client.ip("-6", "route", "add", "default", "via", "fe80::1", "dev", "up0")
    return QUICK


@network("ula-without-a-route", raises=["host.ula-only", "host.no-route"],
         never=others("host.ula-only", "host.no-route"))
def ula_without_a_route(lab):
    with_unique_local_address(lab)
    return QUICK


@network("ula-behind-a-translator", raises=["host.ula-only"], never=others("host.ula-only"), status=0)
def ula_behind_a_translator(lab):
    with_unique_local_address(lab)
    lab.client.ip("-6", "route", "add", "default", "via", "fe80::1", "dev", "up0")
    lab.router.ip("-6", "route", "add", "fd00:1::/64", "dev", "down0")
    lab.router.run("nft", "-f", "-", stdin="""
        add table ip6 nat
        add chain ip6 nat out { type nat hook postrouting priority 100; }
        add rule ip6 nat out oifname "up0" masquerade
    """)
    return QUICK


def only_advertised(lab):
    """Address and default route come from a router advertisement alone."""
    lab.serve()
    lab.client.ip("-6", "route", "flush", "default")
    lab.client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    lab.advertise()
    wait_until(lambda: "proto ra" in lab.client.ip("-6", "route", "show", "default"), "a default route of a router")


@network("advertisements-ignored", raises=["host.router-advertisements-ignored"],
         never=others("host.router-advertisements-ignored"))
def advertisements_ignored(lab):
    only_advertised(lab)
    lab.client.sysctl("ipv6/conf/all/forwarding=1")
    lab.advertise()
    return QUICK


@network("advertisements-ignored-with-a-static-address", raises=["host.router-advertisements-ignored"],
         never=others("host.router-advertisements-ignored"))
def advertisements_ignored_with_a_static_address(lab):
    lab.serve()
    lab.client.ip("-6", "route", "flush", "default")
    lab.client.sysctl("ipv6/conf/up0/accept_ra=0")
    lab.advertise(prefix=None)
    counter = ("grep", "-h", "Icmp6InType134", "/proc/net/dev_snmp6/up0")
    wait_until(lambda: "134" in lab.client.run("sh", "-c", f"{' '.join(counter)} || true"), "an advertisement")
    return QUICK


@network("forwarding-without-a-router", raises=["host.no-route"], never=others("host.no-route"))
def forwarding_without_a_router(lab):
    """The two settings, and nobody who advertises: a route is missing, that is all."""
    lab.serve()
    lab.client.ip("-6", "route", "flush", "default")
    lab.client.sysctl("ipv6/conf/all/forwarding=1")
    return QUICK


@network("temporary-address", raises=["host.temporary-address"], never=DIFFERENT, status=0)
def temporary_address(lab):
    lab.client.sysctl("ipv6/conf/up0/use_tempaddr=2")
    only_advertised(lab)
    return QUICK


@network("duplicate-address", raises=["host.address-unusable"], never=others("host.address-unusable"))
def duplicate_address(lab):
    lab.serve()
    lab.client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    lab.client.sysctl("ipv6/conf/up0/accept_dad=1")
    lab.router.ip("address", "add", "2001:db8:1::77/64", "dev", "down0")
    lab.client.ip("address", "add", "2001:db8:1::77/64", "dev", "up0")
    wait_until(lambda: lab.client.ip("-6", "address", "show", "dev", "up0", "dadfailed"), "a duplicate")
    lab.client.ip("-6", "route", "replace", "default", "via", "fe80::1", "dev", "up0")
    return QUICK


@network("deprecated-address", raises=["host.address-unusable"], never=others("host.address-unusable"), status=0)
def deprecated_address(lab):
    lab.serve()
    lab.client.ip("address", "change", f"{CLIENT6}/64", "dev", "up0", "valid_lft", "600", "preferred_lft", "0")


@network("no-address-at-all", raises=["host.no-usable-address"], never=others("host.no-usable-address"))
def no_address_at_all(lab):
    lab.serve()
    lab.client.sysctl("ipv6/conf/up0/addr_gen_mode=1")
    lab.client.ip("-6", "address", "flush", "dev", "up0")
    lab.client.ip("-6", "address", "flush", "dev", "lo")
    lab.client.ip("-6", "route", "replace", "default", "dev", "up0")
    return QUICK


@network("prefers-ipv4", raises=["host.prefers-ipv4"], never=DIFFERENT, status=0)
def prefers_ipv4(lab):
    lab.serve()
    lab.client.file("gai.conf", "# as administrators write it\nprecedence ::ffff:0:0/96  100\n")


@network("hosts-file", raises=["host.hosts-file"], never=["host.prefers-ipv4", *DIFFERENT], status=0)
def hosts_file(lab):
    lab.serve()
    lab.client.file("hosts", f"127.0.0.1 localhost\n198.51.100.200 {API}\n")


@network("proxy", raises=["host.proxy"], never=["host.hosts-file", *DIFFERENT], status=0)
def proxy(lab):
    lab.serve()
    return Run(before=("env", "HTTPS_PROXY=http://user:secret@proxy.example:3128", "NO_PROXY=.amazonaws.com"))


@network("container-without-ipv6", raises=["host.container", "host.link-local-only"], never=others("host.link-local-only"))
def container_without_ipv6(lab):
    link_local_only(lab)
    return Run(QUICK.arguments, before=("env", "KUBERNETES_SERVICE_HOST=10.96.0.1"))


@network("out-of-files", raises=["host.too-many-files"], never=["host.ipv6-disabled", *DIFFERENT], status=3)
def out_of_files(lab):
    lab.serve()
    return Run(OVER_IPV4, before=sandboxed("inet6", "EMFILE"))
