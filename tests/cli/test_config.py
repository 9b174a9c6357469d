"""ecr6 config on directories that stand for machines."""

import os
import re

import pytest

from conftest import ECR6, ROOT

TWIN = "123456789012.dkr-ecr.us-west-2.on.aws"
TODAY = "123456789012.dkr.ecr.us-west-2.amazonaws.com"
SECRETS = ("SECRET", "AKIAEXAMPLE", "QVdTOg", "proxyuser")

MACHINE = {
    "root/.aws/config": "[default]\nregion = us-west-2\necr =\n    use_dualstack_endpoint = true\n"
                        "[profile odd]\nregion = us-west-2\nuse_dualstack_endpoint = yes\n"
                        "[profile pinned]\nregion = us-west-2\n"
                        "endpoint_url = https://proxyuser:SECRET@api.ecr.us-west-2.amazonaws.com\n[lost]\nregion = us-west-2\n",
    "root/.aws/credentials": "[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = SECRET\n",
    "root/.docker/config.json": '{"auths": {"%s": {"auth": "QVdTOg==", "identitytoken": "SECRET"}},\n'
                                ' "credHelpers": {"public.ecr.aws": "ecr-login", "ecr-public.aws.com": "ecr-login"}}' % TODAY,
    "etc/docker/daemon.json": '{"ipv6": true, "ip6tables": false, "registry-mirrors": ["https://proxyuser:SECRET@m.example"],\n'
                              ' "proxies": {"https-proxy": "http://proxyuser:SECRET@proxy:3128", "no-proxy": ".amazonaws.com"}}',
    "etc/containerd/config.toml": 'version = 2\nimports = ["/etc/containerd/conf.d/*.toml"]\n'
                                  '[plugins."io.containerd.grpc.v1.cri"]\nsandbox_image = "%s/eks/pause:3.5"\n'
                                  '[plugins."io.containerd.grpc.v1.cri".registry.configs."%s".auth]\npassword = "SECRET"\n'
                                  % (TODAY, TODAY),
    "etc/containerd/conf.d/mirrors.toml": '[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/srv/certs.d"\n'
                                          '[plugins."io.containerd.cri.v1.images".registry.mirrors."public.ecr.aws"]\n',
    f"srv/certs.d/{TODAY}/hosts.toml": "",
    "etc/systemd/system/kubelet.service": "[Service]\nExecStart=/usr/bin/kubelet \\\n"
                                          "  --image-credential-provider-config=/opt/providers.yaml --v=2\n",
    "etc/systemd/system/kubelet.service.d/10-proxy.conf": "[Service]\nEnvironmentFile=-/etc/kubelet.env\n",
    "etc/kubelet.env": "HTTPS_PROXY='http://proxyuser:SECRET@proxy:3128'\nNO_PROXY=.dkr.ecr.eu-west-1.amazonaws.com\n",
    "opt/providers.yaml": "kind: CredentialProviderConfig\nproviders:\n  - name: ecr-credential-provider\n    matchImages:\n"
                          '      - "*.dkr.ecr.*.amazonaws.com"\n      - "*.dkr.ecr-fips.*.amazonaws.com"\n'
                          '      - "*.dkr-ecr-fips.*.on.aws"\n',
    "etc/environment": "AWS_DEFAULT_REGION=eu-west-3\n",
}


@pytest.fixture
def machine(tmp_path):
    root = tmp_path / "machine"

    def make(files):
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text) if isinstance(text, bytes) else path.write_text(text)
        root.mkdir(exist_ok=True)
        return root

    return make


def ids(report):
    return {finding["id"].removeprefix("config.") for finding in report["findings"]}


def finding(report, slug):
    return next(one for one in report["findings"] if one["id"] == "config." + slug)


