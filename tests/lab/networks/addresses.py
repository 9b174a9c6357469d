"""Names whose addresses are a translator's, private, or nobody's."""

from daemons import API, addresses
from network import SERVER4

from . import Run, network

CURRENT_API = "api.ecr.us-west-2.amazonaws.com"
AUTHORITY = "2001:db8:f::ff"  # what the DNS64 asks
PUBLIC4 = "52.119.160.0/24"  # tayga does not translate documentation addresses behind the well-known prefix
POOL = "192.168.255.0/24"
IPV4ONLY = {"ipv4only.arpa": ["192.0.0.170", "192.0.0.171"]}
NOT_SHADOWED = ["dns.privatelink-shadows-dual-stack", "ecr.current-on-privatelink"]


def translate(lab, prefix):
    """tayga on the router: prefix → IPv4, from an address of POOL."""
    folder = lab.folder / "tayga"
    folder.mkdir()
    config = folder / "tayga.conf"
    config.write_text(f"tun-device nat64\nipv4-addr 192.168.255.1\nipv6-addr 2001:db8:1:64::1\nprefix {prefix}\n"
                      f"dynamic-pool {POOL}\ndata-dir {folder}\n")
    lab.router.run("tayga", "--mktun", "-c", config)
    lab.router.ip("link", "set", "nat64", "up")
    lab.router.ip("route", "add", POOL, "dev", "nat64")
    lab.router.ip("-6", "route", "add", prefix, "dev", "nat64")
    lab.server.ip("route", "add", POOL, "via", "198.51.100.65")
    lab.network.start(lab.router, "tayga", "-d", "-c", config)


def dns64(lab, prefix, records, **options):
    """unbound that makes up AAAA records, before one that has `records` and ipv4only.arpa."""
    lab.resolver({**records, **IPV4ONLY}, on=(AUTHORITY,))
    lab.resolver({name: [] for name in records}, on=(SERVER4,), forwarded=tuple(records), beyond=AUTHORITY,
                 options=('module-config: "dns64 iterator"', f"dns64-prefix: {prefix}"), **options)
    lab.client.resolv_conf(SERVER4)


def behind_nat64(prefix):
    def build(lab):
        lab.web()
        lab.behind_server(PUBLIC4)
        translate(lab, prefix)
        dns64(lab, prefix, {API: ["52.119.160.129", "52.119.160.130"]})

    return build


_NAT64_TWINS = ["dns.special-address", "dns.privatelink", "dns.no-aaaa", "dns.aaaa-filtered", "net.silent-drop"]
network("nat64-well-known", raises=["dns.nat64"], never=_NAT64_TWINS, status=1)(behind_nat64("64:ff9b::/96"))
network("nat64-own-prefix", raises=["dns.nat64"], never=_NAT64_TWINS, status=1)(behind_nat64("2001:db8:64::/96"))
network("nat64-short-prefix", raises=["dns.nat64"], never=_NAT64_TWINS, status=1)(behind_nat64("2001:db8:6464::/48"))
network("nat64-unique-local", raises=["dns.nat64"], never=_NAT64_TWINS, status=1)(behind_nat64("fd00:64::/96"))


@network("dns64-beside-native", raises=[], never=["dns.nat64", *_NAT64_TWINS], status=0)
def dns64_beside_native(lab):
    """The network has a DNS64, and ECR its own IPv6: nothing is translated."""
    lab.web()
    dns64(lab, "2001:db8:64::/96", addresses(1, 2))


@network("unique-local", raises=["dns.special-address"], never=["dns.privatelink", "dns.nat64", *NOT_SHADOWED])
def unique_local(lab):
    lab.web()
    lab.scripted({API: ["fd00:77::1", "198.51.100.129"]})
    lab.router.nft("ip6 daddr fd00::/8 drop")
    lab.client.resolv_conf(SERVER4)
    return Run(("--timeout", "1"))


@network("mapped", raises=["dns.special-address"], never=["dns.nat64", "dns.privatelink", "net.refused"], status=1)
def mapped(lab):
    """It connects, over IPv4: that is no IPv6."""
    lab.web()
    lab.scripted({API: ["::ffff:198.51.100.129", "198.51.100.129"]})
    lab.client.resolv_conf(SERVER4)


@network("sinkhole", raises=["dns.special-address"], never=["net.refused", "net.silent-drop", "host.no-route"])
def sinkhole(lab):
    lab.web()
    lab.scripted({API: ["::", "0.0.0.0"]})
    lab.client.resolv_conf(SERVER4)


@network("link-local-aaaa", raises=["dns.special-address"], never=["host.blackhole-route", "host.no-route"])
def link_local_aaaa(lab):
    lab.web()
    lab.scripted({API: ["fe80::1", "198.51.100.129"]})
    lab.client.resolv_conf(SERVER4)


@network("filtered-as-private", raises=["dns.aaaa-filtered", "dns.special-address"], never=["dns.privatelink"])
def filtered_as_private(lab):
    """A nameserver that guards against rebinding strips what another one gives."""
    lab.web()
    lab.scripted({API: ["fd00:77::1", "198.51.100.129"]}, on=(AUTHORITY,))
    lab.resolver({API: []}, on=(SERVER4,), forwarded=(API,), beyond=AUTHORITY, options=("private-address: fd00::/8",))
    lab.client.resolv_conf(SERVER4, AUTHORITY)
    lab.router.nft("ip6 daddr fd00::/8 drop")
    return Run(("--timeout", "1"))


def private_link(lab, records):
    lab.web()
    lab.behind_server("10.0.1.0/24")
    lab.resolver(records)
    lab.client.resolv_conf(SERVER4)


@network("privatelink", raises=["dns.privatelink"], never=["dns.special-address", *NOT_SHADOWED], status=0)
def privatelink(lab):
    private_link(lab, {API: ["2001:db8:f::1", "10.0.1.7"]})


@network("privatelink-unique-local", raises=["dns.privatelink"], never=["dns.special-address", *NOT_SHADOWED], status=0)
def privatelink_unique_local(lab):
    """A VPC with private IPv6 addresses: both families are the interface endpoint's."""
    lab.behind_server("fd00:77::/64")
    private_link(lab, {API: ["fd00:77::7", "10.0.1.7"]})


@network("privatelink-shadows", raises=["dns.privatelink-shadows-dual-stack", "dns.privatelink"],
         never=["dns.no-aaaa", "dns.aaaa-filtered", "dns.special-address"])
def privatelink_shadows(lab):
    private_link(lab, {API: ["10.0.1.7", "10.0.1.8"]})


@network("current-on-privatelink", raises=["ecr.current-on-privatelink", "dns.privatelink"],
         never=["dns.privatelink-shadows-dual-stack", "dns.special-address"], status=0)
def current_on_privatelink(lab):
    private_link(lab, {**addresses(1, 2, (API,)), CURRENT_API: ["10.0.1.7"]})
    return Run(target=("us-west-2", "--only", "api"))
