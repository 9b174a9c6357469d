"""What is to be said of the run itself, on a network that is well."""

from daemons import REGISTRY, TARGET
from network import SERVER4, SERVER6, WEB6

from . import Run, network


@network("one-address-of-several", raises=["run.addresses-left-out"], never=["run.deadline"], status=0)
def one_address_of_several(lab):
    lab.serve(4)
    return Run(("--max-addresses", "1"))


def dropping(lab):
    lab.serve()
    lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop")


@network("deadline", raises=["run.deadline"], never=["run.interrupted", "net.silent-drop"], status=3)
def deadline(lab):
    dropping(lab)
    return Run(("--deadline", "1", "--timeout", "5"))


@network("interrupted", raises=["run.interrupted"], never=["run.deadline", "net.silent-drop"], status=3)
def interrupted(lab):
    dropping(lab)
    return Run(("--timeout", "5"), before=("timeout", "--preserve-status", "-s", "INT", "1"))


@network("embedded", raises=["run.lab"], never=["run.deadline"], status=0)
def embedded(lab):
    return Run(("--lab", "healthy"))


@network("four-nameservers", raises=["run.nameservers-ignored"], never=["dns.resolver-unreachable"], status=0)
def four_nameservers(lab):
    lab.serve(on=(SERVER4, SERVER6, "2001:db8:f::53", "198.51.100.200"))
    lab.client.resolv_conf(SERVER4, SERVER6, "2001:db8:f::53", "198.51.100.200")


@network("nothing-required", raises=["run.nothing-required"], status=3)
def nothing_required(lab):
    lab.serve()
    return Run(target=("us-west-2", "--only", "layers", "--timeout", "1"))


@network("placeholder-account", raises=["run.placeholder-account"], never=["run.nothing-required"], status=0)
def placeholder_account(lab):
    lab.serve()
    assert REGISTRY.startswith("123456789012") and "--account" in TARGET
    return Run(target=("us-west-2", "--only", "registry", "--no-current"))
