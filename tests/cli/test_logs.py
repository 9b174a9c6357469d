"""`ecr6 logs`: CloudTrail files in every form they come in, whole and broken; log samples, and parsers tried on them."""

import gzip
import json
import os
import pty
import signal
import subprocess
import time

import pytest
from conftest import ECR6

IPV4_ONLY = "api.ecr.us-west-2.amazonaws.com"
DUAL_STACK = "ecr.us-west-2.api.aws"


def event(source="203.0.113.7", host=IPV4_ONLY, role="Puller", service="ecr", **fields):
    tls = {"tlsDetails": {"tlsVersion": "TLSv1.3", "clientProvidedHostHeader": host}} if host else {}
    return {
        "eventVersion": "1.11",
        "userIdentity": {
            "type": "AssumedRole",
            "arn": f"arn:aws:sts::123456789012:assumed-role/{role}/i-0123456789abcdef0",
            "sessionContext": {"sessionIssuer": {"arn": f"arn:aws:iam::123456789012:role/{role}"}},
        },
        "eventTime": "2026-08-22T15:17:05Z",
        "eventSource": f"{service}.amazonaws.com",
        "eventName": "BatchGetImage",
        "awsRegion": "us-west-2",
        "sourceIPAddress": source,
        "userAgent": "containerd/v1.7.2",
        "requestParameters": {"repositoryName": 'a "quoted\\" {[name'},
        "responseElements": None,
        **tls,
        **fields,
    }


def records(*events):
    return json.dumps({"Records": list(events)})


@pytest.fixture
def logs(run, validate, tmp_path):
    """logs(arguments…) -> (JSON report, Result) of `ecr6 logs --json`."""

    def call(*arguments, **options):
        result = run("logs", "--json", *arguments, **options)
        report = validate(result.json)
        assert report["exit_code"] == result.status
        return report, result

    return call


def ways(report):
    return {way: count for way, count in report["total"]["ways"].items() if count}


def keys(table, *names):
    return [tuple(row[name] for name in (*names, "events")) for row in table["rows"]]