def test_a_whole_machine(machine, run, validate):
    root = machine(MACHINE)
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    result = run("config", "--root", root, "--json")
    report = validate(result.json)
    assert result.status == report["exit_code"] == 2
    assert ids(report) == {
        "nested-dualstack-key", "bad-boolean", "endpoint-url-ipv4-only", "section-ignored", "sdks-differ",
        "docker-no-twin-credentials", "docker-helper-version", "docker-ip6tables-off", "docker-ipv6-no-subnet",
        "docker-mirror", "containerd-no-twin-host", "containerd-two-registries", "containerd-sandbox-image",
        "kubelet-match-images", "kubelet-provider-version", "proxy", "no-proxy-misses-dual-stack", "ipv4-only-endpoint"}
    assert finding(report, "nested-dualstack-key")["evidence"][1].startswith("/root/.aws/config:4: ")
    assert "aws configure set default.use_dualstack_endpoint true" in finding(report, "nested-dualstack-key")["fixes"]
    assert "every service" in finding(report, "nested-dualstack-key")["advice"]
    assert TWIN in finding(report, "docker-no-twin-credentials")["fixes"][0]
    assert "/opt/providers.yaml:5: " in finding(report, "kubelet-match-images")["evidence"][0]
    assert '"*.dkr-ecr.*.on.aws"' in finding(report, "kubelet-match-images")["fixes"][0]
    assert report["containerd"]["config_path"] == {"value": "/srv/certs.d", "source": "/etc/containerd/conf.d/mirrors.toml:2"}
    assert {proxy["user"] for proxy in report["proxies"]} == {"kubelet.service", "docker daemon.json"}
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


@pytest.mark.parametrize("words", [(), ("--json",), ("--fix",)])
def test_no_secret_is_printed(machine, run, words):
    result = run("config", "--root", machine(MACHINE), *words)
    assert result.status == 2
    for secret in SECRETS:
        assert secret not in result.stdout + result.stderr


def test_fix_is_a_shell_script_that_parses_and_every_edit_is_a_comment(machine, run, tmp_path):
    import subprocess
    script = run("config", "--root", machine(MACHINE), "--fix").stdout
    assert subprocess.run(["sh", "-n"], input=script, text=True).returncode == 0
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands and all(line.split()[0] in ("aws", "docker-credential-ecr-login", "cp") for line in commands)


def test_every_finding_has_a_page(machine, run):
    report = run("config", "--root", machine(MACHINE), "--json").json
    for one in report["findings"]:
        page = (ROOT / "docs" / "findings" / f"{one['id']}.md").read_text()
        assert page.startswith(f"# {one['id']}\n")
    in_code = set()
    for source in (ROOT / "src" / "clients").glob("*.cpp"):
        in_code |= set(re.findall(r'"(config\.[a-z0-9-]+)"', source.read_text()))
    assert in_code and all((ROOT / "docs" / "findings" / f"{slug}.md").exists() for slug in in_code)


def test_a_machine_without_any_configuration_has_nothing_to_do(machine, run, validate):
    result = run("config", "--root", machine({}), "--json")
    report = validate(result.json)
    assert (result.status, report["findings"], report["files"]) == (0, [], [])
    assert {e["error"]["kind"] for e in report["homes"][0]["profiles"][0]["endpoints"]} == {"region"}


def test_dual_stack_that_works_is_exit_0_and_names_the_host(machine, run):
    root = machine({"root/.aws/config": "[default]\nregion = us-west-2\nuse_dualstack_endpoint = true\n"})
    result = run("config", "--root", root)
    assert result.status == 0
    assert "ECR         ecr.us-west-2.api.aws  dual-stack\n                by every client\n" in result.stdout
    assert "api.ecr.us-west-2.api.aws" in result.stdout  # what older releases make of it


def test_yes_is_no(machine, run):
    root = machine({"root/.aws/config": "[default]\nregion = us-west-2\nuse_dualstack_endpoint = yes\n"})
    report = run("config", "--root", root, "--json").json
    assert report["exit_code"] == 1 and "bad-boolean" in ids(report) and "sdks-differ" not in ids(report)


def test_only_this_machine_takes_its_environment_from_here(machine, run):
    environment = {"AWS_REGION": "us-west-2", "AWS_USE_DUALSTACK_ENDPOINT": "true"}
    here = run("config", "--json", env=environment).json["homes"][0]["profiles"][0]["endpoints"][0]
    assert here["host"] == "ecr.us-west-2.api.aws"
    root = machine(MACHINE)
    there = run("config", "--root", root, "--json", env=environment).json
    first = there["homes"][0]["profiles"][0]["endpoints"][0]
    assert (first["region"], first["dual_stack"]) == ("eu-west-3", False)
    set_there = run("config", "--root", root, "--json", "--env", "AWS_REGION=us-east-1").json
    assert set_there["homes"][0]["profiles"][0]["endpoints"][0]["region"] == "us-east-1"


def test_one_profile(machine, run):
    root = machine(MACHINE)
    report = run("config", "--root", root, "--profile", "odd", "--json").json
    assert [p["name"] for p in report["homes"][0]["profiles"]] == ["odd"]
    missing = run("config", "--root", root, "--profile", "nobody", "--json").json
    assert "profile-missing" in ids(missing) and missing["exit_code"] == 2


