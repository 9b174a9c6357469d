"""`ecr6 policy`: every form a policy comes in, exit codes, callers, and suggestions that `patch` applies. Offline."""

import json
import subprocess
import urllib.parse

import pytest

V4 = "198.18.0.0/15"
V6 = "2a00:1234:5600::/56"


def policy(effect="Deny", op="NotIpAddress", values=V4, action="ecr:*", **more):
    return {"Version": "2012-10-17", "Statement": [
        {"Sid": "Filter", "Effect": effect, "Action": action, "Resource": "*",
         "Condition": {op: {"aws:SourceIp": values}}, **more}]}


@pytest.fixture
def judge(run, validate, tmp_path):
    """The JSON report on one text, and the exit code that goes with it."""

    def call(text, *arguments, name="policy.json"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        result = run("policy", file, "--json", *arguments)
        value = validate(result.json)
        assert value.get("exit_code", 3) == result.status, result
        return value

    return call


def ids(report):
    return {finding["id"] for finding in report["findings"]}


BARE = json.dumps(policy(), indent=4)
FORMS = {
    "bare": BARE,
    "one line": json.dumps(policy()),
    "byte order mark, CRLF": b"\xef\xbb\xbf" + BARE.replace("\n", "\r\n").encode(),
    "get-repository-policy": json.dumps({"registryId": "1", "repositoryName": "r", "policyText": BARE}, indent=2),
    "get-policy-version": json.dumps({"PolicyVersion": {"Document": policy()}}),
    "percent-encoded": urllib.parse.quote(BARE, safe=""),
    "percent-encoded in a wrapper": json.dumps({"PolicyDocument": urllib.parse.quote(BARE, safe="")}),
    "a JSON string": json.dumps(BARE),
    "JSON Lines": json.dumps(policy()) + "\n" + json.dumps(policy("Allow", "IpAddress", ["192.88.1.0/24"])) + "\n",
    "several documents": BARE + "\n" + BARE + "\n",
    "statement object": json.dumps({"Statement": policy()["Statement"][0]}, indent=1),
    "block list": json.dumps(policy("Allow", "NotIpAddress"), indent=4) + "\n",
    "block list in a wrapper": json.dumps({"policyText": json.dumps(policy("Deny", "IpAddress"), indent=2)}),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_judged_and_its_suggestion_applies_and_comes_out_clean(judge, run, tmp_path, form):
    text = FORMS[form] if isinstance(FORMS[form], bytes) else FORMS[form].encode()
    report = judge(text)
    assert report["exit_code"] == 2 and report["errors"] == []
    suggested = run("policy", tmp_path / "policy.json", "--suggest", V6)
    assert suggested.status == 2 and suggested.stderr == ""
    command = ["patch", "--binary", "-o", "-", tmp_path / "policy.json"]
    patched = subprocess.run(command, input=suggested.stdout.encode(), capture_output=True, check=True).stdout
    assert judge(patched, name="patched.json")["exit_code"] == 0
    assert judge(text, "--suggest", V6)["suggestions"][0]["text"].encode() == patched
    # Nothing is taken away: what was there is still there, in order.
    rest = iter(patched)
    assert all(byte in rest for byte in text)


def test_standard_input_and_its_name(run, validate):
    result = run("policy", "-", "--json", stdin=BARE)
    assert result.status == 2 and validate(result.json)["documents"][0]["file"] == "standard input"
    assert run("policy", stdin=BARE).status == 2


@pytest.mark.parametrize("text, status", [
    (json.dumps(policy("Allow", "IpAddress")), 2),
    (json.dumps(policy("Allow", "IpAddress", [V4, V6])), 0),
    (json.dumps(policy("Allow", "IpAddress", [V4, V6, "10.0.0.0/8"])), 1),
    (json.dumps(policy("Allow", "IpAddress", [V4, "2001:db8::/32"])), 0),
    (json.dumps(policy("Deny", "NotIpAddress", V4, "s3:*")), 0),
    (json.dumps(policy("Allow", "IpAddress", "203.0.113.0/33")), 1),
    (BARE.replace('"Effect"', '"Effect": "Allow", "Effect"'), 3),
    (BARE.replace("NotIpAddress", "NotIPAdress"), 3),
    (BARE[:-3], 3),
])
def test_exit_codes(run, tmp_path, text, status):
    (tmp_path / "p.json").write_text(text)
    assert run("policy", tmp_path / "p.json").status == status


def test_a_directory_names_the_broken_file_and_goes_on(run, validate, tmp_path):
    tree = tmp_path / "tree"
    (tree / "sub").mkdir(parents=True)
    (tree / ".git").mkdir()
    (tree / ".git" / "p.json").write_text(BARE)
    (tree / "a.json").write_text(BARE)
    (tree / "b.json").write_text("{\n  \"Statement\": [\n")
    (tree / "c.bin").write_bytes(b"{\0\1")
    (tree / "d.json").write_text("{\"name\": 1}")
    (tree / "e.txt").write_text("hello")
    (tree / "sub" / "f").write_text(BARE)
    result = run("policy", tree, "--json")
    report = validate(result.json)
    assert result.status == 3
    assert [document["file"] for document in report["documents"]] == [str(tree / "a.json"), str(tree / "sub" / "f")]
    assert [(error["file"], error["line"]) for error in report["errors"]] == [(str(tree / "b.json"), 3)]
    assert report["files"] == {"read": 4, "skipped": 2, "without_policy": 1}
    assert f"{tree / 'b.json'}:3:1: " in result.stderr


def test_a_directory_that_cannot_be_read_is_named_and_the_rest_is_judged(ordinary_user, open_directory):
    for name in ["a", "b", "c"]:
        (open_directory / name).mkdir()
        (open_directory / name / "p.json").write_text(BARE)
    (open_directory / "b").chmod(0o700)
    done = ordinary_user("policy", ".")
    assert done.status == 3 and "./b: cannot be read: Permission denied" in done.stderr
    assert "2 documents, 2 statements" in done.stdout


@pytest.mark.parametrize("name", ["with space.json", "line\nfeed.json", 'quo"te.json', "caf\u00e9.json"])
def test_patch_finds_the_file_of_a_suggestion_whatever_it_is_called(run, tmp_path, name):
    (tmp_path / name).write_text(BARE)
    diff = run("policy", name, "--suggest", V6)
    subprocess.run(["patch", "-p0"], input=diff.stdout.encode(), cwd=tmp_path, capture_output=True, check=True)
    assert run("policy", name).status == 0


def test_errors_say_where(refuses, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text('{\n "Statement": [}\n')
    refuses("policy", broken, says=f"{broken}:2:16: not JSON")
    refuses("policy", tmp_path / "none.json", says="cannot be opened: No such file or directory")
    broken.write_bytes(BARE.encode("utf-16"))
    refuses("policy", broken, says="UTF-16")
    broken.write_text('{"a": 1}')
    refuses("policy", broken, says='no policy in it')
    refuses("policy", stdin="", says="no policy in it")


def test_usage_errors_name_the_option(refuses, tmp_path):
    file = tmp_path / "p.json"
    file.write_text(BARE)
    refuses("policy", file, "--source", "nowhere", says="--source nowhere")
    refuses("policy", file, "--source", "fe80::1%eth0", says="expected an IPv4 or IPv6 address")
    refuses("policy", file, "--suggest", "2a00::/20", says="wider than /32")
    refuses("policy", file, "--suggest", "192.0.2.0/24", says="IPv4")
    refuses("policy", file, "--suggest", "2a00::1/64", says="2a00::/64 is meant?")


def test_a_wide_prefix_can_be_forced(run, tmp_path):
    (tmp_path / "p.json").write_text(BARE)
    assert '"2a00::/20"' in run("policy", tmp_path / "p.json", "--suggest", "2a00::/20", "--force").stdout


def test_several_prefixes_before_and_after_the_file(run, tmp_path):
    (tmp_path / "p.json").write_text(BARE)
    diffs = {run("policy", *arguments).stdout for arguments in [
        (tmp_path / "p.json", "--suggest", V6, "2a00:9::/48"),
        ("--suggest", V6, "2a00:9::/48", tmp_path / "p.json"),
        ("--suggest", V6, "--suggest", "2a00:9::/48", tmp_path / "p.json"),
    ]}
    assert len(diffs) == 1 and f'["{V4}", "{V6}", "2a00:9::/48"]' in diffs.pop()


def test_callers_across_documents(run, validate, tmp_path):
    allow = {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}
    (tmp_path / "identity.json").write_text(json.dumps(allow))
    (tmp_path / "scp.json").write_text(BARE)
    result = run("policy", "--identity", tmp_path / "identity.json", "--scp", tmp_path / "scp.json", "--json",
                 "--source", "2a00::1", "--source", "198.18.0.1", "--source-vpce")
    report = validate(result.json)
    assert [(d["type"], d["type_given"], d["type_reason"]) for d in report["documents"]] == [
        ("identity", True, None), ("scp", True, None)]
    pull = {}
    for caller in report["callers"]:
        pull[caller["source"]] = next(d for d in caller["decisions"] if d["action"] == "ecr:BatchGetImage")
    assert {source: (d["outcome"], d["explicit"]) for source, d in pull.items()} == {
        "2a00::1": ("deny", True), "198.18.0.1": ("allow", False), None: ("deny", True)}
    assert pull["2a00::1"]["decided_by"]["sid"] == "Filter"
    assert pull["2a00::1"]["decided_by"]["line"] == 4


def test_text_from_outside_is_made_safe(run, tmp_path):
    document = policy()
    document["Statement"][0]["Sid"] = "a\u001b[31m\u202e"
    (tmp_path / "p.json").write_text(json.dumps(document, ensure_ascii=False).replace("\u001b", "\\u001b"))
    out = run("policy", tmp_path / "p.json", "--source", "2a00::1").stdout
    assert "\u001b" not in out and "\u202e" not in out and "\\x1b[31m" in out


def test_every_finding_has_a_page(judge, run):
    for finding in ids(judge(json.dumps(policy("Allow", "ForAllValues:IpAddress", [V4, "10.0.0.1", "x", "2a00::1"])))):
        assert run("explain", finding).status == 0, finding


def test_large_inputs_stay_within_bounds(run, tmp_path):
    line = json.dumps(policy("Allow", "IpAddress", [V4] * 500)) + "\n"
    (tmp_path / "large.jsonl").write_text(line * 1000)
    assert run("policy", tmp_path / "large.jsonl", timeout=60).status == 2
