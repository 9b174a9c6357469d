"""Nameservers that fail, each in its own way."""

from daemons import API, addresses
from network import SERVER4, SERVER6

from . import Run, network

SHORT = Run(("--timeout", "1"))
FAILURES = {"dns.aaaa-server-failure", "dns.aaaa-timeout", "dns.refused", "dns.format-error", "dns.not-implemented",
            "dns.malformed", "dns.no-aaaa", "dns.name-not-found", "dns.resolver-unreachable"}

WORDS = {"servfail": "dns.aaaa-server-failure", "silent": "dns.aaaa-timeout", "refused": "dns.refused",
         "formerr": "dns.format-error", "notimp": "dns.not-implemented", "garbage": "dns.malformed",
         "nxdomain": "dns.name-not-found"}


def fails_for(kind, word):
    def build(lab):
        lab.web()
        lab.scripted(addresses(1, 2), **{kind: word})
        lab.client.resolv_conf(SERVER4)
        return SHORT

    return build


for _word, _id in WORDS.items():
    network(f"aaaa-{_word}", raises=[_id], never=FAILURES - {_id})(fails_for("AAAA", _word))
network("a-servfail", raises=["dns.a-server-failure"], never=FAILURES | {"dns.a-timeout"}, status=0)(
    fails_for("A", "servfail"))
network("a-silent", raises=["dns.a-timeout"], never=FAILURES | {"dns.a-server-failure"}, status=0)(
    fails_for("A", "silent"))
network("a-nodata", raises=["dns.no-a"], never=FAILURES, status=0)(fails_for("A", "nodata"))


@network("nameserver-dead", raises=["dns.resolver-unreachable", "dns.system-differs"], never=["dns.aaaa-timeout"],
         status=0)
def nameserver_dead(lab):
    """Applications ask the dead one first, and wait 5 s for it."""
    lab.serve()
    lab.router.nft("ip6 daddr 2001:db8:2::dead drop")
    lab.client.resolv_conf("2001:db8:2::dead", SERVER6)
    return SHORT


@network("nameserver-closed", raises=["dns.resolver-unreachable"], never=["dns.aaaa-timeout", "dns.system-differs"],
         status=0)
def nameserver_closed(lab):
    lab.serve()
    lab.client.resolv_conf("2001:db8:1::1", SERVER6)


@network("aaaa-filtered", raises=["dns.aaaa-filtered"], never=["dns.no-aaaa", "dns.nameservers-disagree"], status=1)
def aaaa_filtered(lab):
    lab.web()
    lab.resolver(addresses(1, 2), on=(SERVER6,))
    lab.scripted(addresses(1, 2), AAAA="nodata")
    lab.client.resolv_conf(SERVER6, SERVER4)


@network("nameservers-disagree", raises=["dns.nameservers-disagree"], never=["dns.aaaa-filtered"], status=1)
def nameservers_disagree(lab):
    lab.web()
    lab.resolver(addresses(1, 2), on=(SERVER6,))
    lab.resolver(addresses(3, 2), on=(SERVER4,))
    lab.client.resolv_conf(SERVER6, SERVER4)


@network("nameserver-slow", raises=["dns.resolver-slow"], never=["dns.aaaa-timeout", "dns.resolver-unreachable"],
         status=0)
def nameserver_slow(lab):
    lab.web()
    lab.scripted(addresses(1, 2), delay=0.7)
    lab.client.resolv_conf(SERVER4)


@network("first-question-lost", raises=[], never=["dns.resolver-slow", "dns.aaaa-timeout"], status=0)
def first_question_lost(lab):
    """Sent again after a second and answered at once: loss, not slowness."""
    lab.serve()
    lab.router.nft("udp dport 53 numgen inc mod 1000 < 3 drop")


def truncates(tcp):
    def build(lab):
        lab.web()
        lab.scripted(addresses(1, 2), AAAA="truncated", tcp=tcp)
        lab.client.resolv_conf(SERVER4)
        return SHORT

    return build


_TWINS = ["dns.aaaa-timeout", "dns.resolver-unreachable", "dns.malformed"]
network("tcp-silent", raises=["dns.tcp-fallback-broken"], never=_TWINS)(truncates("silent"))
network("tcp-closed", raises=["dns.tcp-fallback-broken"], never=_TWINS)(truncates("closed"))


@network("tcp-dropped", raises=["dns.tcp-fallback-broken"], never=_TWINS, status=3)
def tcp_dropped(lab):
    """A real nameserver with more addresses than fit, and a firewall that knows DNS as UDP alone."""
    lab.web()
    lab.resolver({API: addresses(1, 60)[API]}, options=("max-udp-size: 512",))
    lab.router.nft("tcp dport 53 drop")
    lab.client.resolv_conf(SERVER4)
    return SHORT
