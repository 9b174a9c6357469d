"""`ecr6 check` against the embedded ECR: every scenario, the options, and every way to go wrong."""

import fcntl
import json
import os
import re
import signal
import subprocess
import sys
import termios
import time

import pytest

from conftest import ECR6

# Scenario: exit code, and the cause (or DNS outcome) that the IPv6 side of the API has to show.
SCENARIOS = {
    "healthy": (0, None),
    "no-aaaa": (2, "no_data"),
    "aaaa-servfail": (2, "server_failure"),
    "aaaa-timeout": (2, "timeout"),
    "ipv6-refused": (2, "connection_refused"),
    "ipv6-silent": (2, "connect_timeout"),
    "ipv6-tls-silent": (2, "tls_timeout"),
    "ipv6-tls-reset": (2, "connection_reset"),
    "ipv6-not-tls": (2, "not_tls"),
    "wrong-certificate": (2, "certificate_name_mismatch"),
    "expired-certificate": (2, "certificate_expired"),
    "untrusted-certificate": (2, "certificate_untrusted"),
    "ipv6-http-garbage": (2, "http_malformed"),
    "ipv6-slow": (1, None),
    "ipv4-broken": (0, None),
    "all-dead": (2, "connect_timeout"),
    "resolver-dead": (3, "unreachable"),
}
API = ("us-west-2", "--only", "api", "--no-current")


@pytest.fixture
def check(run, validate):
    """One run as JSON, held against its schema."""

    def call(*arguments, status, **options):
        result = run("check", *arguments, "--json", **options)
        assert result.status == status, result.stderr or result.stdout
        return validate(result.json)

    return call


def test_every_scenario_is_tested_and_prints_its_exit_code(run, validate):
    listed = validate(run("lab", "--json").json)["scenarios"]
    assert {each["name"]: each["exit_code"] for each in listed} == {name: row[0] for name, row in SCENARIOS.items()}
    table = run("lab").stdout
    assert all(re.search(rf"^ +{code}  {name} ", table, re.M) for name, (code, _) in SCENARIOS.items())


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_a_scenario_has_its_verdict_and_its_cause(check, scenario):
    status, word = SCENARIOS[scenario]
    seen = check("--lab", scenario, *API, status=status)
    assert seen["verdict"]["exit_code"] == status
    (api,) = seen["endpoints"]
    causes = {attempt["cause"] for attempt in api["attempts"] if attempt["family"] == "ipv6"}
    assert word is None or word in causes | {api["dns"]["ipv6"]["outcome"]}


def test_each_address_has_one_attempt_and_stages_beyond_the_failed_one_are_absent(check):
    seen = check("--lab", "ipv6-tls-silent", "--timeout", "1", *API, status=2)
    attempts = seen["endpoints"][0]["attempts"]
    assert len(attempts) == len({attempt["address"] for attempt in attempts}) == 4
    for attempt in attempts:
        if attempt["family"] == "ipv4":
            assert attempt["reached"] == "done" and attempt["tls"]["verified"] and attempt["http"]["status"] == 404
        else:
            assert attempt["reached"] == "tls" and "http" not in attempt and "http_ms" not in attempt


def test_a_healthy_family_does_not_hide_a_dead_one(check):
    seen = check("--lab", "ipv6-refused", *API, status=2)
    (api,) = seen["endpoints"]
    assert (api["ipv6"], api["ipv4"], api["race"]["winner"]) == ("unreachable", "reachable", "ipv4")
    assert seen["verdict"]["migrate"] == "ready"


@pytest.mark.parametrize("require, status", [("ipv6", 2), ("migrate", 0), ("any", 0), ("dual", 2)])
def test_require_chooses_what_decides(check, require, status):
    seen = check("--lab", "ipv6-refused", "--require", require, *API, status=status)
    assert seen["verdict"]["require"] == require


def test_strict_makes_degraded_critical(check):
    check("--lab", "ipv6-slow", "--strict", *API, status=2)


