"""Paths that are broken on this host or beyond it. Needs root; it skips elsewhere and says why."""

import re

import pytest

from daemons import OVER_IPV4
from looks import attempts, causes, finding, findings, words
from network import CLIENT6, ROUTER4, ROUTER6, WEB4, WEB6


def test_without_an_ipv6_route_nothing_is_sent_and_every_address_is_shown(serving, check, run):
    serving(4).client.ip("-6", "route", "del", "default")
    seen = check(*OVER_IPV4, status=2)
    assert words(seen) == ("unreachable", "reachable")
    assert len(attempts(seen, "ipv6")) == 4
    for each in attempts(seen, "ipv6"):
        assert (each["cause"], each["synchronous"], each["reached"]) == ("network_unreachable", True, "connect")
        assert "source_address" not in each and "icmp" not in each
    assert "host.no-route" in findings(seen)
    text = run("-v", *OVER_IPV4).stdout
    for number in range(1, 5):
        assert f"*   Trying [2001:db8:f::{number}]:443..." in text
        assert re.search(rf"^\* Immediate connect fail for 2001:db8:f::{number}: network_unreachable", text, re.M)


REJECTED = [
    ("icmpv6 type no-route", "network_unreachable", (1, 0), "net.no-route-upstream"),
    ("icmpv6 type admin-prohibited", "admin_prohibited", (1, 1), "net.rejected"),
    ("icmpv6 type addr-unreachable", "host_unreachable", (1, 3), "net.rejected"),
    ("icmpv6 type port-unreachable", "connection_refused", (1, 4), "net.rejected"),
]


@pytest.mark.parametrize("answer, cause, icmp, card", REJECTED, ids=[row[0].split()[-1] for row in REJECTED])
def test_the_router_that_rejects_is_named(serving, check, answer, cause, icmp, card):
    serving().router.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with {answer}")
    seen = check(status=2)
    assert words(seen) == ("unreachable", "reachable")
    for each in attempts(seen, "ipv6"):
        assert (each["cause"], each["synchronous"], each["source_address"]) == (cause, False, CLIENT6)
        assert (each["icmp"]["offender"], each["icmp"]["type"], each["icmp"]["code"]) == (ROUTER6, *icmp)
    assert ROUTER6 in " ".join(finding(seen, card)["evidence"])


@pytest.mark.parametrize("answer, cause, code", [
    ("net-unreachable", "network_unreachable", 0), ("host-unreachable", "host_unreachable", 1),
    ("admin-prohibited", "host_unreachable", 13), ("port-unreachable", "connection_refused", 3)])
def test_the_router_that_rejects_ipv4_is_named_too(serving, check, answer, cause, code):
    serving().router.nft(f"ip daddr {WEB4} tcp dport 443 reject with icmp type {answer}")
    seen = check(status=0)
    assert words(seen) == ("reachable", "unreachable")
    for each in attempts(seen, "ipv4"):
        assert (each["icmp"]["offender"], each["icmp"]["type"], each["icmp"]["code"]) == (ROUTER4, 3, code)
        assert (each["cause"], each["synchronous"]) == (cause, False)


def test_a_reset_has_no_offender(serving, check):
    serving().router.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with tcp reset")
    seen = check(status=2)
    assert causes(seen, "ipv6") == {"connection_refused"}
    assert not any("icmp" in each or each["synchronous"] for each in attempts(seen, "ipv6"))
    assert "net.refused" in findings(seen)


def test_a_silent_drop_costs_one_timeout_in_all(serving, check):
    serving(8).router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop")
    seen = check("--timeout", "2", status=2)
    assert len(attempts(seen, "ipv6")) == 8 and causes(seen, "ipv6") == {"connect_timeout"}
    assert 2000 <= seen["duration_ms"] < 8000  # one after the other would take 16 s
    assert {each["source_address"] for each in attempts(seen, "ipv6")} == {CLIENT6}
    assert "net.silent-drop" in findings(seen) and seen["endpoints"][0]["race"]["winner"] == "ipv4"


def test_one_dropped_address_of_four_is_degraded(serving, check):
    serving(4).router.nft("ip6 daddr 2001:db8:f::3 tcp dport 443 drop")
    seen = check("--timeout", "1", status=1)
    assert words(seen) == ("degraded", "reachable")
    assert {each["address"]: each["cause"] for each in attempts(seen, "ipv6") if each["cause"]} == {
        "2001:db8:f::3": "connect_timeout"}
    assert check("--timeout", "1", "--strict", status=2)["verdict"]["ipv6"] == "degraded"


@pytest.mark.parametrize("kind, cause", [("unreachable", "host_unreachable"), ("prohibit", "permission_denied"),
                                         ("blackhole", "invalid_route")])
def test_a_local_route_that_refuses_is_local(serving, check, kind, cause):
    serving().client.ip("-6", "route", "add", kind, WEB6)
    seen = check(status=2)
    for each in attempts(seen, "ipv6"):
        assert (each["cause"], each["synchronous"], "icmp" in each) == (cause, True, False)
    assert any(each.startswith("host.") for each in findings(seen)), findings(seen)


def test_ipv6_disabled_everywhere_has_no_address_to_send_from(serving, check):
    client = serving().client
    client.sysctl("ipv6/conf/all/disable_ipv6=1")
    seen = check(*OVER_IPV4, status=2)
    assert causes(seen, "ipv6") == {"address_not_available"}
    assert all(each["synchronous"] for each in attempts(seen, "ipv6"))
    assert "host.ipv6-disabled" in findings(seen) and "host.no-usable-address" not in findings(seen)
    assert words(seen) == ("unreachable", "reachable")


def test_ipv6_disabled_on_the_interface_is_no_route(serving, check):
    client = serving().client
    client.sysctl("ipv6/conf/up0/disable_ipv6=1")
    seen = check(*OVER_IPV4, status=2)
    assert {(each["cause"], each["synchronous"]) for each in attempts(seen, "ipv6")} == {("network_unreachable", True)}


def test_a_firewall_of_this_host_is_told_from_one_on_the_path(serving, check):
    serving().client.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with icmpv6 type admin-prohibited", hook="output")
    seen = check(status=2)
    assert causes(seen, "ipv6") <= {"admin_prohibited", "permission_denied"}
    assert "net.local-firewall" in findings(seen), findings(seen)


def test_a_dead_gateway_is_named_after_three_seconds(serving, check):
    client = serving().client
    client.ip("-6", "route", "replace", "default", "via", "2001:db8:1::dead")
    seen = check("--timeout", "5", *OVER_IPV4, status=2)
    assert causes(seen, "ipv6") == {"host_unreachable"}
    assert {each["icmp"]["offender"] for each in attempts(seen, "ipv6")} == {CLIENT6}
    assert "net.gateway-dead" in findings(seen)
