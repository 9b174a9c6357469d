"""Answers over good TLS that are not ECR's, or none at all."""

from network import SERVER4
from sites import AS_ECR, IPV4, IPV6, Site

from . import Run, network

REGISTRY_ALONE = Run(target=("us-west-2", "--account", "123456789012", "--only", "registry", "--no-current"))
LAYERS = "prod-us-west-2-starport-layer-bucket.s3.dualstack.us-west-2.amazonaws.com"


def answering(lab, ipv6, ipv4=AS_ECR):
    pair = lab.authority.issue("honest")
    lab.sites(Site((IPV6,), pair, ipv6), Site((IPV4,), pair, ipv4))
    lab.names()


def scripted_over_ipv6(lab, script, *words):
    """The peer over IPv6, what is in order over IPv4."""
    pair = lab.authority.issue("honest")
    lab.peer(script, *words, pair=pair)
    lab.sites(Site((IPV4,), pair))
    lab.names()


@network("registry-denies-ipv6", raises=["http.denied-over-ipv6", "http.unexpected-answer"],
         never=["http.status-differs"], status=1)
def registry_denies_ipv6(lab):
    answering(lab, 'location / { return 403 ""; }')
    return REGISTRY_ALONE


@network("api-denies-ipv6", raises=["http.denied-over-ipv6"], never=["http.status-differs", "http.unexpected-answer"],
         status=1)
def api_denies_ipv6(lab):
    answering(lab, 'location / { return 403 ""; }')


@network("api-denies-both", raises=[], status=0,
         never=["http.denied-over-ipv6", "http.status-differs", "http.unexpected-answer"])
def api_denies_both(lab):
    answering(lab, 'location / { return 403 ""; }', 'location / { return 403 ""; }')


@network("status-differs", raises=["http.status-differs"], never=["http.denied-over-ipv6", "http.unexpected-answer"],
         status=1)
def status_differs(lab):
    answering(lab, 'location / { return 200 ""; }')


@network("api-in-trouble", raises=["http.unexpected-answer"], never=["http.status-differs", "http.denied-over-ipv6"],
         status=0)
def api_in_trouble(lab):
    answering(lab, 'location / { return 503 ""; }', 'location / { return 503 ""; }')


@network("inspected-without-alpn", raises=["http.unexpected-answer", "http.status-differs"],
         never=["http.denied-over-ipv6"], status=1)
def inspected_without_alpn(lab):
    answering(lab, 'location / { return 505 ""; }')


@network("captive-portal", raises=["http.unexpected-answer"], never=["http.denied-over-ipv6", "tls.not-tls"], status=0)
def captive_portal(lab):
    redirect = "location / { return 302 http://portal.example/login; }"
    answering(lab, redirect, redirect)


@network("registry-without-its-header", raises=["http.unexpected-answer"], never=["http.status-differs"], status=1)
def registry_without_its_header(lab):
    answering(lab, 'location / { return 401 ""; }')
    return REGISTRY_ALONE


@network("layers-elsewhere", raises=["http.unexpected-answer"], never=["http.status-differs"], status=3)
def layers_elsewhere(lab):
    lab.sites(Site((IPV6, IPV4), lab.authority.issue("layers", names=[LAYERS])))
    lab.resolver({LAYERS: ["2001:db8:f::1", "198.51.100.129"]})
    lab.client.resolv_conf(SERVER4)
    return Run(target=("us-west-2", "--only", "layers", "--no-current"))


@network("garbage-over-tls", raises=["http.malformed"], never=["http.closed-early", "tls.not-tls"])
def garbage(lab):
    scripted_over_ipv6(lab, "answer", r"220 mail.example ESMTP\r\n")


@network("endless-headers", raises=["http.headers-too-large"], never=["http.malformed", "http.timeout"])
def endless_headers(lab):
    scripted_over_ipv6(lab, "endless_headers")


@network("closed-before-the-answer", raises=["http.closed-early"], never=["http.connection-reset", "http.malformed"])
def closed_before_the_answer(lab):
    scripted_over_ipv6(lab, "close_after_hello")


@network("reset-before-the-answer", raises=["http.connection-reset"],
         never=["http.closed-early", "tls.reset-on-hello"])
def reset_before_the_answer(lab):
    scripted_over_ipv6(lab, "reset_after_hello")


@network("two-answers-of-one-name", raises=["http.malformed", "http.connection-reset"], never=["http.closed-early"])
def two_answers(lab):
    pair = lab.authority.issue("honest")
    lab.peer("answer", r"220 mail.example ESMTP\r\n", on="2001:db8:f::1", pair=pair)
    lab.peer("reset_after_hello", on="2001:db8:f::2", pair=pair)
    lab.sites(Site((IPV4,), pair))
    lab.names()
