"""Networks that raise findings: each is a function that builds its fault and says how `check` is to be run in it.

    @network("refused", raises=["net.refused"], never=["net.silent-drop"])
    def refused(lab):
        lab.serve()
        lab.router.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with tcp reset")

`lab` (lab.py) has the three namespaces and the daemons. What the function returns is how to run (Run); nothing: as usual.
docs/findings/tests.md names for each finding the network that raises it.
"""

import importlib
import pkgutil
from dataclasses import dataclass

from daemons import TARGET


@dataclass
class Run:
    arguments: tuple = ()
    target: tuple = TARGET
    before: tuple = ()  # what stands before the program: ("setpriv", …)
    status: int | None = None  # instead of the network's


@dataclass
class Entry:
    name: str
    build: object
    raises: frozenset
    never: frozenset
    status: int | tuple


NETWORKS = {}


def network(name, *, raises, never=(), status=2):
    """raises: ids of findings that `check` must give there; never: ids of their twins that it must not give."""
    assert name not in NETWORKS, name
    assert not set(raises) & set(never), name

    def add(build):
        NETWORKS[name] = Entry(name, build, frozenset(raises), frozenset(never), status)
        return build

    return add


def load():
    """All networks by name."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return NETWORKS
