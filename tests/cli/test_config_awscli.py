"""The endpoint that `ecr6 config` predicts, held against the one that a real AWS CLI calls.

Every combination of the configuration files, the environment and the profile below is given to both. The CLI runs with
--debug, dummy credentials, a proxy on a closed port and, where that is allowed, without any network: it says which URL
it would have called and gets nowhere. Debian's awscli 2.9.19 has the endpoint rules of 2023: where ecr6 names what
current releases do and lists older ones apart, the oldest entry is what 2.9.19 has to match. Set ECR6_AWS to a
colon-separated list of further `aws` scripts (AWS CLI v1 is pip's awscli) to hold them against it, too.
"""

import itertools
import json
import os
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlsplit

import pytest

HERE = Path(__file__).parent
DUAL = "use_dualstack_endpoint"

# name -> (config file, credentials file)
FILES = {
    "no file": (None, None),
    "region alone": ("[default]\nregion = us-west-2\n", None),
    "top-level true": (f"[default]\nregion = us-west-2\n{DUAL} = true\n", None),
    "top-level True": (f"[default]\nregion = us-west-2\n{DUAL} = True\n", None),
    "top-level false": (f"[default]\nregion = us-west-2\n{DUAL} = false\n", None),
    "top-level 1": (f"[default]\nregion = us-west-2\n{DUAL} = 1\n", None),
    "top-level yes": (f"[default]\nregion = us-west-2\n{DUAL} = yes\n", None),
    "a comment behind it": (f"[default]\nregion = us-west-2\n{DUAL} = true # on\n", None),
    "a colon for the sign": (f"[default]\nregion: us-west-2\n{DUAL.upper()}: true\n", None),
    "the documented nested key": (f"[default]\nregion = us-west-2\necr =\n    {DUAL} = true\n", None),
    "nested and top-level": (f"[default]\nregion = us-west-2\necr =\n    {DUAL} = true\n{DUAL} = false\n", None),
    "services section with the switch": (
        f"[default]\nregion = us-west-2\nservices = x\n[services x]\necr =\n  {DUAL} = true\n", None),
    "services section with a URL": (
        "[default]\nregion = us-west-2\nservices = x\n[services x]\necr =\n  endpoint_url = https://section.invalid\n"
        "ecr_public =\n  endpoint_url = https://public-section.invalid\n", None),
    "services section and profile URL": (
        "[default]\nregion = us-west-2\nservices = x\nendpoint_url = https://profile.invalid\n"
        "[services x]\necr =\n  endpoint_url = https://section.invalid\n", None),
    "services section that is missing": ("[default]\nregion = us-west-2\nservices = nowhere\n", None),
    "profile URL": ("[default]\nregion = us-west-2\nendpoint_url = https://profile.invalid:8443/base\n", None),
    "profile URL and dual-stack": (
        f"[default]\nregion = us-west-2\nendpoint_url = https://profile.invalid\n{DUAL} = true\n", None),
    "profile URL that is ignored": (
        "[default]\nregion = us-west-2\nendpoint_url = https://profile.invalid\n"
        f"ignore_configured_endpoint_urls = true\n{DUAL} = true\n", None),
    "nested URL": ("[default]\nregion = us-west-2\necr =\n  endpoint_url = https://nested.invalid\n", None),
    "FIPS": ("[default]\nregion = us-east-1\nuse_fips_endpoint = true\n", None),
    "FIPS and dual-stack": (f"[default]\nregion = us-east-1\nuse_fips_endpoint = true\n{DUAL} = true\n", None),
    "FIPS by region": ("[default]\nregion = fips-us-east-1\n", None),
    "FIPS in GovCloud": ("[default]\nregion = us-gov-west-1\nuse_fips_endpoint = true\n", None),
    "dual-stack in GovCloud": (f"[default]\nregion = us-gov-west-1\n{DUAL} = true\n", None),
    "dual-stack in China": (f"[default]\nregion = cn-north-1\n{DUAL} = true\n", None),
    "FIPS in China": ("[default]\nregion = cn-north-1\nuse_fips_endpoint = true\n", None),
    "default twice, plain last": (
        f"[profile default]\nregion = us-west-2\n{DUAL} = true\n[default]\nregion = eu-west-1\n", None),
    "default twice, prefixed last": (
        f"[default]\nregion = eu-west-1\n[profile default]\nregion = us-west-2\n{DUAL} = true\n", None),
    "credentials file wins": (
        "[default]\nregion = us-west-2\n", f"[default]\nregion = eu-west-1\n{DUAL} = true\n"),
    "capital DEFAULT": (f"[DEFAULT]\n{DUAL} = true\n[default]\nregion = us-west-2\n", None),
    "indented below a value": (f"[default]\nregion = us-west-2\nnote = x\n  {DUAL} = true\n", None),
    "a key twice": (f"[default]\nregion = us-west-2\n{DUAL} = true\n{DUAL} = true\n", None),
    "a section twice": ("[default]\nregion = us-west-2\n[default]\nregion = us-west-2\n", None),
    "a line without a sign": ("[default]\nregion = us-west-2\nnonsense\n", None),
    "a line before the header": ("region = us-west-2\n[default]\nregion = us-west-2\n", None),
    "a region with a blank": ("[default]\nregion = us west\n", None),
    "not UTF-8": (b"[default]\nregion = us-west-2\nnote = \xff\n", None),
    "a byte order mark": (b"\xef\xbb\xbf[default]\nregion = us-west-2\n", None),
    "line ends of Windows": (f"[default]\r\nregion = us-west-2\r\n{DUAL} = true\r\n".encode(), None),
    "two profiles": (
        f"[default]\nregion = us-west-2\n[profile dev]\nregion = eu-west-1\n{DUAL} = true\n"
        f"[profile 'quoted']\nregion = eu-north-1\n{DUAL} = true\n[plain]\nregion = ap-south-1\n", None),
}

