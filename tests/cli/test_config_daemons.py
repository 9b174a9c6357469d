"""ecr6 config: the environment that systemd gives the daemons, where containerd is sent, lines of Docker's files."""

from test_config import TODAY, TWIN, finding, machine  # noqa: F401  (a fixture)

UNIT = "usr/lib/systemd/system/docker.service"
PROXY = "[Service]\nEnvironment=HTTPS_PROXY=http://{}:1\n"


def proxies(run, root):
    report = run("config", "--root", root, "--json").json
    return {one["user"]: (one["https"]["value"], one["https"]["source"]) for one in report["proxies"]}


def test_environment_files_by_pattern(machine, run):
    root = machine({UNIT: "[Service]\nEnvironmentFile=-/etc/proxies/[0-9]?-*.env\n", "etc/proxies/10-a.env": "HTTPS_PROXY=http://a:1\n",
                    "etc/proxies/20-b.env": "\nHTTPS_PROXY=http://b:1\n", "etc/proxies/x.env": "HTTPS_PROXY=http://x:1\n"})
    assert proxies(run, root) == {"docker.service": ("http://b:1", "/etc/proxies/20-b.env:2")}


def test_environment_files_that_are_not_followed_are_named_and_exit_3(machine, run):
    root = machine({UNIT: "[Service]\nEnvironmentFile=/etc/%N.env\nEnvironmentFile=/etc/*/proxy.env\n", "etc/a/proxy.env": ""})
    result = run("config", "--root", root, "--json")
    assert result.status == 3
    lines = [one["evidence"][0] for one in result.json["findings"] if one["id"] == "config.unreadable"]
    assert [line.split(": ")[0] for line in lines] == ["/etc/%N.env", "/etc/*/proxy.env"]
    assert all("not read" in line and f"/{UNIT}:{number} names it" in line for number, line in enumerate(lines, 2))
    assert "not read" in run("config", "--root", root).stdout


def test_drop_ins_for_every_service_count_by_name_among_the_units_own(machine, run):
    every = "etc/systemd/system/service.d/{}.conf"
    root = machine({UNIT: "", every.format("20-p"): PROXY.format("every")})
    assert proxies(run, root) == {"docker.service": ("http://every:1", "/etc/systemd/system/service.d/20-p.conf:2")}
    machine({"usr/lib/systemd/system/docker.service.d/20-p.conf": PROXY.format("same-name")})
    assert proxies(run, root)["docker.service"][0] == "http://same-name:1"
    machine({"usr/lib/systemd/system/docker.service.d/30-p.conf": PROXY.format("later")})
    assert proxies(run, root)["docker.service"][0] == "http://later:1"


def test_the_managers_default_environment_is_where_every_unit_starts(machine, run):
    root = machine({UNIT: "[Service]\nEnvironment=HTTPS_PROXY=http://own:1\nEnvironment=\n",
                    "usr/lib/systemd/system/kubelet.service": PROXY.format("kubelet"),
                    "usr/lib/systemd/system/crio.service": "[Service]\nUnsetEnvironment=HTTPS_PROXY\n",
                    "etc/systemd/system.conf": "[Manager]\nDefaultEnvironment=HTTPS_PROXY=http://first:1\n",
                    "etc/systemd/system.conf.d/p.conf": "[Manager]\n\nDefaultEnvironment=HTTPS_PROXY=http://all:1 A=b\n"})
    assert proxies(run, root) == {"docker.service": ("http://all:1", "/etc/systemd/system.conf.d/p.conf:3"),
                                  "kubelet.service": ("http://kubelet:1", "/usr/lib/systemd/system/kubelet.service:2")}


def test_a_host_in_two_sections_is_reported_at_the_line_of_the_one_that_counts(machine, run):
    root = machine({"root/.docker/config.json": '{"auths": {\n"%s": {}},\n"credHelpers": {\n"%s": "x"},\n"proxies": {'
                                                '"default": {\n"httpsProxy": "http://a:1"}, "tcp://d:2375": {\n"httpsProxy": "http://b:1"}}}'
                                                % (TODAY, TODAY)})
    report = run("config", "--root", root, "--json").json
    assert finding(report, "docker-no-twin-credentials")["evidence"][0].startswith("/root/.docker/config.json:4: ")
    assert [one["https"]["source"] for one in report["proxies"]] == [
        "/root/.docker/config.json:6", "/root/.docker/config.json:7"]


def test_where_containerd_is_sent_is_read_from_hosts_toml_and_from_mirrors_of_every_version(machine, run, validate):
    cache = f"https://proxyuser:SECRET@{TODAY}/v2/docker-hub"
    mirror = '[plugins.%s.registry.mirrors."docker.io"]\nendpoint = ["https://registry-1.docker.io",\n  "%s"]\n'
    for name in ("cri", '"io.containerd.grpc.v1.cri"', '"io.containerd.cri.v1.images"'):
        report = run("config", "--root", machine({"etc/containerd/config.toml": mirror % (name, cache)}), "--json").json
        assert finding(report, "containerd-ipv4-only-endpoint")["fixes"] == [
            f"edit /etc/containerd/config.toml:3: https://{TWIN}/v2/docker-hub"]
    root = machine({"etc/containerd/config.toml": '[plugins."io.containerd.cri.v1.images".registry]\nconfig_path = "/srv/certs.d"\n',
                    "srv/certs.d/docker.io/hosts.toml": f'server = "https://docker.io"\n[host."{cache}"]\noverride_path = true\n',
                    f"srv/certs.d/{TWIN}/hosts.toml": f'server = "https://{TODAY}"\n',
                    "srv/certs.d/quay.io_443_/hosts.toml": f'server = "https://{TWIN}"\n'})
    result = run("config", "--root", root, "--json")
    report = validate(result.json)
    assert result.status == 1
    found = [one for one in report["findings"] if one["id"] == "config.containerd-ipv4-only-endpoint"]
    assert [one["evidence"] for one in found] == [
        [f"/srv/certs.d/{TWIN}/hosts.toml:1: server https://{TODAY}"],
        [f"/srv/certs.d/docker.io/hosts.toml:2: host https://{TODAY}/v2/docker-hub"]]
    assert [one["registry"] for one in report["containerd"]["endpoints"]] == [TWIN, "docker.io", "docker.io", "quay.io"]
    text = run("config", "--root", root).stdout
    assert f"  docker.io  host https://{TODAY}/v2/docker-hub (/srv/certs.d/docker.io/hosts.toml:2)\n" in text
    assert "SECRET" not in text + result.stdout
