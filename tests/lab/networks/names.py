"""Names that are wrong, old or IPv4-only."""

from daemons import API, addresses
from network import SERVER4

from . import Run, network

BUCKET = "prod-us-west-2-starport-layer-bucket"
BY_DESIGN = ["dns.no-aaaa", "dns.aaaa-filtered"]
WEB = addresses(1, 2)[API]
WEB4 = [each for each in WEB if ":" not in each]


def names(lab, records, *target):
    lab.web()
    lab.resolver(records)
    lab.client.resolv_conf(SERVER4)
    return Run(target=target)


@network("no-aaaa", raises=["dns.no-aaaa"], never=["dns.aaaa-filtered", "dns.aaaa-server-failure"])
def no_aaaa(lab):
    lab.web()
    lab.resolver({API: ["198.51.100.129"]})
    lab.client.resolv_conf(SERVER4)


@network("layers-ipv4-only", raises=["ecr.layers-ipv4-only"], never=["ecr.public-name-ipv4-only"], status=3)
def layers_ipv4_only(lab):
    hosts = (f"{BUCKET}.s3.dualstack.us-west-2.amazonaws.com", f"{BUCKET}.s3.us-west-2.amazonaws.com")
    return names(lab, {host: WEB4 for host in hosts}, "us-west-2", "--only", "layers")


@network("public-name", raises=["ecr.public-name-ipv4-only"], never=BY_DESIGN)
def public_name(lab):
    """nginx has no certificate for these names."""
    return names(lab, {"public.ecr.aws": WEB4, "ecr-public.aws.com": WEB}, "public", "--only", "public_registry")


@network("wrong-ecr-name", raises=["dns.wrong-name", "dns.name-not-found"], never=["ecr.older-name"], status=0)
def wrong_name(lab):
    return names(lab, addresses(1, 2), "api.ecr.us-west-2.api.aws", "--no-current")


@network("older-name", raises=["ecr.older-name"], never=["dns.wrong-name"], status=0)
def older_name(lab):
    return names(lab, {**addresses(1, 2), "ecr.us-west-2.amazonaws.com": WEB4}, "ecr.us-west-2.amazonaws.com", "--only",
                 "api")


@network("unconfirmed-name", raises=["ecr.unconfirmed-name", "dns.name-not-found"], never=["dns.wrong-name"])
def unconfirmed_name(lab):
    name = "ecr.eusc-de-east-1.api.amazonwebservices.eu"
    return names(lab, {"amazonwebservices.eu": []}, name, "--no-current")


@network("own-host", raises=["ecr.not-an-ecr-name"], never=["ecr.unconfirmed-name", "dns.wrong-name"])
def own_host(lab):
    """nginx has no certificate for it."""
    return names(lab, {"registry.example": WEB}, "registry.example")