def test_one_family_alone(check):
    only_v4 = check("--lab", "ipv6-silent", "-4", *API, status=0)
    assert only_v4["verdict"]["require"] == "any"
    assert only_v4["endpoints"][0]["ipv6"] == "not_tested"
    only_v6 = check("--lab", "ipv4-broken", "-6", *API, status=0)
    assert only_v6["endpoints"][0]["ipv4"] == "not_tested"


def test_a_run_is_over_when_its_deadline_is(check):
    seen = check("--lab", "ipv6-silent", "--deadline", "0.5", "--timeout", "20", *API, status=3)
    assert seen["duration_ms"] < 5000
    assert {attempt["cause"] for attempt in seen["endpoints"][0]["attempts"]} == {None, "deadline_exceeded"}


def test_a_silent_family_costs_one_timeout_not_one_for_each_address(check):
    seen = check("--lab", "ipv6-silent", "--timeout", "1", "us-west-2", status=2)
    assert seen["duration_ms"] < 5000


def test_more_addresses_than_allowed_are_said(check):
    seen = check("--lab", "healthy", "--max-addresses", "1", *API, status=0)
    assert len(seen["endpoints"][0]["attempts"]) == 2
    assert "run.addresses-left-out" in {finding["id"] for finding in seen["findings"]}


def test_verbose_is_curls_idiom(run):
    text = run("check", "--lab", "ipv6-refused", "-v", *API).stdout
    for line in (r"\*   Trying \[2001:db8:ec6::1\]:443\.\.\.", r"\* Connected to ecr\.us-west-2\.api\.aws \(198\.51\.100\.1\) port 443",
                 r"\* SSL connection using TLSv1\.3 / \w+", r"> GET / HTTP/1\.1", r"> User-Agent: ecr6/", r"< HTTP/1\.1 404 Not Found",
                 r"\* connect to 2001:db8:ec6::1 port 443 .*connection_refused"):
        assert re.search(f"^{line}", text, re.M), line


def test_the_registry_is_asked_for_v2_and_its_401_is_success(check):
    seen = check("--lab", "healthy", "123456789012.dkr-ecr.eu-central-1.on.aws/team/app:1", "--only", "registry",
                 "--no-current", status=0)
    (registry,) = seen["endpoints"]
    assert registry["account"] == "123456789012"
    assert {attempt["http"]["status"] for attempt in registry["attempts"]} == {401}


def test_a_recorded_run_is_reported_the_same(run, tmp_path):
    first = run("check", "--lab", "ipv6-silent", "--timeout", "1", "--output", tmp_path / "run.json", "--json", *API)
    assert (first.status, first.stdout) == (2, "")
    again = run("report", "--json", tmp_path / "run.json")
    assert again.status == 2
    assert json.loads(again.stdout) == json.loads((tmp_path / "run.json").read_text())


def test_plain_output_has_no_colour_in_a_pipe_and_80_columns(run):
    text = run("check", "--lab", "ipv6-silent", "--timeout", "1", "us-west-2").stdout
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 80
    assert "\x1b[" in run("check", "--lab", "healthy", "--color", "always", *API).stdout


