"""Hosts and paths that work in odd ways, or half. Needs root; it skips elsewhere and says why."""

import json
import subprocess

from conftest import ECR6
from daemons import API, OVER_IPV4, addresses, start_resolver
from looks import attempts, causes, findings, words
from network import CLIENT4, CLIENT6, ROUTER6, SERVER4, SERVER6, WEB6

# Three connects start at once: the attempt, the race and the large hello. Each loses its first segment.
FIRST_SYN = f"ip6 daddr {WEB6} tcp flags & (syn | ack) == syn numgen inc mod 1000 < 3 drop"


def test_an_ipv6_only_host_is_ready(serving, check):
    client = serving().client
    client.ip("address", "del", f"{CLIENT4}/26", "dev", "up0")
    client.resolv_conf(SERVER6)
    seen = check(status=0)
    assert words(seen) == ("reachable", "unreachable")
    assert {(each["cause"], each["synchronous"]) for each in attempts(seen, "ipv4")} == {("network_unreachable", True)}
    assert (seen["verdict"]["ipv6"], seen["endpoints"][0]["race"]["winner"]) == ("ready", "ipv6")


def test_a_route_to_the_endpoint_alone_is_enough(serving, check):
    client = serving().client
    client.ip("-6", "route", "del", "default")
    client.ip("-6", "route", "add", WEB6, "via", ROUTER6)
    assert words(check(*OVER_IPV4, status=0)) == ("reachable", "reachable")


def test_a_host_with_link_local_addresses_alone_gets_nowhere(serving, check):
    client = serving().client
    client.ip("address", "del", f"{CLIENT6}/64", "dev", "up0")
    client.ip("-6", "route", "replace", "default", "via", "fe80::1", "dev", "up0")
    seen = check(*OVER_IPV4, status=2)
    assert words(seen) == ("unreachable", "reachable")
    assert causes(seen, "ipv6") == {"host_unreachable"}
    for each in attempts(seen, "ipv6"):
        assert each["source_address"].startswith("fe80:") and not each["synchronous"]


def test_the_first_question_may_be_lost(serving, check):
    network = serving()
    # The first datagram of every socket is lost; each question has a socket of its own.
    network.router.run("nft", "-f", "-", stdin="""
        add table inet lab
        add set inet lab asked { type inet_service; flags dynamic; size 128; }
    """)
    network.router.nft("udp dport 53 udp sport != @asked add @asked { udp sport } drop")
    seen = check("--resolver", SERVER4, status=0)
    for family in ("ipv6", "ipv4"):
        (answer,) = seen["endpoints"][0]["dns"][family]["by_resolver"]
        assert (answer["outcome"], answer["tries"]) == ("answered", 2)
        assert 1000 <= answer["duration_ms"] < 3000
    assert not [each for each in findings(seen) if each.startswith("dns.")]


def test_a_lost_first_segment_is_no_failure(serving, check):
    """One lost segment makes that connect slow; the repeats show that the path is neither slow nor lossy."""
    serving(1).router.nft(FIRST_SYN)
    seen = check(status=0)
    (attempt,) = attempts(seen, "ipv6")
    assert attempt["reached"] == "done" and attempt["cause"] is None and attempt["tcp"]["total_retransmits"] >= 1
    assert attempt["connect_ms"] >= 1000
    later = [each for each in seen["endpoints"][0]["confirmations"] if each["purpose"] == "later_connect"]
    assert len(later) >= 2 and all(each["tcp"]["total_retransmits"] == 0 for each in later)
    assert words(seen) == ("reachable", "reachable")


def test_a_nameserver_behind_a_firewall_that_says_so_is_unreachable(serving, check):
    network = serving()
    network.router.nft(f"ip6 daddr {SERVER6} udp dport 53 reject with icmpv6 type admin-prohibited")
    network.client.resolv_conf(SERVER6, SERVER4)
    seen = check(status=0)
    first, second = seen["endpoints"][0]["dns"]["ipv6"]["by_resolver"]
    assert (first["outcome"], second["outcome"]) == ("unreachable", "answered")


def test_a_port_where_nobody_listens_is_refused_by_the_server_itself(serving, check):
    serving()
    seen = check("--port", "8443", status=2)
    for family in ("ipv6", "ipv4"):
        assert causes(seen, family) == {"connection_refused"}
        assert not any("icmp" in each for each in attempts(seen, family))


def test_a_path_that_swallows_the_hello_is_a_tls_timeout(serving, check):
    serving().router.nft(f"ip6 daddr {WEB6} tcp dport 443 tcp flags & psh == psh drop")
    seen = check("--timeout", "1", status=2)
    assert causes(seen, "ipv6") == {"tls_timeout"}
    assert {each["reached"] for each in attempts(seen, "ipv6")} == {"tls"}
    assert seen["verdict"]["migrate"] == "not_ready"  # no client falls back once TCP is connected


def test_aliases_are_followed_and_shown(network, check):
    """The resolver knows the alias; the addresses come from another server."""
    target = "edge.example"
    start_resolver(network, addresses(1, 2, names=(target,)), on=("2001:db8:f::ff",))
    start_resolver(network, {}, beyond="2001:db8:f::ff",
                   options=(f'local-zone: "{API}." redirect', f'local-data: "{API}. 60 IN CNAME {target}."'))
    seen = check(status=0)
    for family in ("ipv6", "ipv4"):
        lookup = seen["endpoints"][0]["dns"][family]
        assert (lookup["aliases"], len(lookup["records"])) == ([target], 2)


def test_few_open_files_are_said_and_enough(serving, check):
    serving(60)
    seen = check("--max-addresses", "60", "--deadline", "40", status=0, before=("prlimit", "--nofile=40"))
    assert len(attempts(seen, "ipv6")) == 60 and causes(seen, "ipv6") == causes(seen, "ipv4") == {None}
    assert any("40 files: concurrency lowered" in note for note in seen["notes"])


def test_a_recorded_run_is_reported_the_same_elsewhere(serving, run, tmp_path):
    serving().router.nft(f"ip6 daddr {WEB6} tcp dport 443 reject with icmpv6 type no-route")
    first = run("--json")
    file = tmp_path / "run.json"
    file.write_text(first.stdout)
    again = subprocess.run([ECR6, "report", "--json", file], capture_output=True, text=True, timeout=20)
    assert again.returncode == first.status == 2
    assert json.loads(again.stdout) == json.loads(first.stdout)
    verbose = subprocess.run([ECR6, "report", "-v", file], capture_output=True, text=True, timeout=20).stdout
    assert f"* ICMPv6 type 1 code 0 came from {ROUTER6}" in verbose


def test_the_source_is_the_preferred_global_address(serving, check):
    client = serving().client
    client.ip("address", "add", "fd00:1::2/64", "dev", "up0")
    client.ip("address", "add", "2001:db8:1::99/64", "dev", "up0", "preferred_lft", "0")
    seen = check(status=0)
    assert {each["source_address"] for each in attempts(seen, "ipv6")} == {CLIENT6}
