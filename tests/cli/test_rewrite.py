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
    (tree / "wide.txt").write_text("nothing to see", encoding="utf-16")
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
    assert (tree / "sub/.git/config").read_text() == OLD and (tree / "wide.txt").read_text("utf-16") == "nothing to see"
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


ODD_NAMES = ["with space.yaml", "tab\there", "line\nfeed", 'quo"te', "back\\slash", "caf\u00e9", "\u202eright",
             os.fsdecode(b"latin-\xe9"), "-dash"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_patch_finds_files_whatever_they_are_called(run, tmp_path, name):
    tree = tmp_path / "tree dir"
    tree.mkdir()
    (tree / name).write_text(f"a\n{OLD}/x\nb")
    diff = subprocess.run([run_path(), "rewrite", "--diff", "tree dir"], cwd=tmp_path, capture_output=True)
    assert b"\x1b" not in diff.stdout and b"\xe2\x80\xae" not in diff.stdout
    done = subprocess.run(["patch", "-p0"], input=diff.stdout, cwd=tmp_path, capture_output=True)
    assert done.returncode == 0, done
    assert [p.name for p in tree.iterdir()] == [name] and (tree / name).read_text() == f"a\n{NEW}/x\nb"


def test_a_name_as_long_as_names_can_be_is_no_obstacle(run, tmp_path):
    file = tmp_path / ("x" * 255)
    file.write_text(OLD)
    assert run("rewrite", "--in-place", file).status == 0 and file.read_text() == NEW


@pytest.mark.parametrize("mode", [0o444, 0o600, 0o4755, 0o2775])
def test_an_ordinary_users_file_keeps_its_whole_mode(ordinary_user, open_directory, mode):
    file = open_directory / "script"
    file.write_text(OLD)
    os.chown(file, 65534, 65534)
    file.chmod(mode)
    done = ordinary_user("rewrite", "--in-place", "script")
    assert done.status == 0, done
    assert file.read_text() == NEW and stat.S_IMODE(file.stat().st_mode) == mode


def test_a_file_that_cannot_be_replaced_stays_and_is_named(ordinary_user, open_directory):
    for name, mode in {"foreign": 0o644, "secret": 0o600}.items():
        (open_directory / name).write_text(OLD)
        (open_directory / name).chmod(mode)
    (open_directory / "shut").mkdir()
    (open_directory / "shut" / "inner").write_text(OLD)
    done = ordinary_user("rewrite", "--in-place", "foreign", "secret", "shut")
    assert done.status == 3
    assert "foreign: cannot be replaced: " in done.stderr and "secret: cannot be opened: " in done.stderr
    assert "inner: cannot be replaced: Permission denied; it is as it was" in done.stderr
    assert done.stdout.startswith("0 names") and sorted(p.name for p in open_directory.iterdir()) == [
        "foreign", "secret", "shut"]
    assert (open_directory / "foreign").read_text() == OLD and (open_directory / "shut/inner").read_text() == OLD


def test_a_pipe_is_read_but_never_changed(run, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    refused = run("rewrite", "--in-place", tmp_path / "pipe")  # would hang if it were opened
    assert refused.status == 3 and "cannot be changed in place" in refused.stderr
    with subprocess.Popen([run_path(), "rewrite", "--check", tmp_path / "pipe"], stdout=subprocess.PIPE) as reader:
        (tmp_path / "pipe").write_text(f"x {OLD}")
        assert reader.communicate(timeout=60)[0].decode().endswith(f":1:3: {OLD} -> {NEW}\n")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_with_names_is_reported_wherever_it_is(run, validate, tmp_path, encoding):
    (tmp_path / "tree").mkdir()
    bytes_of = f"\ufeffSet-Image '{OLD}/caf\u00e9'\r\n".encode(encoding)
    (tmp_path / "tree/script.ps1").write_bytes(bytes_of)
    for mode in ["--in-place", "--diff", "--check"]:
        done = run("rewrite", mode, tmp_path / "tree")
        assert done.status == 1 and "script.ps1:1: warning: UTF-16 with ECR names in it, left alone" in done.stderr, mode
    assert (tmp_path / "tree/script.ps1").read_bytes() == bytes_of
    report = validate(run("rewrite", "--list", "--json", tmp_path / "tree").json)
    assert [warning["id"] for warning in report["warnings"]] == ["encoding"]


def test_a_full_disk_is_an_error(tmp_path):
    (tmp_path / "f").write_text(OLD)
    with open("/dev/full", "w") as full:
        done = subprocess.run([run_path(), "rewrite", tmp_path / "f"], stdout=full, stderr=subprocess.PIPE)
    assert done.returncode == 3 and done.stderr


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