def test_the_default_region_is_the_one_of_aws_tools(check):
    seen = check("--lab", "healthy", "--only", "api", "--no-current", status=0, env={"AWS_REGION": "eu-west-1"})
    assert [endpoint["name"] for endpoint in seen["endpoints"]] == ["ecr.eu-west-1.api.aws"]


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["--nonsense"], "--nonsense"),
        (["--lab", "healty", "us-west-2"], "healthy"),
        (["us-wset-2x"], "us-west-2"),
        (["uswest2"], "us-west-2"),
        (["aws-global"], "aws-global"),
        (["--account", "12", "us-west-2"], "12 digits"),
        (["--port", "70000", "us-west-2"], "--port"),
        (["--resolver", "nowhere", "us-west-2"], "--resolver"),
        (["--resolver", "[::1", "us-west-2"], "--resolver"),
        (["--connect-to", "a:b", "us-west-2"], "--connect-to"),
        (["--timeout", "soon", "us-west-2"], "--timeout"),
        (["--concurrency", "0", "us-west-2"], "--concurrency"),
        (["--only", "apis", "us-west-2"], "--only"),
        (["--require", "ipv9", "us-west-2"], "--require"),
        (["-4", "--require", "ipv6", "us-west-2"], "-4"),
        (["--interface", "127.0.0.1", "--require", "ipv6", "us-west-2"], "IPv4 source"),
        (["--interface", "127.0.0.1", "-6", "us-west-2"], "with -6 can never connect"),
        (["--interface", "::1", "-4", "us-west-2"], "with -4 can never connect"),
        (["--interface", "nosuch0", "us-west-2"], "its interfaces are lo"),
        (["--interface", "2001:db8::1", "us-west-2"], "does not have that address"),
        (["--interface", "198.51.100.1", "us-west-2"], "does not have that address"),
        (["-6", "--require", "dual", "us-west-2"], "-6"),
        (["-4", "-6", "us-west-2"], "--ipv4"),
        (["--ca-file", "/nonexistent.pem", "--resolver", "127.0.0.1", "us-west-2"], "/nonexistent.pem"),
        (["--ca-file", "/etc/hostname", "--resolver", "127.0.0.1", "us-west-2"], "/etc/hostname"),
        (["--only", "api"], "AWS_REGION"),
        (["--lab", "", "us-west-2"], "--lab"),
        (["--account", "", "us-west-2"], "--account"),
        (["--interface", "", "us-west-2"], "--interface"),
        (["--lab", "healthy", "--interface", "nonesuch0", "us-west-2"], "nonesuch0"),
        (["--lab", "healthy", "--ec2", "us-west-2"], "--ec2"),
        (["--ip-ranges", "", "us-west-2"], "--ip-ranges"),
        (["--ip-ranges", "/nonexistent.json", "us-west-2"], "no file /nonexistent.json"),
        (["--ip-ranges", "/tmp", "us-west-2"], "/tmp is not a regular file"),
        (["--ip-ranges", "/dev/zero", "us-west-2"], "/dev/zero is not a regular file"),
        (["--ip-ranges", "/bin/true", "us-west-2"], "/bin/true: line 1, column 1: expected JSON"),
    ],
)
def test_bad_usage_is_one_sentence_that_names_the_place(refuses, arguments, says):
    refuses("check", *arguments, says=says)


