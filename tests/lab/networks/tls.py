"""Faults of TLS: whose certificate it is, when it is valid, and peers that do not get that far."""

from authority import Authority, hashed, self_signed
from daemons import API, REGISTRY, addresses
from network import WEB6, wait_for_sockets
from sites import IPV4, IPV6, Site

from . import Run, network

QUICK = Run(arguments=("--timeout", "2"))


WEAK = 'ssl_ciphers "DEFAULT:@SECLEVEL=0";'  # Debian's OpenSSL does not even serve what is weaker


def over_ipv6(lab, pair, **options):
    """`pair` over IPv6, what is in order over IPv4."""
    lab.sites(Site((IPV6,), pair, **options), Site((IPV4,), lab.authority.issue("honest")))
    lab.names()


@network("intercepted-over-ipv6", raises=["tls.intercepted", "tls.certificate-untrusted"],
         never=["tls.certificate-name", "tls.clock-skew", "tls.certificate-expired"])
def intercepted_over_ipv6(lab):
    over_ipv6(lab, Authority.new(lab.folder, "Inspection CA").issue("imitation"))


@network("intercepted-over-both-families", raises=["tls.intercepted", "tls.certificate-untrusted"],
         never=["tls.certificate-name"])
def intercepted_over_both(lab):
    lab.sites(Site((IPV6, IPV4), Authority.new(lab.folder, "Inspection CA").issue("imitation")))
    lab.names()


@network("intercepted-and-trusted", raises=["tls.intercepted"], never=["tls.certificate-untrusted"], status=0)
def intercepted_and_trusted(lab):
    inspection = Authority.new(lab.folder, "Inspection CA")
    over_ipv6(lab, inspection.issue("imitation"))
    return Run(arguments=("--ca-path", hashed(lab.folder, inspection.pem)))


@network("intercepted-on-one-address", raises=["tls.intercepted", "tls.certificate-untrusted"], status=1)
def intercepted_on_one_address(lab):
    imitation = Authority.new(lab.folder, "Inspection CA").issue("imitation")
    lab.sites(Site(("[2001:db8:f::2]",), imitation), Site((IPV6, IPV4), lab.authority.issue("honest")))
    lab.names()


@network("several-certificates-of-one-authority", raises=[], status=0,
         never=["tls.intercepted", "tls.certificate-untrusted", "tls.clock-skew", "tls.certificate-weak"])
def several_certificates(lab):
    first, second = (lab.authority.intermediate(f"Laboratory M0{number}") for number in (1, 2))
    lab.sites(Site((IPV6,), first.issue("one")), Site(("[2001:db8:f::2]",), second.issue("two")),
              Site((IPV4,), second.issue("three")))
    lab.names()


@network("self-signed", raises=["tls.certificate-untrusted"], never=["tls.intercepted", "tls.certificate-name"])
def self_signed_everywhere(lab):
    lab.sites(Site((IPV6, IPV4), self_signed(lab.folder, "own")))
    lab.names()


@network("expired-over-ipv6", raises=["tls.certificate-expired"],
         never=["tls.clock-skew", "tls.intercepted", "tls.certificate-not-yet-valid", "tls.certificate-untrusted"])
def expired_over_ipv6(lab):
    over_ipv6(lab, lab.authority.issue("old", days=(-30, -1)))


@network("expired-everywhere", raises=["tls.certificate-expired"],
         never=["tls.clock-skew", "tls.intercepted", "tls.certificate-untrusted"])
def expired_everywhere(lab):
    lab.sites(Site((IPV6, IPV4), lab.authority.issue("old", days=(-30, -1))))
    lab.names()


@network("not-yet-valid", raises=["tls.certificate-not-yet-valid"],
         never=["tls.clock-skew", "tls.certificate-expired", "tls.certificate-untrusted"])
def not_yet_valid(lab):
    lab.sites(Site((IPV6, IPV4), lab.authority.issue("early", days=(1, 30))))
    lab.names()


@network("wrong-name", raises=["tls.certificate-name"], never=["tls.certificate-untrusted", "tls.intercepted"])
def wrong_name(lab):
    over_ipv6(lab, lab.authority.issue("portal", subject="/CN=portal.example", names=["portal.example"]))


@network("weak-certificate", raises=["tls.certificate-weak"], never=["tls.certificate-untrusted"], status=0)
def weak_certificate(lab):
    over_ipv6(lab, lab.authority.issue("weak", key="rsa-1024"), settings=WEAK)


@network("sha1-certificate", raises=["tls.certificate-weak"], never=["tls.certificate-untrusted"], status=0)
def sha1_certificate(lab):
    over_ipv6(lab, lab.authority.issue("weak", digest="sha1"), settings=WEAK)


@network("two-certificate-faults", raises=["tls.certificate-expired", "tls.certificate-name"],
         never=["tls.clock-skew", "tls.intercepted"])
def two_certificate_faults(lab):
    wrong = lab.authority.issue("portal", subject="/CN=portal.example", names=["portal.example"])
    lab.sites(Site((IPV6,), lab.authority.issue("old", days=(-30, -1))), Site(("[2001:db8:f::2]",), wrong),
              Site((IPV4,), lab.authority.issue("honest")))
    lab.names()


