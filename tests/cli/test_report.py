"""ecr6 report: recorded runs, diagnosed and rendered again. The records are in data/."""

import json
import os
import re
import stat
import subprocess
import time
from pathlib import Path

import pytest

from conftest import ECR6

DATA = Path(__file__).parent / "data"
RUNS = {"healthy": 0, "one-address-refused": 1, "no-aaaa": 2, "no-route": 2, "interrupted": 3, "hostile": 0}
WORDS = {0: "OK", 1: "WARNING", 2: "CRITICAL", 3: "UNKNOWN"}


def record(name):
    return DATA / f"{name}.json"


def changed(tmp_path, change, name="healthy"):
    """A record with one thing changed; `change` gets the whole object."""
    value = json.loads(record(name).read_text())
    change(value)
    path = tmp_path / "changed.json"
    path.write_text(json.dumps(value))
    return path


def words_of(value):
    """What a reader acts on: words, finding ids, verdict."""
    return ([(e["ipv6"], e["ipv4"]) for e in value["endpoints"]],
            [(f["id"], f["severity"], f["family"]) for f in value["findings"]], value["verdict"])


def test_every_record_is_tested():
    assert {path.stem for path in DATA.glob("*.json")} == set(RUNS)


@pytest.mark.parametrize("name", RUNS)
def test_a_record_fits_the_schema_and_renders_as_it_was_recorded(run, validate, name):
    validate(json.loads(record(name).read_text()))
    result = run("report", "--json", record(name))
    if os.environ.get("ECR6_REWRITE_RECORDS"):  # after a deliberate change of rules or contract; read the diff
        record(name).write_text(result.stdout)
    assert result.status == RUNS[name]
    assert validate(result.json)["verdict"]["exit_code"] == RUNS[name]
    assert result.stdout == record(name).read_text()
    assert result.stderr == ""


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("options", [[], ["-v"], ["--format", "verbose"], ["--format=text"], ["-q"]])
def test_text_forms_end_in_a_short_summary_line_and_are_the_same_each_time(run, name, options):
    first, second = run("report", *options, record(name)), run("report", *options, record(name))
    assert first == second and first.status == RUNS[name]
    summary = first.stdout.rstrip("\n").split("\n")[-1]
    assert re.match(rf"ECR6 {WORDS[RUNS[name]]} - ", summary) and len(summary) < 80
    if options == ["-q"]:
        assert first.stdout == summary + "\n"


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("options", [[], ["-v"], ["-q"], ["--json"]])
def test_nothing_that_a_terminal_acts_on_gets_through(run, name, options):
    output = run("report", *options, record(name)).stdout
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", output.replace("\u202e", "") if "--json" in options
                         else output)


def test_the_text_form_fits_80_columns(run):
    for name in set(RUNS) - {"hostile"}:
        assert max(map(len, run("report", record(name)).stdout.split("\n"))) <= 80


def test_the_transcript_reads_like_curl(run):
    text = run("report", "-v", record("one-address-refused")).stdout
    for line in ["* Host ecr.us-west-2.api.aws:443 was resolved.", "*   Trying [2600:1f14::1]:443...",
                 "* Connected to ecr.us-west-2.api.aws (2600:1f14::1) port 443",
                 "* SSL connection using TLSv1.3 / TLS_AES_128_GCM_SHA256", "* ALPN: server accepted http/1.1",
                 "*  SSL certificate verify ok.", "> GET /v2/ HTTP/1.1", "< HTTP/1.1 401 Unauthorized",
                 "* connect to 2600:1f14::2 port 443 from 2600:1f18::5 failed: connection_refused (Connection refused)"
                 " after 12 ms"]:
        assert line in text.split("\n")


def test_every_address_that_was_tried_is_in_the_transcript(run):
    for name in RUNS:
        text = run("report", "-v", record(name)).stdout
        for endpoint in json.loads(record(name).read_text())["endpoints"]:
            for attempt in endpoint["attempts"]:
                assert re.search(rf"^\*   Trying \[?{re.escape(attempt['address'])}\]?:443\.\.\.$", text, re.M)


def test_an_interrupted_run_says_so_first(run):
    for options in [], ["-v"]:
        text = run("report", *options, record("interrupted")).stdout
        assert "INTERRUPTED" in "\n".join(text.split("\n")[:3])


