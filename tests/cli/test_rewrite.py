"""`ecr6 rewrite`: filter, diff, in place, check and list on files and trees; bytes, modes, links and counts. Offline."""

import os
import re
import stat
import subprocess

import pytest

OLD = "123456789012.dkr.ecr.us-west-2.amazonaws.com"
NEW = "123456789012.dkr-ecr.us-west-2.on.aws"
ISO = "api.ecr.us-iso-east-1.c2s.ic.gov"

TEXTS = {
    "plain": f"FROM {OLD}/app:1.0\n",
    "CRLF": f"a: 1\r\nimage: {OLD}/app\r\nb: 2\r\n",
    "byte order mark": f"\ufeff{OLD}/app\n",
    "no final line end": f"one\ntwo\nimage: \"{OLD}/app\"",
    "far apart": f"{OLD}\n" + "line\n" * 30 + f"public.ecr.aws/x {OLD}\n" + "line\n" * 7 + f"{OLD}\n",
    "huge line": "x" * 2_000_000 + f" {OLD} " + "y" * 100_000 + "\n",
    "not UTF-8": f"caf\u00e9 {OLD}\n".encode("latin-1"),
    "nothing to do": f"image: {NEW}/app\n",
    "empty": "",
}


def as_bytes(text):
    return text if isinstance(text, bytes) else text.encode()


def replaced(text):
    return as_bytes(text).replace(OLD.encode(), NEW.encode()).replace(b"public.ecr.aws", b"ecr-public.aws.com")


def raw(run, *arguments, stdin=b""):
    """Like run, for output that is not UTF-8."""
    from conftest import ECR6
    return subprocess.run([ECR6, "rewrite", *map(str, arguments)], input=stdin, capture_output=True, timeout=60)


@pytest.mark.parametrize("name", TEXTS)
def test_filter_diff_and_in_place_agree_byte_for_byte(run, tmp_path, name):
    before, after = as_bytes(TEXTS[name]), replaced(TEXTS[name])
    file = tmp_path / "text"
    file.write_bytes(before)
    filtered = raw(run, stdin=before)
    assert (filtered.returncode, filtered.stdout, filtered.stderr) == (0, after, b"")
    assert raw(run, file).stdout == after
    assert raw(run, stdin=after).stdout == after
    diff = raw(run, "--diff", file)
    assert diff.returncode == 0 and bool(diff.stdout) == (before != after)
    if diff.stdout:
        patched = subprocess.run(["patch", "--binary", "-o", "-", file], input=diff.stdout, capture_output=True)
        assert patched.stdout == after, patched
    assert raw(run, "--in-place", file).returncode == 0
    assert file.read_bytes() == after