@pytest.mark.parametrize("name, text, where", [
    ("etc/docker/daemon.json", '{"ipv6": true,\n "SECRET" }', "line 2"),
    ("etc/docker/daemon.json", "[1]", "object"),
    ("etc/docker/daemon.json", "[" * 100_000, "line 1"),
    ("root/.docker/config.json", '{"auths": {"x": {"auth": "SECRET"}', "line 1"),
    ("etc/containerd/config.toml", 'version = 2\npassword = "SECRET', "line 2"),
    ("etc/containerd/config.toml", "x = " + "[" * 100_000, "deeper"),
    ("etc/containerd/certs.d/docker.io/hosts.toml", 'server = "https://x"\n[host."SECRET\n', "line 2"),
    ("etc/docker/certs.d/docker.io/hosts.toml", "\nserver = 1 # SECRET\n", "line 2"),
    ("etc/eks/image-credential-provider/config.json", "providers: [\nSECRET", "line"),
    ("etc/eks/image-credential-provider/config.json", "[" * 50_000, "YAML"),
    ("etc/docker/daemon.json", "x" * (1024 * 1024 + 1), "bytes"),
    ("root/.docker/config.json", b"\xff\xfe\x00", "JSON"),
])
def test_a_file_that_cannot_be_used_is_named_never_quoted_and_exit_3(machine, run, validate, name, text, where):
    result = run("config", "--root", machine({name: text}), "--json")
    report = validate(result.json)
    assert result.status == 3
    evidence = finding(report, "unreadable")["evidence"][0]
    assert evidence.startswith(f"/{name}: ") and where in evidence
    assert "SECRET" not in result.stdout


def test_a_refused_aws_file_stops_python_and_go_but_not_javascript(machine, run):
    root = machine({"root/.aws/config": "[default]\nregion = us-west-2\nSECRET\n"})
    result = run("config", "--root", root, "--json")
    assert result.status == 2 and "SECRET" not in result.stdout
    hosts = {e["client"]: e["host"] for e in result.json["homes"][0]["profiles"][0]["endpoints"] if e["service"] == "ecr"}
    assert hosts == {"aws_cli_v2": None, "botocore": None, "go_v2": None, "js_v3": "api.ecr.us-west-2.amazonaws.com"}


def test_symbolic_links_stay_inside_the_root(machine, run, tmp_path):
    root = machine({"data/config": "[default]\nregion = us-west-2\n", "root/.aws/keep": ""})
    (tmp_path / "outside").write_text("[default]\nregion = eu-west-1\n")
    link = root / "root/.aws/config"
    link.symlink_to("/data/config")
    region = lambda: run("config", "--root", root, "--json").json["homes"][0]["profiles"][0]["endpoints"][0]["region"]
    assert region() == "us-west-2"
    for target in (tmp_path / "outside", "../../../outside", "/../../outside"):
        link.unlink()
        link.symlink_to(target)
        assert region() is None


def test_a_pipe_or_a_loop_of_links_does_not_hold_it_up(machine, run):
    root = machine({"root/.aws/keep": "", "etc/docker/keep": ""})
    os.mkfifo(root / "root/.aws/config")
    (root / "etc/docker/daemon.json").symlink_to("daemon.json")
    result = run("config", "--root", root, "--json", timeout=10)
    assert result.status == 3
    assert len([one for one in result.json["findings"] if one["id"] == "config.unreadable"]) == 2


def test_text_from_the_files_is_escaped(machine, run):
    root = machine({"root/.aws/config": "[profile \x1b[31mred]\nregion = us-west-2\n",
                    "root/.docker/config.json": '{"credHelpers": {"a\\u001b[2J.example": "x"}}'})
    result = run("config", "--root", root)
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize("words, says", [
    (("--root", "/nowhere/at/all"), "--root /nowhere/at/all: not a directory"),
    (("--env", "AWS_REGION"), "--env AWS_REGION: expected NAME=VALUE"),
    (("--nonsense",), "--nonsense"),
])
def test_bad_usage(refuses, words, says):
    refuses("config", *words, says=says)


def test_each_home_that_says_something_is_reported(machine, run):
    text = "[default]\nregion = us-west-2\n"
    root = machine({"home/a/.aws/config": text, "home/b/keep": "", "home/c/.docker/config.json": "{}"})
    report = run("config", "--root", root, "--json").json
    assert [home["path"] for home in report["homes"]] == ["/home/a", "/home/c"]


