"""Hosts on which all is well, though they look odd: not one finding about this host. Needs root; it skips elsewhere."""

import pytest

from lab import Lab, wait_until
from looks import findings, words
from network import CLIENT4, CLIENT6, SERVER6


def dual_stack(lab):
    lab.serve()


def ipv6_only(lab):
    lab.serve()
    lab.client.ip("address", "del", f"{CLIENT4}/26", "dev", "up0")
    lab.client.resolv_conf(SERVER6)


def on_ec2(lab):
    """An address of DHCPv6, a route of a router's, Docker with forwarding."""
    lab.serve()
    client = lab.client
    client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    client.ip("-6", "route", "flush", "default")
    client.sysctl("ipv6/conf/all/forwarding=1")
    client.sysctl("ipv6/conf/up0/accept_ra=2")
    client.ip("address", "add", f"{CLIENT6}/128", "dev", "up0", "valid_lft", "450", "preferred_lft", "140")
    lab.advertise(prefix=None)
    wait_until(lambda: "proto ra" in client.ip("-6", "route", "show", "default"), "a default route of a router")
    client.ip("link", "add", "docker0", "type", "bridge")
    client.ip("address", "add", "172.17.0.1/16", "dev", "docker0")
    client.ip("address", "add", "fd00:d0c::1/64", "dev", "docker0")
    client.ip("link", "add", "br-1", "type", "bridge")
    client.sysctl("ipv6/conf/br-1/disable_ipv6=1")


def managed(lab):
    """A daemon such as systemd-networkd reads the advertisements and makes the route; the kernel itself takes none."""
    lab.serve()
    lab.client.sysctl("ipv6/conf/all/forwarding=1")
    lab.client.sysctl("ipv6/conf/up0/accept_ra=0")
    lab.advertise()
    lab.client.ip("-6", "route", "replace", "default", "via", "fe80::1", "dev", "up0", "proto", "ra")


@pytest.mark.parametrize("host", [dual_stack, ipv6_only, on_ec2, managed], ids=lambda host: host.__name__)
def test_a_healthy_host_has_no_finding_about_itself(host, bare, certificates, check):
    host(Lab(bare, certificates))
    seen = check(status=0)
    assert words(seen)[0] == "reachable"
    assert not [each for each in findings(seen) if each.startswith(("host.", "net."))]


def test_the_same_findings_without_root(bare, certificates, check):
    lab = Lab(bare, certificates)
    lab.serve()
    lab.client.sysctl("ipv6/conf/up0/disable_ipv6=1")
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--inh-caps=-all", "--bounding-set=-all")
    seen = [check("--resolver", "198.51.100.66", status=2, before=before) for before in ((), nobody)]
    assert "host.ipv6-disabled" in findings(seen[0]) and findings(seen[0]) == findings(seen[1])
    assert seen[0]["host"]["network"] == seen[1]["host"]["network"]