def interrupted(arguments, after):
    process = subprocess.Popen([ECR6, "check", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(after)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    return process.returncode, out.decode(), err.decode()


def test_ctrl_c_prints_what_there_is(validate):
    status, out, err = interrupted(["--lab", "ipv6-silent", "--timeout", "20", "--deadline", "30", "--json", *API], 1.5)
    assert (status, err) == (3, "")
    seen = validate(json.loads(out))
    assert seen["interrupted"] is True
    causes = {(attempt["family"], attempt["cause"]) for attempt in seen["endpoints"][0]["attempts"]}
    assert causes == {("ipv6", "interrupted"), ("ipv4", None)}


@pytest.mark.parametrize("early", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_before_the_run_began_gives_the_partial_result(validate, tmp_path, early):
    """The authorities come through a pipe: whoever can open it for writing knows that the run is still being prepared."""
    pipe, authorities = tmp_path / "authorities.pem", certificate(tmp_path)
    os.mkfifo(pipe)
    options = ["--resolver", "127.0.0.1:1", "--ca-file", pipe, "--json", *API]
    process = subprocess.Popen([ECR6, "check", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    sent, deadline = False, time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        try:
            with open(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK), "wb") as writing:
                if not sent:
                    process.send_signal(early)
                sent = True
                writing.write(authorities)
        except OSError:  # nobody reads at the moment
            time.sleep(0.01)
    out, err = process.communicate(timeout=20)
    assert sent and (process.returncode, err) == (3, b"")
    seen = validate(json.loads(out))
    assert seen["interrupted"] is True and seen["endpoints"][0]["ipv6"] == "not_tested"


def certificate(folder):
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=ca"]
    made = subprocess.run([*command, "-keyout", folder / "key.pem"], capture_output=True, check=True, timeout=30)
    return made.stdout


def test_ctrl_c_while_the_report_is_stuck_in_a_pipe_ends_with_a_message():
    reading, writing = os.pipe()
    size = fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, 4096)
    process = subprocess.Popen([ECR6, "check", "--lab", "healthy", "--json", *API], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    deadline = time.monotonic() + 20
    while waiting_in(reading) < size and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    os.close(reading)
    assert process.returncode == 3 and err == b"ecr6: interrupted while the report was being written\n"


def waiting_in(pipe):
    return int.from_bytes(fcntl.ioctl(pipe, termios.FIONREAD, bytes(4)), sys.byteorder)


def test_a_closed_pipe_and_a_full_disk_end_with_a_message():
    with open("/dev/full", "w") as full:
        done = subprocess.run([ECR6, "check", "--lab", "healthy", *API], stdout=full, stderr=subprocess.PIPE, timeout=20)
    assert done.returncode == 3 and b"No space left" in done.stderr
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([ECR6, "check", "--lab", "healthy", *API], stdout=writing, stderr=subprocess.PIPE, timeout=20)
    os.close(writing)
    assert done.returncode == 3 and b"Broken pipe" in done.stderr


def test_output_that_cannot_be_written_leaves_nothing_half_done(run, tmp_path):
    result = run("check", "--lab", "healthy", "--output", tmp_path / "missing" / "run.json", *API)
    assert result.status == 3 and "missing" in result.stderr
    assert list(tmp_path.glob("*.json*")) == []


def test_too_few_files_are_one_clear_sentence():
    command = ["sh", "-c", f'ulimit -n 12; exec "{ECR6}" check --lab healthy us-west-2']
    done = subprocess.run(command, capture_output=True, text=True, timeout=30)
    assert (done.returncode, done.stdout) == (3, "")
    assert "may open 12 files, too few for a run" in done.stderr and done.stderr.count("\n") == 1


@pytest.mark.parametrize("target, finding", [
    ("us-west-2", "run.placeholder-account"),
    ("api.ecr.us-west-2.api.aws", "dns.wrong-name"),
    ("ecr.us-west-2.amazonaws.com", "ecr.older-name"),
    ("registry.example", "ecr.not-an-ecr-name"),
])
def test_what_a_finding_says_is_no_note_as_well(check, target, finding):
    seen = check("--lab", "healthy", target, status=0)
    assert [each["id"] for each in seen["findings"]].count(finding) == 1
    assert seen["notes"] == []


def test_few_files_lower_the_concurrency_and_that_is_said():
    command = ["sh", "-c", f'ulimit -n 40; exec "{ECR6}" check --lab healthy us-west-2 --json']
    done = subprocess.run(command, capture_output=True, timeout=30)
    seen = json.loads(done.stdout)
    assert done.returncode == 0, done.stderr
    assert any("concurrency lowered" in note for note in seen["notes"])


def in_namespace(script):
    """Runs a shell script without any network and with its own mounts; root only."""
    return subprocess.run(["unshare", "-n", "-m", "sh", "-c", script], capture_output=True, timeout=30, text=True)


needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root for a namespace")


@needs_root
def test_without_loopback_ipv6_the_lab_says_so():
    done = in_namespace(f'ip link set lo up; sysctl -qw net.ipv6.conf.lo.disable_ipv6=1; "{ECR6}" check --lab healthy us-west-2')
    assert done.returncode == 3 and done.stdout == "" and "IPv6" in done.stderr


@needs_root
def test_without_a_nameserver_it_says_so(tmp_path):
    empty = tmp_path / "resolv.conf"
    empty.write_text("# nothing here\n")
    done = in_namespace(f'mount --bind {empty} /etc/resolv.conf; "{ECR6}" check us-west-2')
    assert done.returncode == 3 and done.stdout == "" and "nameserver" in done.stderr


@needs_root
def test_without_any_network_nothing_is_called_broken(validate, tmp_path):
    conf = tmp_path / "resolv.conf"
    conf.write_text("nameserver 192.0.2.1\n")
    done = in_namespace(f'mount --bind {conf} /etc/resolv.conf; "{ECR6}" check us-west-2 --json')
    seen = validate(json.loads(done.stdout))
    assert done.returncode == 3
    assert {endpoint["ipv6"] for endpoint in seen["endpoints"]} == {"not_tested"}
