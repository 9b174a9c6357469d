"""What every whole-program test needs: `run` calls ecr6, `validate` holds JSON against docs/schema."""

import json
import os
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

import jsonschema
import pytest

from contract import broken_rules

ROOT = Path(__file__).resolve().parents[2]
ECR6 = Path(os.environ.get("ECR6", ROOT / "build" / "src" / "cli" / "ecr6")).resolve()
# A shell without job control starts what runs in the background with SIGINT ignored, and children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)
# The caller's own settings would change what is tested; sanitizers keep theirs.
KEPT = ("PATH", "LANG", "TMPDIR", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LD_LIBRARY_PATH")


@dataclass
class Result:
    status: int
    stdout: str
    stderr: str

    @property
    def json(self):
        """The one JSON value on stdout; duplicate keys and non-JSON numbers are errors."""
        return json.loads(self.stdout, object_pairs_hook=unique_keys, parse_constant=refuse_constant)


def unique_keys(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), f"repeated key in {keys}"
    return dict(pairs)


def refuse_constant(word):
    raise ValueError(f"{word} is not JSON")


@pytest.fixture
def run(tmp_path):
    """run("endpoints", "us-west-2", env={...}, stdin="…") -> Result. HOME is an empty directory of the test's own."""
    home = tmp_path / "home"
    home.mkdir()

    def call(*arguments, env=None, stdin="", timeout=30, cwd=None):
        environment = {name: os.environ[name] for name in KEPT if name in os.environ}
        environment |= {"HOME": str(home), **(env or {})}
        data = stdin if isinstance(stdin, bytes) else stdin.encode()
        done = subprocess.run([ECR6, *map(str, arguments)], input=data, capture_output=True, env=environment,
                              timeout=timeout, cwd=cwd or tmp_path)
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    call.home = home
    return call


@pytest.fixture
def open_directory(tmp_path_factory):
    """A directory that an ordinary user can reach and write to."""
    path = tmp_path_factory.mktemp("open")
    for parent in [path, *path.parents]:
        if len(parent.parts) > 2 and parent.stat().st_uid == os.geteuid():
            parent.chmod(0o777)
    return path


@pytest.fixture
def ordinary_user(tmp_path_factory, open_directory):
    """ordinary_user("rewrite", …): the program run by somebody who is not root, in `open_directory`. Owns nothing."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to become somebody else")
    program = tmp_path_factory.mktemp("program") / "ecr6"  # where it was built may be closed to others
    shutil.copy(ECR6, program)
    program.parent.chmod(0o755)

    def call(*arguments):
        command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", program, *map(str, arguments)]
        done = subprocess.run(command, cwd=open_directory, capture_output=True, text=True, timeout=60)
        return Result(done.returncode, done.stdout, done.stderr)

    return call


def schema_file(name):
    """The schema of `ecr6.check/1` is docs/schema/ecr6.check-1.json."""
    return ROOT / "docs" / "schema" / f"{name.replace('/', '-')}.json"


@pytest.fixture
def validate():
    """validate(value): raises when the value does not fit the schema that its `schema` field names, or breaks a rule of
    contract.py; gives it back."""

    def check(value):
        schema = json.loads(schema_file(value["schema"]).read_text())
        validator = jsonschema.validators.validator_for(schema)
        validator.check_schema(schema)
        validator(schema, format_checker=jsonschema.FormatChecker()).validate(value)
        assert value["schema"] != "ecr6.check/1" or broken_rules(value) == []
        return value

    return check


@pytest.fixture
def refuses(run, validate):
    """refuses(arguments…, says="…"): one sentence on stderr, exit 3, nothing on stdout; the same with --json."""

    def check(*arguments, says, **options):
        plain = run(*arguments, **options)
        assert (plain.status, plain.stdout) == (3, ""), plain
        assert plain.stderr.startswith("ecr6: ") and plain.stderr.count("\n") == 1, plain.stderr
        assert says in plain.stderr, plain.stderr
        as_json = run(*arguments, "--json", **options)
        assert as_json.status == 3, as_json
        assert says in validate(as_json.json)["error"], as_json.stdout

    return check
