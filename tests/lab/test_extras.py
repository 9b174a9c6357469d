"""--ping through every kind of socket, and --ec2 against every kind of metadata service. Needs root."""

import json
import signal
import subprocess
import time
from pathlib import Path

import pytest

from conftest import validated
from daemons import addresses, start_resolver
from imds import SERVICE4, SERVICE6, SUBNET, interface, mac_of, start_imds
from looks import finding, findings
from network import ROUTER6, SERVER4, WEB4, WEB6

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all")


def pings(seen, family):
    return [each for each in seen["endpoints"][0]["pings"] if each["family"] == family]


def outcomes(seen, family):
    return {(each["outcome"], each["socket"]) for each in pings(seen, family)}


def silence_metadata(network):
    """The service's addresses are there, and nothing comes back from them."""
    start_imds(network, network.router)
    network.router.nft(f"ip daddr {SERVICE4} drop", hook="input")
    network.router.nft(f"ip6 daddr {SERVICE6} drop", hook="input")


@pytest.mark.parametrize("groups, before, expected", [
    ("0 2147483647", NOBODY, ("answered", "datagram")),
    ("1 0", (), ("answered", "raw")),
    ("1 0", NOBODY, ("not_permitted", None)),
])
def test_an_echo_goes_out_through_what_this_user_may_open(serving, check, groups, before, expected):
    serving(2).client.sysctl(f"ipv4/ping_group_range={groups}")
    seen = check("--ping", status=0, before=before)
    for family in ("ipv6", "ipv4"):
        assert outcomes(seen, family) == {expected} and len(pings(seen, family)) == 2
        for each in pings(seen, family):
            assert (each["rtt_ms"] is not None) == (expected[0] == "answered")
            assert expected[0] == "answered" or "ping_group_range" in each["detail"]


@pytest.mark.parametrize("groups, kind", [("0 2147483647", "datagram"), ("1 0", "raw")])
def test_a_hop_that_refuses_an_echo_is_named(serving, check, groups, kind):
    network = serving(1)
    network.client.sysctl(f"ipv4/ping_group_range={groups}")
    network.router.nft(f"ip6 daddr {WEB6} icmpv6 type echo-request reject with icmpv6 type admin-prohibited")
    network.router.nft(f"ip daddr {WEB4} icmp type echo-request reject with icmp type admin-prohibited")
    seen = check("--ping", status=0)
    (ping,) = pings(seen, "ipv6")
    assert (ping["outcome"], ping["cause"], ping["socket"]) == ("unreachable", "admin_prohibited", kind)
    assert ping["icmp"] == {"offender": ROUTER6, "type": 1, "code": 1}
    (ping,) = pings(seen, "ipv4")
    assert (ping["outcome"], ping["icmp"]["type"], ping["icmp"]["code"]) == ("unreachable", 3, 13)


def test_an_echo_without_answer_costs_one_timeout_and_says_nothing(serving, check):
    serving(4).router.nft("meta l4proto { icmp, ipv6-icmp } drop")
    seen = check("--ping", "--timeout", "1", status=0)
    assert outcomes(seen, "ipv6") == outcomes(seen, "ipv4") == {("no_answer", "raw")}
    assert seen["duration_ms"] < 5000 and "net.ping-only" not in findings(seen)


def test_a_lost_echo_is_sent_again(serving, check):
    """The first request of each address is dropped: it has sequence number 1."""
    serving(1).router.nft(f"ip6 daddr {WEB6} icmpv6 type echo-request icmpv6 sequence 1 drop")
    seen = check("--ping", "--timeout", "1", status=0)
    assert outcomes(seen, "ipv6") == {("answered", "raw")}


def test_a_local_filter_and_a_missing_route_are_told_apart_from_silence(serving, check):
    network = serving(1)
    network.client.nft("icmpv6 type echo-request drop", hook="output")
    network.client.ip("route", "add", "unreachable", WEB4)
    seen = check("--ping", status=0)
    assert outcomes(seen, "ipv6") == {("not_permitted", "raw")}
    assert {each["outcome"] for each in pings(seen, "ipv4")} == {"unreachable"}


def test_every_report_shows_the_echoes(serving, run):
    serving(2)
    assert "IPv6 2 answered in " in run("--ping").stdout
    verbose = run("--ping", "-v").stdout
    for address in ("2001:db8:f::1", "2001:db8:f::2", "198.51.100.129", "198.51.100.130"):
        assert f"* Echo to {address}: answered after " in verbose


def test_without_the_option_no_echo_is_sent_and_nobody_asks_for_metadata(serving, check):
    network = serving(1)
    network.router.nft("meta l4proto { icmp, ipv6-icmp } drop")
    service = start_imds(network, network.router, interface(mac_of(network.client)), on=(SERVICE4, SERVICE6))
    seen = check(status=0)
    assert seen["endpoints"][0]["pings"] == [] and seen["host"]["ec2"] is None
    assert Path(service.log.name).read_text() == ""