@network("plain-http-on-443", raises=["tls.not-tls"], never=["tls.closed-early", "tls.handshake-failed", "tls.alert"])
def plain_http(lab):
    lab.sites(Site((IPV6,), None), Site((IPV4,), lab.authority.issue("honest")))
    lab.names()


@network("ssh-on-443", raises=["tls.not-tls"], never=["tls.timeout", "tls.handshake-failed"])
def ssh(lab):
    lab.peer("say", r"SSH-2.0-peer\r\n")
    lab.sites(Site((IPV4,), lab.authority.issue("honest")))
    lab.names()
    return QUICK


@network("old-tls", raises=["tls.old-version"], never=["tls.alert", "tls.handshake-failed", "tls.intercepted"])
def old_tls(lab):
    pair = lab.authority.issue("honest")
    process = lab.network.start(lab.server, "openssl", "s_server", "-accept", "[::]:443", "-6", "-tls1_1", "-cipher",
                                "DEFAULT@SECLEVEL=0", "-cert", pair.chain, "-key", pair.key, "-www", "-quiet")
    wait_for_sockets(process, "tcp6", 443)
    lab.sites(Site((IPV4,), pair))
    lab.names(1)


@network("alert", raises=["tls.alert"], never=["tls.old-version", "tls.closed-early", "tls.reset-on-hello"])
def alert(lab):
    pair = lab.authority.issue("honest")
    lab.sites(Site((IPV6,), pair, settings="ssl_reject_handshake on;"), Site((IPV4,), pair))
    lab.names()


@network("reset-on-hello", raises=["tls.reset-on-hello"], never=["net.refused", "net.reset", "tls.closed-early"])
def reset_on_hello(lab):
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 tcp flags & (psh | fin | rst) == psh reject with tcp reset")


@network("reset-on-one-name", raises=["tls.reset-on-hello"], never=["net.refused", "tls.closed-early"])
def reset_on_one_name(lab):
    lab.web()
    lab.resolver(addresses(1, 1, names=(API,)) | addresses(2, 1, names=(REGISTRY,)))
    lab.client.resolv_conf("198.51.100.66")
    for rule in ("ip6 daddr 2001:db8:f::1", "ip daddr 198.51.100.129"):
        lab.router.nft(f"{rule} tcp dport 443 tcp flags & (psh | fin | rst) == psh reject with tcp reset")
    return Run(target=("us-west-2", "--account", "123456789012", "--only", "api,registry", "--no-current"))


@network("closed-after-hello", raises=["tls.closed-early"], never=["tls.reset-on-hello", "tls.alert", "tls.timeout"])
def closed_after_hello(lab):
    lab.peer("close_after_hello")
    lab.sites(Site((IPV4,), lab.authority.issue("honest")))
    lab.names()


@network("broken-handshake", raises=["tls.handshake-failed"], never=["tls.not-tls", "tls.alert", "tls.closed-early"])
def broken_handshake(lab):
    lab.peer("answer", r"\x16\x03\x03\x00\x04\x02\x00\x00\x00\x16\x03\x03\x00\x04junk")
    lab.sites(Site((IPV4,), lab.authority.issue("honest")))
    lab.names()


@network("clock-weeks-behind", raises=["tls.clock-skew"],
         never=["tls.certificate-not-yet-valid", "tls.certificate-expired", "tls.certificate-untrusted"])
def clock_weeks_behind(lab):
    """Certificates begin tomorrow, and by the servers' clocks they have been valid for weeks."""
    for place in ("::", "0.0.0.0"):
        lab.peer("answer_at", "404 Not Found", 20 * 86400, on=place,
                 pair=lab.authority.issue(f"early-{place[0]}", days=(1, 90)))
    lab.names()


@network("clock-weeks-ahead", raises=["tls.clock-skew"],
         never=["tls.certificate-expired", "tls.certificate-not-yet-valid"])
def clock_weeks_ahead(lab):
    for place in ("::", "0.0.0.0"):
        lab.peer("answer_at", "404 Not Found", -20 * 86400, on=place,
                 pair=lab.authority.issue(f"old-{place[0]}", days=(-90, -10)))
    lab.names()


@network("expired-with-its-clock-stopped", raises=["tls.certificate-expired"], never=["tls.clock-skew"])
def expired_with_its_clock_stopped(lab):
    """The clock of the server over IPv6 stands where its certificate was valid; the one over IPv4 is right."""
    lab.peer("answer_at", "404 Not Found", -20 * 86400, pair=lab.authority.issue("old", days=(-90, -10)))
    lab.sites(Site((IPV4,), lab.authority.issue("honest")))
    lab.names()


@network("clock-an-hour-behind", raises=["tls.clock-skew"],
         never=["tls.certificate-expired", "tls.certificate-not-yet-valid"], status=0)
def clock_an_hour_behind(lab):
    """The servers' clocks are an hour ahead, which is what a host sees whose own is an hour behind."""
    for place in ("::", "0.0.0.0"):
        lab.peer("answer_at", "404 Not Found", 3600, on=place, pair=lab.authority.issue(f"honest-{place[0]}"))
    lab.names()
