"""What the findings of the path show, beyond that they are raised. Needs root; it skips elsewhere and says why."""

import re

import pytest

from looks import attempts, finding, findings
from network import CLIENT6, ROUTER4, ROUTER6, WEB4, WEB6

NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all")


def evidence(seen, name):
    return "\n".join(finding(seen, name)["evidence"])


def searches(seen):
    return seen["endpoints"][0]["hop_searches"]


@pytest.mark.parametrize("before", [(), NOBODY], ids=["root", "nobody"])
def test_the_last_hop_that_answers_before_a_drop_is_named(serving, check, before):
    serving().router.nft(f"ip6 daddr {WEB6} tcp dport 443 drop")
    seen = check("--timeout", "1", status=2, before=before)
    (search,) = searches(seen)
    assert (search["family"], search["limits"]) == ("ipv6", 16) and "answered_at" not in search
    assert [(hop["limit"], hop["responder"], hop["type"], hop["code"]) for hop in search["hops"]] == [
        (1, ROUTER6, 3, 0)]
    assert f"the last hop that answers is {ROUTER6}, hop 1" in evidence(seen, "net.silent-drop")
    assert ROUTER6 in finding(seen, "net.silent-drop")["summary"]


def test_so_is_that_of_ipv4(serving, check):
    serving().router.nft(f"ip daddr {WEB4} tcp dport 443 drop")
    seen = check("--timeout", "1", status=0)
    (search,) = searches(seen)
    assert [(hop["limit"], hop["responder"], hop["type"], hop["code"]) for hop in search["hops"]] == [
        (1, ROUTER4, 11, 0)]


def test_both_families_are_searched_when_both_are_silent(serving, check):
    serving().router.nft("tcp dport 443 drop")
    assert [search["family"] for search in searches(check("--timeout", "1", status=2))] == ["ipv6", "ipv4"]


def test_a_drop_on_this_host_lets_no_hop_answer_and_is_among_the_suspects(serving, check, run):
    serving().client.nft(f"ip6 daddr {WEB6} tcp dport 443 drop", hook="output")
    seen = check("--timeout", "1", status=2)
    assert [search["hops"] for search in searches(seen)] == [[]]
    assert "no hop answers, not even the first" in evidence(seen, "net.silent-drop")
    assert "nft list ruleset" in finding(seen, "net.silent-drop")["advice"]
    assert "no hop answers, not even the first" in " ".join(run("--timeout", "1").stdout.split())


@pytest.mark.parametrize("family", ["6", "4"])
def test_a_packet_that_this_host_drops_is_told_from_one_that_is_dropped_on_the_way(serving, check, family):
    """Seen when the first packet is sent again, after a second."""
    net = serving()
    rule = f"ip6 daddr {WEB6} tcp dport 443 drop" if family == "6" else f"ip daddr {WEB4} tcp dport 443 drop"
    net.router.nft(rule)
    words = "this host itself dropped the packet"
    assert words not in evidence(check(f"-{family}", "--timeout", "2", status=2), "net.silent-drop")
    net.client.nft(rule, hook="output")
    assert words in evidence(check(f"-{family}", "--timeout", "2", status=2), "net.silent-drop")


def test_a_silent_loop_shows_the_circle(serving, check):
    net = serving()
    net.server.sysctl("ipv6/conf/all/forwarding=1")
    net.server.ip("-6", "route", "del", "local", WEB6, "dev", "lo")
    net.server.ip("-6", "route", "add", WEB6, "via", "2001:db8:2::1")
    net.server.nft("icmpv6 type time-exceeded drop", hook="output")
    seen = check("--timeout", "1", status=2)
    hops = searches(seen)[0]["hops"]
    assert [hop["limit"] for hop in hops] == list(range(1, 17, 2))
    assert {hop["responder"] for hop in hops} <= {ROUTER6, "2001:db8:2::1"}  # the router, on either side
    assert "net.routing-loop" in findings(seen)


def test_nothing_is_searched_where_an_answer_came_or_none_can(serving, check):
    net = serving()
    assert searches(check(status=0)) == []
    net.client.ip("-6", "route", "replace", "default", "via", "2001:db8:1::dead")
    assert searches(check("--timeout", "1", "--resolver", "198.51.100.66", status=2)) == []


def test_the_hop_that_rejects_is_told_from_the_address_itself_and_from_this_host(serving, check):
    net = serving()
    net.server.ip("address", "add", "2001:db8:f::1/128", "dev", "lo")
    net.server.nft("ip6 daddr 2001:db8:f::1 tcp dport 443 reject with icmpv6 type admin-prohibited", hook="input")
    net.router.nft("ip6 daddr 2001:db8:f::2 tcp dport 443 reject with icmpv6 type admin-prohibited")
    seen = check(status=2)
    lines = [each for entry in seen["findings"] if entry["id"] == "net.rejected" for each in entry["evidence"]]
    words = "ICMPv6 'administratively prohibited' (type 1, code 1) from"
    assert any(f"{words} 2001:db8:f::1, the address itself" in line for line in lines), lines
    assert any(f"{words} {ROUTER6}, this host's next hop" in line for line in lines), lines


def test_a_dead_next_hop_is_shown_with_its_entry_in_the_neighbour_table(serving, check):
    serving().client.ip("-6", "route", "replace", "default", "via", "2001:db8:1::dead")
    seen = check("--timeout", "1", "--resolver", "198.51.100.66", status=2)
    for each in attempts(seen, "ipv6"):
        assert (each["cause"], each["neighbour"]["address"]) == ("connect_timeout", "2001:db8:1::dead")
        assert each["neighbour"]["state"] in ("incomplete", "failed") and each["source_address"] == CLIENT6
    assert re.search("next hop 2001:db8:1::dead on up0: (incomplete|failed)", evidence(seen, "net.gateway-dead"))


def test_the_race_hears_of_a_rejection_at_once(serving, check):
    """A connect that does not hear of it sends its SYN again after a second."""
    router = serving().router
    router.nft(f"ip6 daddr {WEB6} tcp dport 443 counter reject with icmpv6 type admin-prohibited")
    seen = check("-6", status=2)
    assert seen["endpoints"][0]["race"]["winner"] is None
    packets = re.search(r"counter packets (\d+)", router.run("nft", "list", "ruleset"))
    assert int(packets[1]) == 5  # two attempts, the race's connects to the same two addresses, and the large hello
