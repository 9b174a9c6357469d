"""What is asked for beyond the endpoints' own answers: --ping, --ip-ranges, --ec2."""

import json

from daemons import API
from imds import interface, mac_of, start_imds
from network import SERVER4, SERVER6, WEB6

from . import Run, network

FOREIGN = "2620:fe:0:1::1"  # not reserved for anything: nothing has a way to the real one from here


@network("echo-alone", raises=["net.ping-only", "net.silent-drop"], never=["net.gateway-dead", "net.rejected"])
def echo_alone(lab):
    lab.serve(1)
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop")
    return Run(arguments=("--ping", "--timeout", "1"))


@network("neither-echo-nor-tcp", raises=["net.silent-drop"], never=["net.ping-only", "net.gateway-dead"])
def neither(lab):
    lab.serve(1)
    lab.router.nft(f"ip6 daddr {WEB6} drop")
    return Run(arguments=("--ping", "--timeout", "1"))


def serve_foreign(lab, listed):
    """The API on an address of the open Internet, and a copy of ip-ranges.json that lists `listed` for eu-west-1."""
    lab.web()
    lab.resolver({API: [FOREIGN, "198.51.100.129"]})
    lab.client.resolv_conf(SERVER4)
    lab.router.ip("-6", "route", "add", f"{FOREIGN}/128", "via", SERVER6)
    lab.server.ip("-6", "route", "add", "local", f"{FOREIGN}/128", "dev", "lo")
    file = lab.folder / "ip-ranges.json"
    file.write_text(json.dumps({
        "syncToken": "1", "createDate": "2026-08-22-15-17-05",
        "prefixes": [{"ip_prefix": "35.180.0.0/16", "region": "eu-west-3", "service": "AMAZON"}],
        "ipv6_prefixes": [{"ipv6_prefix": listed, "region": "eu-west-1", "service": "AMAZON"}],
    }))
    return Run(arguments=("--ip-ranges", file))


@network("foreign-address", raises=["ecr.address-not-amazons"], never=["ecr.address-other-region"], status=0)
def foreign_address(lab):
    return serve_foreign(lab, "2a05:d018::/36")


@network("address-of-another-region", raises=["ecr.address-other-region"], never=["ecr.address-not-amazons"], status=0)
def address_of_another_region(lab):
    return serve_foreign(lab, "2620:fe::/32")


LACKS = {"ec2.vpc-without-ipv6", "ec2.subnet-without-ipv6", "ec2.no-ipv6-address"}


def on_ec2(name, raises, **facts):
    """A healthy network whose metadata service says that the instance lacks something."""

    @network(name, raises=[raises], never=[*LACKS - {raises}, "ec2.metadata-unavailable"], status=0)
    def build(lab):
        lab.serve(1)
        start_imds(lab.network, lab.router, interface(mac_of(lab.client), **facts))
        return Run(arguments=("--ec2",))


on_ec2("ec2-vpc-without-ipv6", "ec2.vpc-without-ipv6", ipv6=(), subnet=(), vpc=())
on_ec2("ec2-subnet-without-ipv6", "ec2.subnet-without-ipv6", ipv6=(), subnet=())
on_ec2("ec2-no-ipv6-address", "ec2.no-ipv6-address", ipv6=())


@network("ec2-metadata-off", raises=["ec2.metadata-unavailable"], never=LACKS, status=0)
def metadata_off(lab):
    lab.serve(1)
    start_imds(lab.network, lab.router, mode="off")
    return Run(arguments=("--ec2",))