FORMS = {
    "Records": lambda a, b: records(a, b),
    "Records indented": lambda a, b: json.dumps({"Records": [a, b]}, indent=4),
    "Records behind other keys": lambda a, b: json.dumps({"x": {"Records": 1}, "y": ["]"], "Records": [a, b], "z": [{}]}),
    "JSON Lines": lambda a, b: json.dumps(a) + "\n" + json.dumps(b) + "\n",
    "JSON Lines with CRLF": lambda a, b: json.dumps(a) + "\r\n" + json.dumps(b) + "\r\n",
    "one file a line": lambda a, b: records(a) + "\n" + records(b),
    "an array": lambda a, b: json.dumps([a, b]),
    "slurped files": lambda a, b: json.dumps([{"Records": [a]}, {"Records": [b]}]),
    "events indented": lambda a, b: json.dumps(a, indent=2) + "\n" + json.dumps(b, indent=2),
    "sorted keys": lambda a, b: json.dumps({"Records": [a, b]}, sort_keys=True),
    "byte order mark": lambda a, b: "\ufeff" + records(a, b),
    "lookup-events": lambda a, b: json.dumps({"Events": [{"EventId": "1", "CloudTrailEvent": json.dumps(e)} for e in (a, b)]}),
    "EventBridge": lambda a, b: "\n".join(json.dumps({"detail-type": "x", "detail": e}) for e in (a, b)),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("packed", [False, True])
def test_every_form_of_file_gives_the_same_counts(logs, tmp_path, form, packed):
    text = FORMS[form](event(), event("2001:db8:1:2::5", DUAL_STACK)).encode()
    file = tmp_path / ("log.json.gz" if packed else "log.json")
    file.write_bytes(gzip.compress(text) if packed else text)
    report, result = logs(file)
    assert (result.status, result.stderr) == (0, "")
    assert ways(report) == {"ipv4_only_name": 1, "ipv6": 1}
    assert report["input"]["records"] == 2
    assert report["input"]["foreign_files"] == 0
    assert report["input"]["bytes"] == len(text)


def test_standard_input_plain_and_packed(logs):
    for data in (records(event()).encode(), gzip.compress(records(event()).encode())):
        report, _ = logs("-", stdin=data)
        assert report["total"]["events"] == 1


def test_who_calls_how(logs, tmp_path):
    file = tmp_path / "log.json"
    events = [event()] * 3 + [event(role="Other")] * 2
    events += [event("203.0.113.8", DUAL_STACK), event("2001:db8:1:2::5", DUAL_STACK), event("2001:db8:1:2::6", DUAL_STACK)]
    events += [event("AWS Internal", None, userAgent="AWS Internal"), event("ecs-tasks.amazonaws.com", None)]
    events += [event("198.51.100.1", None), event("HIDDEN_DUE_TO_SECURITY_REASONS", None)]
    events += [event("10.1.2.3", DUAL_STACK, vpcEndpointId="vpce-0a1b", errorCode="AccessDenied")]
    events += [event("203.0.113.9", "public.ecr.aws", service="ecr-public")]
    events += [event(service="s3"), event(service="secretsmanager", eventName="Decrypt")]
    file.write_text(records(*events))
    report, result = logs(file)
    assert result.status == 0
    assert ways(report) == {"ipv4_only_name": 6, "dual_stack_name_over_ipv4": 2, "other_name_over_ipv4": 1, "ipv6": 2,
                            "aws": 2, "unknown": 1}
    assert report["total"]["sources"] == {"ipv6": 2, "ipv4": 9, "aws": 2, "unknown": 1}
    assert (report["total"]["denied"], report["total"]["denied_over_ipv6"]) == (1, 0)
    assert report["input"]["records"] == len(events)
    callers = keys(report["callers"], "way", "principal", "host")
    assert callers[:3] == [
        ("ipv4_only_name", "arn:aws:iam::123456789012:role/Puller", IPV4_ONLY, 3),
        ("ipv4_only_name", "arn:aws:iam::123456789012:role/Other", IPV4_ONLY, 2),
        ("ipv6", "arn:aws:iam::123456789012:role/Puller", DUAL_STACK, 2),
    ]
    assert keys(report["principals"], "principal")[1] == ("arn:aws:iam::123456789012:role/Other", 2)
    assert keys(report["user_agents"], "client") == [("containerd/v1.7.2", 13), ("AWS Internal", 1)]
    hosts = {row["host"]: (row["kind"], row["dual_stack_name"]) for row in report["endpoints"]["rows"]}
    assert hosts == {IPV4_ONLY: ("ipv4_only", DUAL_STACK), DUAL_STACK: ("dual_stack", None), None: ("not_recorded", None),
                     "public.ecr.aws": ("ipv4_only", "ecr-public.aws.com")}
    assert keys(report["source_prefixes"], "prefix", "condition_key") == [
        ("203.0.113.7/32", "aws:SourceIp", 5), ("2001:db8:1:2::/64", "aws:SourceIp", 2),
        ("10.1.2.3/32", "aws:VpcSourceIp", 1), ("198.51.100.1/32", "aws:SourceIp", 1),
        ("203.0.113.8/32", "aws:SourceIp", 1), ("203.0.113.9/32", "aws:SourceIp", 1)]
    assert keys(report["vpc_endpoints"], "vpc_endpoint") == [("vpce-0a1b", 1)]
    assert keys(report["aws_sources"], "source") == [("AWS Internal", 1), ("ecs-tasks.amazonaws.com", 1)]
    assert keys(report["services"], "service") == [("ecr", 13), ("ecr-public", 1)]
    assert [(slot["start"], slot["events"]) for slot in report["timeline"]["slots"]] == [("2026-08-22T15:00:00Z", 14)]


def test_the_text_names_who_has_to_change(run, tmp_path):
    (tmp_path / "log.json").write_text(records(event(), event("2001:db8:1:2::5", DUAL_STACK, role="Done")))
    result = run("logs", "log.json")
    assert (result.status, result.stderr) == (0, "")
    asked, done = result.stdout.split("Who comes over IPv6")
    assert "Who calls an IPv4-only name" in asked and "role/Puller" in asked and "role/Done" not in asked
    assert "role/Done" in done.split("Endpoints")[0]
    assert "2001:db8:1:2::/64" in result.stdout and f"{IPV4_ONLY}  {DUAL_STACK}" in result.stdout


def test_denials_over_ipv6_point_to_policies(logs, run, tmp_path):
    events = [event("2001:db8::1", DUAL_STACK, errorCode="AccessDenied"), event(errorCode="AccessDeniedException"), event()]
    (tmp_path / "log.json").write_text(records(*events))
    report, _ = logs("log.json")
    assert (report["total"]["denied"], report["total"]["denied_over_ipv6"]) == (2, 1)
    assert "1 denied over IPv6: 'ecr6 policy'" in run("logs", "log.json").stdout


def test_a_directory_as_s3_lays_it_out(logs, tmp_path):
    day = tmp_path / "AWSLogs" / "123456789012" / "CloudTrail" / "us-west-2" / "2026" / "08" / "22"
    day.mkdir(parents=True)
    for number in range(5):
        (day / f"123456789012_CloudTrail_us-west-2_{number}.json.gz").write_bytes(gzip.compress(records(event()).encode()))
    digest = tmp_path / "AWSLogs" / "123456789012" / "CloudTrail-Digest"
    digest.mkdir()
    (digest / "digest.json.gz").write_bytes(gzip.compress(b'{"awsAccountId":"123456789012","logFiles":[{"s3Bucket":"b"}]}'))
    (tmp_path / "AWSLogs" / "README.txt").write_text("not a log")
    (tmp_path / "AWSLogs" / "loop").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "AWSLogs" / "pipe.json")
    report, result = logs(tmp_path / "AWSLogs")
    assert result.status == 0
    assert report["total"]["events"] == 5
    counts = {name: report["input"][name] for name in ("files", "foreign_files", "skipped_files", "broken_files")}
    assert counts == {"files": 6, "foreign_files": 1, "skipped_files": 3, "broken_files": 0}


