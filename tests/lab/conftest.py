"""Fixtures of the laboratory: a network with real daemons for each test, and `check` in its client."""

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from daemons import TARGET, addresses, mint, start_resolver, start_web
from network import SERVER4, SERVER6, Network, missing, sweep

ROOT = Path(__file__).resolve().parents[2]
ECR6 = Path(os.environ.get("ECR6", ROOT / "build" / "src" / "cli" / "ecr6")).resolve()
# A shell without job control starts what runs in the background with SIGINT ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
KEPT = ("PATH", "LANG", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH")


@pytest.fixture(scope="session", autouse=True)
def possible():
    """Every test here needs namespaces; where they cannot be made, it says why and skips."""
    if reason := missing():
        pytest.skip(reason)
    sweep()


@pytest.fixture(scope="session")
def certificates(tmp_path_factory):
    folder = mint(tmp_path_factory.mktemp("certificates"))
    # pytest's own folders are closed to others; the program also runs as nobody.
    for parent in folder.parents:
        if str(parent) in ("/tmp", "/"):
            break
        parent.chmod(parent.stat().st_mode | 0o055)
    return folder


@pytest.fixture
def bare():
    """The three namespaces, without a daemon."""
    with Network() as network:
        yield network


@pytest.fixture
def network(bare, certificates):
    """The namespaces with nginx on every address of the server; the test starts its own nameservers."""
    start_web(bare, certificates)
    return bare


@pytest.fixture
def serving(network):
    """serving(4): a resolver with that many addresses of each family, in the client's resolv.conf."""

    def serve(count=2, **options):
        start_resolver(network, addresses(1, count), **options)
        network.client.resolv_conf(SERVER4)
        return network

    return serve


@dataclass
class Result:
    status: int
    stdout: str
    stderr: str


@pytest.fixture
def command(bare, certificates):
    """command("-v", before=["setpriv", …]): one whole `ecr6 check` in the client, as subprocess wants it."""
    if not (bare.client.etc / "resolv.conf").exists():
        bare.client.resolv_conf(SERVER6)
    home = bare.folder / "home"
    home.mkdir()
    environment = {name: os.environ[name] for name in KEPT if name in os.environ} | {"HOME": str(home)}

    def words(*arguments, target=TARGET, before=(), trust=("--ca-file", certificates / "ca.pem")):
        line = [*before, ECR6, "check", *target, *trust, *arguments]
        return {"args": bare.client.command(*line), "env": environment, "cwd": home}

    return words


@pytest.fixture
def run(command):
    def call(*arguments, **options):
        line = command(*arguments, **options)
        done = subprocess.run(**line, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


def validated(text):
    value = json.loads(text)
    schema = json.loads((ROOT / "docs" / "schema" / f"{value['schema'].replace('/', '-')}.json").read_text())
    validator = jsonschema.validators.validator_for(schema)
    validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)
    return value


@pytest.fixture
def check(run):
    """One run as JSON: held against its schema, its exit code against `status`."""

    def call(*arguments, status, **options):
        result = run("--json", *arguments, **options)
        assert result.status == status, result.stderr or result.stdout
        seen = validated(result.stdout)
        assert seen["verdict"]["exit_code"] == status
        return seen

    return call