@pytest.mark.parametrize("name, text", [
    ("root/.aws/config", "[default]\nregion = us-west-2\nendpoint_url = https://u:12/SECRET@h.example/\n"),
    ("root/.aws/config", "[default]\nregion = us-west-2\nendpoint_url = https://u:SE#CRET@h.example/\n"),
    ("root/.docker/config.json", '{"proxies": {"tcp://u:SECRET@daemon:2375": {"httpsProxy": "http://u:SE/CRET@p:1"}}}'),
    ("etc/docker/daemon.json", '{"registry-mirrors": ["https://u:SE#CRET@m.example"], "proxies": {"https-proxy": "http://u:1?SECRET@p"}}'),
    ("etc/containerd/config.toml", '[plugins."io.containerd.grpc.v1.cri".registry.mirrors."https://u:SE/CRET@h"]\n'),
])
def test_a_password_with_a_separator_in_it_is_no_host_and_no_path(machine, run, name, text):
    root = machine({name: text})
    for words in ((), ("--json",), ("--fix",)):
        result = run("config", "--root", root, *words)
        assert "SE" not in result.stdout.replace("USE_", "") and "CRET" not in result.stdout + result.stderr


def test_fix_never_lets_a_name_become_a_command(machine, run, tmp_path):
    import subprocess
    odd = "x'; touch pwned; '"
    root = machine({"root/.aws/config": f'[profile "{odd}"]\nregion = us-west-2\n',
                    "etc/containerd/config.toml": f"[plugins.cri.registry]\nconfig_path = \"/srv/{odd}\"\n",
                    f"srv/{odd}/{TODAY}/hosts.toml": ""})
    script = run("config", "--root", root, "--fix").stdout
    assert odd in script and "cp -r" in script
    subprocess.run(["sh"], input=script, text=True, cwd=tmp_path, env={"PATH": "/usr/bin:/bin"}, capture_output=True)
    assert not (tmp_path / "pwned").exists()


def test_while_the_variable_says_no_the_fix_is_the_variable(run):
    (run.home / ".aws").mkdir()
    (run.home / ".aws/config").write_text("[default]\nregion = us-west-2\n")
    script = run("config", "--fix", env={"AWS_USE_DUALSTACK_ENDPOINT": "false"}).stdout
    assert "edit environment: AWS_USE_DUALSTACK_ENDPOINT=true" in script and "aws configure" not in script


def test_the_profile_that_the_environment_names_is_reported_though_no_file_has_it(run):
    result = run("config", env={"AWS_PROFILE": "typo", "AWS_REGION": "us-west-2"})
    assert result.status == 2 and "profile typo  in use\n" in result.stdout
    assert "config.profile-missing" in result.stdout


def test_without_a_home_the_user_database_says_where_it_is():
    import pwd
    import subprocess
    done = subprocess.run([ECR6, "config"], env={}, capture_output=True, text=True, timeout=60)
    assert f"AWS CLI and SDKs of {pwd.getpwuid(os.getuid()).pw_dir}\n" in done.stdout
    if os.getuid() == 0:
        nobody = subprocess.run([ECR6, "config"], env={}, capture_output=True, text=True, timeout=60, user=65534, group=65534,
                                extra_groups=[])
        assert f"AWS CLI and SDKs of {pwd.getpwuid(65534).pw_dir}\n" in nobody.stdout


def test_a_file_switched_off_by_dev_null_says_nothing_and_is_no_error(machine, run, tmp_path):
    root = machine({"usr/lib/systemd/system/docker.service": "[Service]\nEnvironment=HTTPS_PROXY=http://p:1\n",
                    "etc/systemd/system/keep": ""})
    masked = root / "etc/systemd/system/docker.service"
    assert run("config", "--root", root, "--json").json["proxies"]
    masked.symlink_to("/dev/null")
    report = run("config", "--root", root, "--json").json
    assert (report["exit_code"], report["proxies"]) == (0, [])
    here = run("config", "--json", env={"AWS_CONFIG_FILE": "/dev/null"}).json
    assert "unreadable" not in ids(here)