BROKEN = {
    "truncated.json": (records(event(), event()).encode()[:-40], 1, "ends inside the record"),
    "no_end.json": (records(event()).encode()[:-2], 1, "ends before its array or object is closed"),
    "truncated.json.gz": (gzip.compress(records(event()).encode())[:-60], 0, "the file was cut off"),
    "damaged.json.gz": (gzip.compress(records(event()).encode())[:-8] + b"x" * 8, 1, "incorrect data check"),
    "trailing.json.gz": (gzip.compress(records(event()).encode()) + b"junk", 1, "something else behind the gzip data"),
    "text.json": (b"no JSON here\n", 0, "expected a record"),
    "line.jsonl": ((json.dumps(event()) + '\n{"eventSource":"ecr.amaz\n' + json.dumps(event())).encode(), 2, "inside a string"),
    "bad.json": (b'{"Records":[{"eventSource":"ecr.amazonaws.com",}]}', 0, "it is not JSON"),
    "binary.json": (bytes(range(256)) * 64, 0, "expected a record"),
    "huge.jsonl": ((json.dumps(event()) + '\n{"x":"' + "x" * 3_000_000 + '"}\n' + json.dumps(event())).encode(), 2,
                   "more than 2097152 bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_named_and_the_rest_is_counted(logs, run, tmp_path, name):
    data, events, says = BROKEN[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.json").write_text(records(event(role="Good")))
    report, result = logs(name, "good.json")
    assert result.status == 1
    assert result.stderr.startswith("ecr6: " + name) and says in result.stderr and result.stderr.count("\n") == 1
    assert report["total"]["events"] == events + 1
    assert report["input"]["broken_files"] == 1 and report["input"]["files"] == 2
    assert says in report["input"]["problems"][0]["message"]
    plain = run("logs", name, "good.json")
    assert plain.status == 1 and "Not counted: 1 broken file" in plain.stdout and says in plain.stdout


def test_gzip_members_one_after_the_other(logs, tmp_path):
    text = records(event(), event()).encode()
    (tmp_path / "log.gz").write_bytes(gzip.compress(text[:100]) + gzip.compress(text[100:]) + b"\0" * 512)
    report, result = logs("log.gz")
    assert (result.status, report["total"]["events"]) == (0, 2)


def test_an_unreadable_directory_and_file_are_named(logs, tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "file.json").touch(mode=0)
    report, result = logs(tmp_path)
    assert result.status == 1
    assert {problem["file"] for problem in report["input"]["problems"]} == {str(tmp_path / "closed"), str(tmp_path / "file.json")}


def test_bytes_that_are_no_utf8_and_escapes_stay_harmless(run, logs, tmp_path):
    text = records(event(userAgent="MARK", role="\x1b[31mred\u202e")).encode().replace(b"MARK", b"\xff\xfe\x80")
    (tmp_path / "log.json").write_bytes(text)
    report, _ = logs("log.json")
    assert report["user_agents"]["rows"][0]["example"] == "\ufffd" * 3
    plain = run("logs", "log.json").stdout
    assert "\x1b" not in plain and "\u202e" not in plain and "\\x1b[31mred" in plain


def test_huge_cardinality_is_bounded_and_adds_up(logs, tmp_path):
    count = 20_000
    lines = (json.dumps(event(f"2001:db8:{n >> 8:x}:{n & 255:x}::1", DUAL_STACK, role=f"r{n}")) for n in range(count))
    (tmp_path / "log.jsonl").write_text("\n".join(lines))
    report, _ = logs("log.jsonl")
    for name in ("callers", "principals", "source_prefixes"):
        table = report[name]
        assert table["lower_bounds"] and len(table["rows"]) == 4096
        assert sum(row["events"] for row in table["rows"]) + table["others"]["events"] == count
    assert report["endpoints"]["lower_bounds"] is False


def test_memory_does_not_grow_with_the_input(tmp_path):
    line = json.dumps(event()) + "\n"
    # A sanitizer keeps freed memory back; not so much that the input's own size would be lost in it.
    options = os.environ.get("ASAN_OPTIONS", "") + ":quarantine_size_mb=4"

    def peak_kb(megabytes):
        done = subprocess.run(["/usr/bin/time", "-f", "%M", ECR6, "logs", "--json", "-"], capture_output=True, check=True,
                              env={**os.environ, "ASAN_OPTIONS": options},
                              input=line.encode() * (megabytes * 1_000_000 // len(line)))
        return int(done.stderr.split()[-1])

    assert peak_kb(64) < peak_kb(1) + 24_000


def test_fail_on(run, tmp_path):
    (tmp_path / "old.json").write_text(records(event()))
    (tmp_path / "over4.json").write_text(records(event(host=DUAL_STACK)))
    (tmp_path / "new.json").write_text(records(event("2001:db8::1", DUAL_STACK), event("AWS Internal", None)))
    cases = [("old.json", "ipv4-only-name", 1), ("old.json", "ipv4", 1), ("over4.json", "ipv4-only-name", 0),
             ("over4.json", "ipv4", 1), ("new.json", "ipv4-only-name", 0), ("new.json", "ipv4", 0)]
    for file, what, status in cases:
        result = run("logs", file, "--fail-on", what)
        assert result.status == status, (file, what, result)
        assert (f"--fail-on {what}: 1 event " in result.stderr) == (status == 1)
    assert run("logs", "old.json").status == 0
    both = run("logs", "--fail-on", "ipv4", "--fail-on", "ipv4-only-name", "over4.json", "new.json")
    assert both.status == 1 and "--fail-on ipv4:" in both.stderr and "ipv4-only-name" not in both.stderr


def test_no_events_is_no_error(logs, tmp_path):
    (tmp_path / "empty.json").touch()
    (tmp_path / "none.json").write_text('{"Records":[]}')
    report, result = logs("empty.json", "none.json")
    assert (result.status, report["total"]["events"], report["input"]["foreign_files"]) == (0, 0, 2)


def test_usage(refuses, tmp_path):
    (tmp_path / "log.json").write_text("{}")
    refuses("logs", says="at least one PATH")
    refuses("logs", "log.json", "missing.json", says="PATH 'missing.json' does not exist")
    refuses("logs", "log.json", "--fail-on", "ipv7", says="--fail-on")
    refuses("logs", "log.json", "--top", "-1", says="--top")
    refuses("logs", "log.json", "--lines", "combined", says="--lines and --time-limit only go with")
    refuses("logs", "--samples", "--try", "cat", says="--samples and --try exclude each other")
    refuses("logs", "--samples", "log.json", says="--samples and --try read no log")
    refuses("logs", "--try", "", says="expects a command")
    refuses("logs", "--try", "cat", "--time-limit", "0", says="--time-limit")


def test_a_terminal_gets_a_progress_line_and_a_file_none(tmp_path):
    controller, terminal = pty.openpty()
    process = subprocess.Popen([ECR6, "logs", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=terminal)
    os.close(terminal)
    line = json.dumps(event()).encode() + b"\n"
    for _ in range(4):
        process.stdin.write(line * 500)
        process.stdin.flush()
        time.sleep(0.15)
    process.stdin.close()
    seen = b""
    try:
        while chunk := os.read(controller, 4096):
            seen += chunk
    except OSError:  # how Linux says that the other end is gone
        pass
    assert process.wait(timeout=30) == 0
    assert b"1 files, " in seen and b" records" in seen and seen.endswith(b"\r\x1b[K")
    process.stdout.close()


FORMATS = ["cloudtrail", "s3_access", "combined"]


def test_samples_are_lines_that_ecr6_reads_itself(run, logs, validate):
    result = run("logs", "--samples", "--lines", "cloudtrail")
    assert result.status == 0
    lines = result.stdout.splitlines()
    samples = [s for s in validate(run("logs", "--samples", "--json").json)["samples"] if s["format"] == "cloudtrail"]
    assert [s["line"] for s in samples] == lines
    assert [json.loads(line)["sourceIPAddress"] for line in lines] == [s["written"] for s in samples]
    spellings = {s["spelling"] for s in samples}
    assert spellings >= {"compressed", "full", "upper_case", "mapped", "brackets", "brackets_full", "brackets_mapped"}
    # A bracket with a port is no sourceIPAddress that CloudTrail writes; all others are read.
    report, _ = logs("-", stdin=result.stdout)
    assert report["total"]["sources"]["unknown"] == 1
    assert report["total"]["sources"]["ipv6"] + report["total"]["sources"]["ipv4"] == len(lines) - 1


def test_samples_of_every_format(run):
    everything = run("logs", "--samples").stdout
    assert everything == "".join(run("logs", "--samples", "--lines", name).stdout for name in FORMATS)


@pytest.fixture
def trial(run, validate):
    """trial(command, …) -> ({format: its result}, Result)."""

    def call(command, *arguments):
        result = run("logs", "--json", "--try", command, *arguments)
        report = validate(result.json)
        assert report["exit_code"] == result.status and report["command"] == command
        return {found["format"]: found for found in report["formats"]}, result

    return call


def missing(found):
    return {sample["spelling"] for sample in found["missing"]}


def test_a_parser_that_keeps_everything(trial):
    found, result = trial("cat")
    assert (result.status, result.stderr) == (0, "")
    assert [found[name]["fit"] for name in FORMATS] == ["complete"] * 3


def test_a_parser_for_one_format_is_judged_by_that_one(trial):
    found, result = trial("jq -r .sourceIPAddress")
    assert result.status == 0
    assert [found[name]["fit"] for name in FORMATS] == ["complete", "not_read", "not_read"]
    assert found["combined"]["code"] != 0 and found["combined"]["stderr"]


def test_an_ipv4_pattern_loses_ipv6(trial, run):
    found, result = trial(r"grep -oE '[0-9]{1,3}(\.[0-9]{1,3}){3}'")
    assert result.status == 1
    lost = missing(found["combined"])
    assert found["combined"]["fit"] == "loses_ipv6"
    assert {"compressed", "full", "upper_case", "brackets"} <= lost and not {"ipv4", "mapped"} & lost
    text = run("logs", "--try", r"grep -oE '[0-9]{1,3}(\.[0-9]{1,3}){3}'").stdout
    assert "compressed             2001:db8:1:2::a1" in text


def test_a_lower_case_pattern_loses_upper_case_alone(trial):
    found, _ = trial(r"grep -oE '^\[?[0-9a-f:.]+\]?(:[0-9]+)?'", "--lines", "combined")
    assert missing(found["combined"]) == {"upper_case", "upper_case_full", "mixed_case", "mapped_upper_case",
                                          "brackets_upper_case"}


def test_an_address_that_is_cut_short_is_shown(trial):
    found, _ = trial("cut -d' ' -f1 | cut -c1-15", "--lines", "combined")
    assert "full" in missing(found["combined"])
    assert "compressed" in missing(found["combined"]) and found["combined"]["unexpected"]


@pytest.mark.parametrize("command, end, code", [
    ("exit 7", "exited", 7),
    ("kill -9 $$", "signalled", signal.SIGKILL),
    ("no-such-command-here", "exited", 127),
    ("exec <&-; yes | head -c 9000000; cat", "exited", 1),
])
def test_a_parser_that_fails_is_a_result(trial, command, end, code):
    found, result = trial(command, "--lines", "combined")
    assert (result.status, result.stderr) == (1, "")
    assert (found["combined"]["fit"], found["combined"]["end"], found["combined"]["code"]) == ("not_read", end, code)


def test_a_parser_that_hangs_is_ended_with_what_it_started(trial, tmp_path):
    marker = tmp_path / "pid"
    started = time.monotonic()
    found, result = trial(f"sh -c 'echo $$ > {marker}; exec sleep 60' & wait", "--lines", "combined", "--time-limit", "1")
    assert time.monotonic() - started < 20
    assert (result.status, found["combined"]["end"]) == (1, "timed_out")
    pid = int(marker.read_text())
    for _ in range(100):
        try:
            os.kill(pid, 0)
            state = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0]
        except (ProcessLookupError, FileNotFoundError):
            break
        if state == "Z":
            break
        time.sleep(0.05)
    else:
        pytest.fail("the parser's child is still running")


def test_a_parser_that_prints_too_much_is_cut(trial, run):
    found, _ = trial("cat; head -c 9000000 /dev/zero | tr '\\0' x", "--lines", "combined")
    assert found["combined"]["output_cut"] and found["combined"]["fit"] == "complete"


def test_an_interrupt_ends_the_parser_too(tmp_path):
    marker = tmp_path / "pid"
    process = subprocess.Popen([ECR6, "logs", "--try", f"echo $$ > {marker}; exec sleep 60"])
    for _ in range(200):
        if marker.exists() and marker.read_text().strip():
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == -signal.SIGINT
    with pytest.raises(ProcessLookupError):
        os.kill(int(marker.read_text()), 0)