@pytest.mark.parametrize("on", [(SERVICE4,), (SERVICE6,), (SERVICE4, SERVICE6)])
def test_the_metadata_service_is_asked_over_either_family(serving, check, on):
    network = serving(1)
    mac = mac_of(network.client)
    start_imds(network, network.router, interface(mac), on=on)
    seen = check("--ec2", status=0)
    ec2 = seen["host"]["ec2"]
    assert ec2["outcome"] == "answered" and ec2["service"] in on
    assert ec2["interfaces"] == [{
        "mac": mac, "device": "up0", "interface_id": "eni-0a1b2c3d", "subnet_id": "subnet-0a1b2c3d",
        "vpc_id": "vpc-0a1b2c3d", "ipv6": ["2600:1f13:1:2::7"], "ipv4": ["198.51.100.2"], "subnet_ipv6": [SUBNET],
        "vpc_ipv6": ["2600:1f13:1::/56"]}]
    assert not any(each.startswith("ec2.") for each in findings(seen))


@pytest.mark.parametrize("mode, outcome", [
    ("off", "denied"), ("stranger", "not_metadata"), ("endless-header", "not_metadata"),
    ("endless-body", "not_metadata"),
])
def test_whoever_stands_on_the_services_address_is_told_apart(serving, check, mode, outcome):
    network = serving(1)
    start_imds(network, network.router, mode=mode)
    seen = check("--ec2", status=0)
    assert seen["host"]["ec2"]["outcome"] == outcome and seen["duration_ms"] < 5000
    assert finding(seen, "ec2.metadata-unavailable")["severity"] == "info"


def test_an_answer_that_gets_no_further_than_one_hop_is_a_timeout(serving, check):
    """What a container meets whose instance has the default hop limit: the service is a router away."""
    network = serving(1)
    start_imds(network, network.server, interface("0a:00:00:00:00:01"), mode="one-hop")
    network.router.ip("route", "add", SERVICE4, "via", "198.51.100.66")
    seen = check("--ec2", status=0)
    assert seen["host"]["ec2"]["outcome"] == "timeout"
    assert "HttpPutResponseHopLimit" in finding(seen, "ec2.metadata-unavailable")["advice"]


def test_off_ec2_the_question_costs_about_a_second_at_most(serving, check):
    network = serving(1)
    silence_metadata(network)
    seen = check("--ec2", status=0)
    assert seen["host"]["ec2"]["outcome"] == "timeout" and seen["duration_ms"] < 5000


def test_many_interfaces_are_bounded(serving, check):
    network = serving(1)
    start_imds(network, network.router, *(interface(f"0a:00:00:00:00:{number:02x}") for number in range(20)))
    ec2 = check("--ec2", status=0)["host"]["ec2"]
    assert (len(ec2["interfaces"]), ec2["interfaces_left_out"]) == (16, 4)


def test_the_question_never_goes_through_a_proxy(serving, check):
    network = serving(1)
    start_imds(network, network.router, interface(mac_of(network.client)))
    proxies = [f"{name}=http://192.0.2.9:3128" for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY")]
    seen = check("--ec2", status=0, before=("env", *proxies))
    assert seen["host"]["ec2"]["outcome"] == "answered"


def test_the_report_prints_the_command_for_policies(serving, run):
    network = serving(1)
    start_imds(network, network.router, interface(mac_of(network.client)))
    assert f"ecr6 policy --suggest {SUBNET} FILE" in " ".join(run("--ec2").stdout.split())


def test_on_an_instance_that_has_ipv6_silence_leaves_fewer_suspects(serving, check):
    network = serving(1)
    # As a security group does: before any hop could answer.
    network.router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop", hook="prerouting")
    start_imds(network, network.router, interface(mac_of(network.client)))
    silent = finding(check("--ec2", "--timeout", "1", status=2), "net.silent-drop")
    assert any("EC2: eni-0a1b2c3d (up0)" in line for line in silent["evidence"])
    assert silent["advice"].startswith("Interface and subnet do have IPv6")


def test_a_redacted_run_shows_nothing_of_the_instance(serving, check):
    network = serving(1)
    mac = mac_of(network.client)
    start_imds(network, network.router, interface(mac, ipv6=()))
    seen = check("--ec2", "--redact", status=0)
    text = json.dumps(seen)
    for secret in (mac, "0a1b2c3d", "2600:1f13:1"):
        assert secret not in text
    assert "ec2.no-ipv6-address" in findings(seen)


def test_ctrl_c_ends_the_echoes_and_the_question_for_metadata(network, command):
    start_resolver(network, addresses(1, 1))
    network.client.resolv_conf(SERVER4)
    network.router.nft("meta l4proto { icmp, ipv6-icmp } drop")
    silence_metadata(network)
    network.router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop")
    line = command("--json", "--ping", "--ec2", "--timeout", "20", "--deadline", "30")
    process = subprocess.Popen(**line, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(0.7)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (3, b"")
    seen = validated(out.decode())
    assert seen["interrupted"] and outcomes(seen, "ipv6") == {("not_finished", None)}
    assert seen["host"]["ec2"]["outcome"] in ("not_finished", "timeout")