@pytest.mark.parametrize("options, env, coloured", [
    ([], {}, False), (["--color", "always"], {}, True), (["--color=never"], {}, False),
    (["--color", "always"], {"NO_COLOR": "1"}, True), (["--color", "auto"], {}, False)])
def test_colour_in_a_pipe_is_only_what_was_asked_for(run, options, env, coloured):
    assert ("\x1b[" in run("report", *options, record("no-route"), env=env).stdout) == coloured


@pytest.mark.parametrize("env, coloured", [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)])
def test_colour_on_a_terminal_follows_no_color(env, coloured):
    controller, terminal = os.openpty()
    environment = {key: value for key, value in os.environ.items() if key != "NO_COLOR"} | env
    done = subprocess.run([ECR6, "report", record("no-route")], stdout=terminal, env=environment, timeout=30)
    os.close(terminal)
    text = os.read(controller, 65536)
    os.close(controller)
    assert done.returncode == 2 and (b"\x1b[31m" in text) == coloured


def test_standard_input_is_a_record_too(run):
    assert run("report", "-", stdin=record("no-aaaa").read_text()) == run("report", record("no-aaaa"))


@pytest.mark.parametrize("require, status", [("ipv6", 2), ("migrate", 0), ("dual", 2), ("any", 0)])
def test_require_decides_the_exit_code(run, require, status):
    result = run("report", "--json", "--require", require, record("no-route"))
    assert result.status == status and result.json["verdict"]["require"] == require


def test_strict_turns_degraded_into_critical(run):
    assert run("report", "-q", record("one-address-refused")).status == 1
    result = run("report", "-q", "--strict", record("one-address-refused"))
    assert result.status == 2 and result.stdout.startswith("ECR6 CRITICAL - IPv6 degraded")


@pytest.mark.parametrize("names, status", [
    (["healthy", "one-address-refused"], 1), (["no-aaaa", "healthy", "one-address-refused"], 2),
    (["interrupted", "no-aaaa"], 3), (["healthy", "healthy"], 0)])
def test_several_runs_exit_with_the_worst(run, validate, names, status):
    files = [record(name) for name in names]
    text = run("report", *files)
    assert text.status == status
    assert [line for line in text.stdout.split("\n") if line.startswith("==>")] == [f"==> {f} <==" for f in files]
    assert run("report", "-q", *files).stdout.count("\n") == len(files)
    values = run("report", "--json", *files).json
    assert [validate(value)["verdict"]["exit_code"] for value in values] == [RUNS[name] for name in names]


def test_redacted_runs_diagnose_the_same_and_name_nothing_of_the_house(run, validate):
    secrets = ["210987654321", "build-7", "corp.example", "10.20.0.5", "10.20.0.2", "2600:1f18::5"]
    for name in set(RUNS) - {"hostile"}:
        plain = run("report", "--json", record(name))
        hidden = run("report", "--json", "--redact", record(name))
        assert words_of(validate(hidden.json)) == words_of(plain.json) and hidden.status == plain.status
        again = run("report", "--json", "-", stdin=hidden.stdout)
        assert again.stdout == hidden.stdout
        for options in ["--json"], ["-v"], []:
            text = run("report", "--redact", *options, record(name)).stdout
            assert not [secret for secret in secrets if secret in text]
    assert "000000000001.dkr-ecr.us-west-2.on.aws" in run("report", "--redact", record("healthy")).stdout


def test_output_is_written_beside_and_renamed(run, tmp_path):
    target = tmp_path / "report.txt"
    target.write_text("old")
    target.chmod(0o600)
    before = target.stat().st_ino
    result = run("report", "--output", target, record("no-aaaa"))
    assert (result.status, result.stdout, result.stderr) == (2, "", "")
    assert target.read_text() == run("report", record("no-aaaa")).stdout
    assert target.stat().st_ino != before and stat.S_IMODE(target.stat().st_mode) == 0o644 & ~current_umask()
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["report.txt"]


def current_umask():
    mask = os.umask(0)
    os.umask(mask)
    return mask