ENVIRONMENTS = {
    "nothing": {},
    "dual-stack true": {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
    "dual-stack TRUE": {"AWS_USE_DUALSTACK_ENDPOINT": "TRUE"},
    "dual-stack false": {"AWS_USE_DUALSTACK_ENDPOINT": "false"},
    "dual-stack 1": {"AWS_USE_DUALSTACK_ENDPOINT": "1"},
    "dual-stack empty": {"AWS_USE_DUALSTACK_ENDPOINT": ""},
    "FIPS true": {"AWS_USE_FIPS_ENDPOINT": "true"},
    "URL": {"AWS_ENDPOINT_URL": "https://general.invalid"},
    "URL for ECR": {"AWS_ENDPOINT_URL_ECR": "https://ecr.invalid"},
    "both URLs": {"AWS_ENDPOINT_URL": "https://general.invalid", "AWS_ENDPOINT_URL_ECR": "https://ecr.invalid"},
    "URLs ignored": {"AWS_ENDPOINT_URL_ECR": "https://ecr.invalid", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true"},
    "URLs not ignored": {"AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "false"},
    "URL for ECR Public": {"AWS_ENDPOINT_URL_ECR_PUBLIC": "https://public.invalid"},
    "AWS_REGION": {"AWS_REGION": "ca-central-1"},
    "AWS_DEFAULT_REGION": {"AWS_DEFAULT_REGION": "sa-east-1"},
    "both regions": {"AWS_REGION": "ca-central-1", "AWS_DEFAULT_REGION": "sa-east-1"},
}

PROFILES = {
    "by AWS_PROFILE": {"AWS_PROFILE": "dev"},
    "by AWS_DEFAULT_PROFILE": {"AWS_DEFAULT_PROFILE": "dev"},
    "by both": {"AWS_PROFILE": "dev", "AWS_DEFAULT_PROFILE": "default"},
    "quoted": {"AWS_PROFILE": "quoted"},
    "of a plain header": {"AWS_PROFILE": "plain"},
    "missing": {"AWS_PROFILE": "nobody"},
    "set and empty": {"AWS_PROFILE": ""},
}

SERVICES = {"ecr": ("ecr", "describe-registry"), "ecr_public": ("ecr-public", "describe-registries")}


def interpreter(script):
    """The Python of an `aws` script; None for a script of another kind."""
    with open(script, "rb") as stream:
        first = stream.readline(200).decode(errors="replace").strip()
    return first[2:].split()[0] if first.startswith("#!") and "python" in first else None


def scripts():
    named = os.environ.get("ECR6_AWS", "").split(":")
    found = [Path(path).resolve() for path in [shutil.which("aws", path="/usr/bin:/usr/local/bin"), *named] if path]
    return {str(path) for path in found if interpreter(path)}


def isolation():
    """A network namespace without any interface up, where the kernel lets us have one."""
    alone = ["unshare", "-n"] if shutil.which("unshare") else []
    return alone if alone and subprocess.run([*alone, "true"], capture_output=True).returncode == 0 else []


# Files that the environment plays against; how the others are read does not depend on it.
PLAYED = ("no file", "top-level true", "top-level false", "the documented nested key", "services section with a URL",
          "services section and profile URL", "services section that is missing", "profile URL",
          "profile URL and dual-stack", "profile URL that is ignored", "nested URL", "FIPS")


def cases():
    for files, environment in itertools.product(PLAYED, ENVIRONMENTS):
        yield "ecr", files, environment, ENVIRONMENTS[environment]
    for files, environment in itertools.product([name for name in FILES if name not in PLAYED],
                                                ("nothing", "dual-stack true")):
        yield "ecr", files, environment, ENVIRONMENTS[environment]
    for profile in PROFILES:
        yield "ecr", "two profiles", profile, PROFILES[profile]
    for files in ("top-level true", "services section with a URL", "profile URL", "FIPS", "FIPS and dual-stack",
                  "dual-stack in GovCloud"):
        yield "ecr_public", files, "nothing", {}
    for environment in ("nothing", "dual-stack true", "URL", "URL for ECR", "URL for ECR Public", "FIPS true"):
        yield "ecr_public", "region alone", environment, ENVIRONMENTS[environment]


def home_of(files, tmp_path):
    home = tmp_path / str(list(FILES).index(files))
    (home / ".aws").mkdir(parents=True, exist_ok=True)
    for name, text in zip(("config", "credentials"), FILES[files]):
        if text is not None:
            (home / ".aws" / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return home


def called(script, requests):
    """What the CLI calls, one answer per request."""
    closed = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1",
              "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example", "AWS_EC2_METADATA_DISABLED": "true",
              "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    lines = [json.dumps({"env": closed | env, "arguments": ["--debug", *SERVICES[service]]})
             for service, env in requests]
    done = subprocess.run([*isolation(), interpreter(script), HERE / "awscli_many.py"], input="\n".join(lines),
                          capture_output=True, text=True, timeout=900, env={"PATH": os.environ["PATH"], "LANG": "C.UTF-8"})
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(requests), done.stderr[-2000:]
    return answers


def major_version(script):
    said = subprocess.run([interpreter(script), script, "--version"], capture_output=True, text=True, timeout=60).stdout
    return said.split()[0].removeprefix("aws-cli/")


def predicted(report, service, version):
    """The host that ecr6 says, for a CLI of this version; None when it says that the CLI stops."""
    sdk = "aws_cli_v2" if version.startswith("2.") else "botocore"
    home = report["homes"][0]
    profile = next(p for p in home["profiles"] if p["name"] == home["active_profile"][sdk])
    endpoint = next(e for e in profile["endpoints"] if (e["client"], e["service"]) == (sdk, service))
    # 2.9.19 is from before ECR's dual-stack names and before endpoint_url.
    if version == "2.9.19" and endpoint["older"]:
        return endpoint["older"][-1]["host"]
    return endpoint["host"]


@pytest.mark.skipif(not scripts(), reason="no AWS CLI in Python is installed (Debian's awscli)")
@pytest.mark.parametrize("script", sorted(scripts()) or ["none"])
def test_the_predicted_endpoint_is_the_one_that_the_aws_cli_calls(script, run, tmp_path):
    version = major_version(script)
    every = list(cases())
    homes = [home_of(files, tmp_path) for _, files, _, _ in every]
    requests = [(service, {**env, "HOME": str(home)}) for (service, _, _, env), home in zip(every, homes)]
    wrong = []
    for (service, files, environment, env), home, answer in zip(every, homes, called(script, requests)):
        profile = [] if "PROFILE" not in "".join(env) else ["--profile", active(env, version)]
        report = run("config", "--json", *profile, env={**env, "HOME": str(home)}).json
        expected, seen = predicted(report, service, version), answer["url"] and urlsplit(answer["url"]).hostname
        if expected != seen:
            wrong.append(f"{service}, {files}, {environment}: predicted {expected}, {version} called {seen} {answer['last']}")
    assert not wrong, "\n".join(wrong)
    assert len(every) > 230


def active(env, version):
    first, second = "AWS_PROFILE", "AWS_DEFAULT_PROFILE"
    if version.startswith("1."):
        first, second = second, first
    return env[first] if first in env else env[second]


@pytest.mark.skipif(not scripts(), reason="no AWS CLI in Python is installed (Debian's awscli)")
@pytest.mark.parametrize("script", sorted(scripts()) or ["none"])
def test_the_documented_command_writes_the_nested_key_that_is_found(script, run, validate):
    def configure(*words):
        subprocess.run([interpreter(script), script, "configure", "set", *words], check=True, timeout=60,
                       env={"HOME": str(run.home), "PATH": os.environ["PATH"]})

    configure("default.region", "us-west-2")
    configure("default.ecr.use_dualstack_endpoint", "true")
    report = validate(run("config", "--json").json)
    finding = next(f for f in report["findings"] if f["id"] == "config.nested-dualstack-key")
    hosts = {e["host"] for e in report["homes"][0]["profiles"][0]["endpoints"] if e["service"] == "ecr"}
    assert hosts == {"api.ecr.us-west-2.amazonaws.com"}

    command = next(fix for fix in finding["fixes"] if fix.startswith("aws "))
    configure(*command.split()[3:])
    report = run("config", "--json").json
    hosts = {e["host"] for e in report["homes"][0]["profiles"][0]["endpoints"] if e["service"] == "ecr"}
    assert hosts == {"ecr.us-west-2.api.aws"}


# What `aws configure set` makes of these differs from what one would think.
FIXED = {
    "a plain profile": ("[profile dev]\nregion = us-west-2\n", None, "dev"),
    "a name with a blank": ("[profile 'my own']\nregion = us-west-2\n", None, "my own"),
    "a name with a quote": ("[profile \"it's\"]\nregion = us-west-2\n", None, "it's"),
    "default with a prefix": ("[profile default]\nregion = us-west-2\n", None, "default"),
    "the key in capitals": (f"[default]\nregion = us-west-2\n{DUAL.upper()} = false\n", None, "default"),
    "false in the credentials": ("[default]\nregion = us-west-2\n", f"[default]\n{DUAL} = false\n", "default"),
    "a comment behind true": (f"[default]\nregion = us-west-2\n{DUAL} = true # on\n", None, "default"),
    "in the credentials alone": (None, "[dev]\nregion = us-west-2\n", "dev"),
}


@pytest.mark.skipif(not scripts(), reason="no AWS CLI in Python is installed (Debian's awscli)")
@pytest.mark.parametrize("name", FIXED)
def test_a_command_that_fix_prints_does_what_it_promises(name, run):
    *texts, profile = FIXED[name]
    (run.home / ".aws").mkdir()
    for file, text in zip(("config", "credentials"), texts):
        if text is not None:
            (run.home / ".aws" / file).write_text(text)
    lines = run("config", "--fix", "--profile", profile).stdout.splitlines()
    assert any(DUAL in line for line in lines if not line.startswith("# config."))
    commands = [line for line in lines if line.startswith("aws ")]
    subprocess.run(["sh", "-ec", "\n".join(commands)], check=True, timeout=60,
                   env={"HOME": str(run.home), "PATH": f"{Path(sorted(scripts())[0]).parent}:/usr/bin:/bin"})
    endpoints = run("config", "--json", "--profile", profile).json["homes"][0]["profiles"][0]["endpoints"]
    hosts = {e["host"] for e in endpoints if e["service"] == "ecr" and e["client"] in ("aws_cli_v2", "botocore")}
    assert hosts == ({"ecr.us-west-2.api.aws"} if commands else {"api.ecr.us-west-2.amazonaws.com"})
    edits = [line for line in lines if line.startswith("# edit ") and DUAL in line]
    assert len(commands) + len(edits) == 1