def test_environment_of_a_unit_as_systemd_puts_it_together(machine, run):
    drop_in = "etc/systemd/system/{}.service.d/a.conf"
    root = machine({
        drop_in.format("docker"): "[Service]\nEnvironmentFile=/etc/old\nEnvironmentFile=\n"
                                  'Environment="HTTPS_PROXY=http://a%%40b:1" NO_PROXY=x\n',
        drop_in.format("containerd"): "[Service]\nEnvironment=HTTPS_PROXY=http://c:1\\\nNO_PROXY=y\n",
        drop_in.format("kubelet"): "[Service]\nEnvironment=HTTPS_PROXY=http://k:1\nUnsetEnvironment=HTTPS_PROXY\n",
        drop_in.format("crio"): "[Service]\nEnvironment=HTTPS_PROXY=http://o:1\nUnsetEnvironment=HTTPS_PROXY=other\n",
        "etc/old": "HTTPS_PROXY=http://old:1\n"})
    proxies = {p["user"]: (p["https"]["value"], p["no_proxy"] and p["no_proxy"]["value"])
               for p in run("config", "--root", root, "--json").json["proxies"]}
    assert proxies == {"docker.service": ("http://a%40b:1", "x"), "containerd.service": ("http://c:1", "y"),
                       "crio.service": ("http://o:1", None)}


LARGE = {
    "keys": lambda: "[default]\n" + "".join(f"k{i} = v\n" for i in range(80_000)),
    "nested keys": lambda: "[default]\necr =\n" + "".join(f" k{i} = v\n" for i in range(80_000)),
    "defaults for all": lambda: "[DEFAULT]\n" + "".join(f"k{i} = v\n" for i in range(40_000)) +
                                "".join(f"[p{i}]\n" for i in range(40_000)),
}


@pytest.mark.parametrize("kind", LARGE)
def test_a_large_file_takes_no_time_that_grows_with_its_square(machine, run, kind):
    text = LARGE[kind]()
    assert run("config", "--root", machine({"root/.aws/config": text}), timeout=300).status in (0, 1)


def test_more_profiles_than_are_looked_at_is_said(machine, run):
    text = "".join(f"[profile p{i}]\nregion = us-west-2\n" for i in range(4096))
    result = run("config", "--root", machine({"root/.aws/config": text}), timeout=300)
    assert result.status == 3 and "4097 profiles, of which 4096 are looked at" in result.stdout


def test_docker_files_that_docker_reads(machine, run):
    mark = b"\xef\xbb\xbf"
    report = run("config", "--root", machine({"etc/docker/daemon.json": mark + b'{"ipv6": true}\r\n',
                                              "root/.docker/config.json": b"\n"}), "--json").json
    assert report["docker_daemon"]["ipv6"] is True and "unreadable" not in ids(report)
    report = run("config", "--root", machine({"root/.docker/config.json": mark + b"{}"}), "--json").json
    assert "unreadable" in ids(report)


@pytest.mark.parametrize("pattern, beside, adds", [
    ("*.dkr.ecr.us-*.amazonaws.com", [], "*.dkr-ecr.us-*.on.aws"),
    ("12345*.dkr.ecr.us-west-2.amazonaws.com", [], "12345*.dkr-ecr.us-west-2.on.aws"),
    ("*.dkr.ecr.us-*.amazonaws.com", ["*.dkr-ecr.*.on.aws"], None),
    ("*.dkr.ecr.*.amazonaws.com", ["*.dkr-ecr.*.on.aws:443"], "*.dkr-ecr.*.on.aws"),
])
def test_globs_for_a_part_of_the_hosts_have_twins_too(machine, run, pattern, beside, adds):
    lines = "".join(f"      - '{one}'\n" for one in [pattern, *beside])
    root = machine({"etc/kubernetes/credential-provider-config.yaml": "providers:\n  - name: p\n    matchImages:\n" + lines})
    report = run("config", "--root", root, "--json").json
    assert ("kubelet-match-images" in ids(report)) == (adds is not None)
    if adds:
        assert f'"{adds}"' in finding(report, "kubelet-match-images")["fixes"][0]


def test_a_region_that_is_no_part_of_a_name_is_an_error(machine, run):
    root = machine({"root/.aws/config": "[default]\nregion = us west\n[profile fine]\nregion = us-west-2\n"})
    result = run("config", "--root", root, "--json")
    assert result.status == 2
    found = [one for one in result.json["findings"] if one["id"] == "config.bad-region"]
    assert len(found) == 1 and "'default'" in found[0]["summary"]
    assert any("AWS CLI v2, ECR: stops: the region 'us west'" in line and "/root/.aws/config:2" in line
               for line in found[0]["evidence"])
    for none in ("", "region =\n"):
        assert "bad-region" not in ids(run("config", "--root", machine({"root/.aws/config": "[default]\n" + none}), "--json").json)