def test_a_diff_of_a_tree_applies_with_patch_p0(run, tmp_path):
    (tmp_path / "tree/sub").mkdir(parents=True)
    for number, text in enumerate(TEXTS.values()):
        (tmp_path / "tree/sub" / f"file-{number}").write_bytes(as_bytes(text))
    diff = subprocess.run([run_path(), "rewrite", "--diff", "tree"], cwd=tmp_path, capture_output=True)
    done = subprocess.run(["patch", "--binary", "-p0"], input=diff.stdout, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done
    for number, text in enumerate(TEXTS.values()):
        assert (tmp_path / "tree/sub" / f"file-{number}").read_bytes() == replaced(text)


def run_path():
    from conftest import ECR6
    return ECR6


def test_check_names_every_place_and_fails_and_list_does_not(run, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text(f"a: 1\r\nimage: '{OLD}/x' # public.ecr.aws\n")
    check = run("rewrite", "--check", "a.yaml")
    assert check.status == 1
    assert check.stdout.splitlines() == [f"a.yaml:2:9: {OLD} -> {NEW}",
                                         "a.yaml:2:59: public.ecr.aws -> ecr-public.aws.com"]
    listed = run("rewrite", "--list", "a.yaml")
    assert (listed.status, listed.stdout) == (0, check.stdout)
    file.write_text(f"image: {NEW}\n")
    assert run("rewrite", "--check", "a.yaml").status == 0


@pytest.mark.parametrize("name", [ISO, "${A}.dkr.ecr.${R}.${S}", "*.dkr.ecr.*.amazonaws.com",
                                  "prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com"])
def test_what_is_left_alone_is_reported_with_exit_1(run, name):
    result = run("rewrite", stdin=f"x\n {name} {OLD}\n")
    assert (result.status, result.stdout) == (1, f"x\n {name} {NEW}\n")
    assert f"standard input:2:2: {name} left alone: " in result.stderr


def test_a_tree_is_walked_and_what_is_skipped_is_counted(run, validate, tmp_path):
    tree = tmp_path / "tree"
    (tree / "sub/.git").mkdir(parents=True)
    (tree / "sub/Dockerfile").write_text(f"FROM {OLD}/a\n")
    (tree / "sub/.git/config").write_text(OLD)
    (tree / "picture").write_bytes(b"\x89PNG\0" + OLD.encode())
    (tree / "wide.txt").write_text(OLD, encoding="utf-16")
    (tree / "link").symlink_to("sub/Dockerfile")
    (tree / "policy.json").write_text('{"Condition": {"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}}}\n')
    (tree / "ci.yml").write_text("steps:\n- uses: aws-actions/amazon-ecr-login@v2\n")
    os.mkfifo(tree / "pipe")
    report = validate(run("rewrite", "--list", "--json", tree).json)
    assert report["files"] == {"read": 3, "changed": 0, "skipped_binary": 2, "skipped_git": 1, "skipped_links": 1,
                               "skipped_special": 1}
    assert [(n["file"], n["line"], n["column"], n["replacement"]) for n in report["names"]] == [
        (str(tree / "sub/Dockerfile"), 1, 6, NEW)]
    assert [(w["id"], w["line"]) for w in report["warnings"]] == [("client", 2), ("source-ip", 1)]
    done = run("rewrite", "--in-place", tree)
    assert done.status == 0
    assert done.stdout.endswith("skipped: 2 binary files, 1 .git, 1 symbolic link, 1 special file\n")
    assert (tree / "sub/.git/config").read_text() == OLD and (tree / "wide.txt").read_text("utf-16") == OLD
    assert (tree / "link").is_symlink() and (tree / "sub/Dockerfile").read_text() == f"FROM {NEW}/a\n"


def test_in_place_keeps_mode_and_owner_and_follows_a_named_link(run, tmp_path):
    file, link = tmp_path / "script.sh", tmp_path / "link"
    file.write_text(f"docker pull {OLD}/a\n")
    file.chmod(0o751)
    if os.geteuid() == 0:
        os.chown(file, 1234, 4321)
    before = file.stat()
    link.symlink_to("script.sh")
    assert run("rewrite", "--in-place", link).status == 0
    after = file.stat()
    assert link.is_symlink() and file.read_text() == f"docker pull {NEW}/a\n"
    assert stat.S_IMODE(after.st_mode) == 0o751
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "link", "script.sh"]
    inode = after.st_ino
    assert run("rewrite", "--in-place", link).status == 0
    assert file.stat().st_ino == inode, "a file without names is not written"


def test_credentials_and_logins_are_warned_about(run):
    keys = run("rewrite", stdin=f'{{"credHelpers": {{"{OLD}": "ecr-login"}}}}\n')
    assert f"{OLD} is a key" in keys.stderr and "0.10.0" in keys.stderr
    login = run("rewrite", stdin=f"aws ecr get-login-password | docker login -u AWS --password-stdin {OLD}\n")
    assert re.search(r"standard input:1: warning: .*log in to the host", login.stderr)
    assert run("rewrite", stdin='{"credHelpers": {"x": "ecr-login"}}\n').stderr == "", "nothing moves"


def test_binary_input_goes_through_a_filter_unchanged(run):
    data = OLD.encode("utf-16") * 30_000
    result = raw(run, stdin=data)
    assert (result.returncode, result.stdout) == (1, data) and b"UTF-16" in result.stderr


def test_modes_produce_valid_json(run, validate, tmp_path):
    file = tmp_path / "f"
    for mode, exit_code in {"": 1, "--diff": 1, "--check": 1, "--list": 0, "--in-place": 1}.items():
        file.write_text(f"{OLD} {ISO}\n")
        result = run("rewrite", file, "--json", *mode.split())
        report = validate(result.json)
        assert result.status == report["exit_code"] == exit_code
        assert (report["rewritten"], report["left_alone"]) == (1, 1)
        assert ("diff" in report) == (mode == "--diff")


def test_usage_and_input_errors(run, refuses, validate, tmp_path):
    refuses("rewrite", "--diff", "--check", "x", says="--check")
    directory = run("rewrite", tmp_path)
    assert (directory.status, directory.stdout) == (3, "") and "choose --diff" in directory.stderr
    (tmp_path / "good").write_text(OLD)
    missing = run("rewrite", "--check", tmp_path / "missing", tmp_path / "good")
    assert missing.status == 3 and "missing: cannot be opened" in missing.stderr and NEW in missing.stdout
    assert validate(run("rewrite", "--in-place", "--json", stdin=OLD).json)["errors"][0]["file"] == "standard input"