def test_output_follows_a_link_and_writes_into_a_device(run, tmp_path):
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    assert run("report", "-q", "-o", tmp_path / "link", record("healthy")).status == 0
    assert (tmp_path / "link").is_symlink() and (tmp_path / "real").read_text().startswith("ECR6 OK")
    assert run("report", "-q", "-o", "/dev/null", record("healthy")).status == 0
    assert Path("/dev/null").is_char_device()
    assert run("report", "-q", "-o", "-", record("healthy")).stdout.startswith("ECR6 OK")


@pytest.mark.parametrize("target, says", [("missing/x", "No such file or directory"), ("", "expected"),
                                          (".", "Is a directory"), ("/dev/full", "No space left on device")])
def test_output_that_cannot_be_written_is_one_sentence(refuses, target, says):
    refuses("report", "--output", target, record("healthy"), says=says)


def test_a_full_disk_on_standard_output_is_said():
    with open("/dev/full", "w") as full:
        done = subprocess.run([ECR6, "report", record("healthy")], stdout=full, stderr=subprocess.PIPE, timeout=30)
    assert done.returncode == 3 and b"No space left on device" in done.stderr


def test_bad_usage_is_one_sentence(refuses):
    refuses("report", says="FILE")
    refuses("report", "--bogus", record("healthy"), says="--bogus")
    refuses("report", "--require", "both", record("healthy"), says="ipv6|migrate|dual|any")
    refuses("report", "--color", "red", record("healthy"), says="auto|always|never")
    refuses("report", "-v", "-q", record("healthy"), says="expected at most one of them")


def test_an_unknown_format_is_bad_usage(run):
    result = run("report", "--format", "xml", record("healthy"))
    assert (result.status, result.stdout) == (3, "") and "text|verbose|json" in result.stderr


def test_bad_input_is_one_sentence_that_names_the_place(refuses, tmp_path):
    text = record("healthy").read_text()
    (tmp_path / "cut.json").write_text(text[:len(text) // 2])
    (tmp_path / "empty.json").write_text(" \n")
    (tmp_path / "other.json").write_text('{"schema": "ecr6.check/2"}')
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "deep.json").write_text("[" * 100000)
    (tmp_path / "noise.json").write_bytes(bytes(range(256)))
    refuses("report", tmp_path / "cut.json", says="cut.json: line ")
    refuses("report", tmp_path / "empty.json", says="empty.json: empty; expected")
    refuses("report", tmp_path / "other.json", says='found "ecr6.check/2"')
    refuses("report", tmp_path / "list.json", says="list.json: ")
    refuses("report", tmp_path / "deep.json", says="deep.json: ")
    refuses("report", tmp_path / "noise.json", says="noise.json: ")
    refuses("report", tmp_path / "missing.json", says="missing.json: No such file or directory")
    refuses("report", tmp_path, says="Is a directory")
    refuses("report", "-", says="standard input: empty")
    refuses("report", record("healthy"), tmp_path / "cut.json", says="cut.json")


@pytest.mark.parametrize("change, says", [
    (lambda v: v["endpoints"][0].update(port="x"), "/endpoints/0/port"),
    (lambda v: v["endpoints"][0]["attempts"][0].update(address="nowhere"), "/endpoints/0/attempts/0/address"),
    (lambda v: v.pop("endpoints"), "/endpoints"),
    (lambda v: v.update(started_at="yesterday"), "/started_at")])
def test_a_field_that_does_not_fit_is_named(refuses, tmp_path, change, says):
    refuses("report", changed(tmp_path, change), says=says)


def test_a_gigabyte_of_garbage_is_refused_without_being_read(refuses, tmp_path):
    huge = tmp_path / "huge.json"
    with open(huge, "wb") as file:
        file.truncate(1 << 30)
    started = time.monotonic()
    refuses("report", huge, says="huge.json: larger than 64 MiB")
    assert time.monotonic() - started < 5


def test_endless_garbage_in_a_pipe_costs_bounded_memory():
    """256 MiB of address space hold the 64 MiB that are read at most, but not a gigabyte."""
    limited = f"ulimit -v 262144; exec '{ECR6}' report -"
    with open("/dev/zero") as zero:
        done = subprocess.run(["sh", "-c", limited], stdin=zero, capture_output=True, timeout=30)
    if b"AddressSanitizer" in done.stderr:
        pytest.skip("AddressSanitizer reserves more address space than the limit leaves")
    assert done.returncode == 3 and b"standard input: larger than 64 MiB" in done.stderr
