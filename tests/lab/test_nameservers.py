"""Nameservers as hosts really have them. Needs root; it skips elsewhere and says why."""

from daemons import API, addresses, start_resolver
from looks import attempts, finding, findings, words
from network import LINK_LOCAL, SERVER4, SERVER6

DEAD = "2001:db8:2::dead"  # nobody has this address, and the router drops what goes there


def outcomes(seen, family):
    return [each["outcome"] for each in seen["endpoints"][0]["dns"][family]["by_resolver"]]


def test_a_silent_nameserver_hides_nothing_that_another_one_answers(serving, check):
    network = serving()
    network.router.nft(f"ip6 daddr {DEAD} drop")
    network.client.resolv_conf(DEAD, SERVER6)
    seen = check("--timeout", "2", status=0)
    assert words(seen) == ("reachable", "reachable")
    assert outcomes(seen, "ipv6") == outcomes(seen, "ipv4") == ["timeout", "answered"]
    silent = seen["endpoints"][0]["dns"]["ipv6"]["by_resolver"][0]
    assert silent["duration_ms"] >= 1900 and silent["tries"] == 2
    assert DEAD in finding(seen, "dns.resolver-unreachable")["summary"]


def test_a_nameserver_that_does_not_listen_is_unreachable(serving, check):
    serving().client.resolv_conf("2001:db8:1::1", SERVER6)
    seen = check(status=0)
    assert outcomes(seen, "ipv6") == ["unreachable", "answered"]
    assert "dns.resolver-unreachable" in findings(seen)


def test_a_nameserver_without_a_route_is_unreachable_at_once(serving, check):
    network = serving()
    network.client.ip("-6", "route", "del", "default")
    network.client.resolv_conf(SERVER6, SERVER4)
    seen = check(status=2)
    assert outcomes(seen, "ipv4") == ["unreachable", "answered"]
    assert seen["endpoints"][0]["dns"]["ipv4"]["by_resolver"][0]["duration_ms"] < 3000  # its timeout


def test_nameservers_that_disagree_degrade_the_family(network, check):
    start_resolver(network, addresses(1, 2), on=(SERVER6,))
    start_resolver(network, addresses(3, 2), on=(SERVER4,))
    network.client.resolv_conf(SERVER6, SERVER4)
    seen = check(status=1)
    assert words(seen) == ("degraded", "degraded")
    assert "dns.nameservers-disagree" in findings(seen)
    assert len(attempts(seen, "ipv6")) == len(attempts(seen, "ipv4")) == 4


def test_a_nameserver_that_filters_aaaa_is_named(network, check):
    start_resolver(network, addresses(1, 2), on=(SERVER6,))
    only_v4 = {name: [each for each in values if ":" not in each] for name, values in addresses(1, 2).items()}
    start_resolver(network, only_v4, on=(SERVER4,))
    network.client.resolv_conf(SERVER6, SERVER4)
    seen = check(status=1)
    assert outcomes(seen, "ipv6") == ["answered", "no_data"]
    assert SERVER4 in " ".join(finding(seen, "dns.aaaa-filtered")["evidence"])


def test_a_link_local_nameserver_is_asked_through_its_interface(network, check):
    start_resolver(network, addresses(1, 2), on=(f"{LINK_LOCAL}%down0",), namespace=network.router)
    network.client.resolv_conf(f"{LINK_LOCAL}%up0")
    seen = check(status=0)
    (resolver,) = seen["resolvers"]
    assert (resolver["address"], resolver["zone"]) == (LINK_LOCAL, "up0")
    assert words(seen) == ("reachable", "reachable")
    assert words(check("--resolver", f"[{LINK_LOCAL}%up0]", status=0)) == ("reachable", "reachable")


def test_a_zone_that_is_no_interface_is_unreachable_and_hides_nothing(serving, check):
    serving().client.resolv_conf(f"{LINK_LOCAL}%nowhere0", SERVER6)
    seen = check(status=0)
    assert outcomes(seen, "ipv6") == ["unreachable", "answered"]


def test_all_of_five_nameservers_are_asked_and_the_ignored_ones_named(network, check):
    on = [f"2001:db8:f::5{number}" for number in range(5)]
    start_resolver(network, addresses(1, 2), on=on)
    network.client.resolv_conf(*on)
    seen = check(status=0)
    assert [(each["address"], each["used_by_system"]) for each in seen["resolvers"]] == list(
        zip(on, [True, True, True, False, False]))
    assert outcomes(seen, "ipv6") == ["answered"] * 5
    evidence = " ".join(finding(seen, "run.nameservers-ignored")["evidence"])
    assert on[3] in evidence and on[4] in evidence and on[2] not in evidence


def test_aaaa_servfail_beside_a_good_a_record_is_unreachable(network, check):
    only_v4 = {API: ["198.51.100.129", "198.51.100.130"]}
    start_resolver(network, only_v4, forwarded=(API,))
    seen = check("--timeout", "5", status=2)
    assert seen["endpoints"][0]["dns"]["ipv6"]["outcome"] == "server_failure"
    assert words(seen) == ("unreachable", "reachable")
    assert "dns.aaaa-server-failure" in findings(seen)


def test_no_aaaa_and_no_such_name_are_told_apart(network, check):
    start_resolver(network, {API: ["198.51.100.129"]})
    assert check(status=2)["endpoints"][0]["dns"]["ipv6"]["outcome"] == "no_data"
    seen = check(status=2, target=("eu-west-1", "--only", "api", "--no-current"))
    assert {seen["endpoints"][0]["dns"][family]["outcome"] for family in ("ipv6", "ipv4")} == {"name_not_found"}


def test_a_truncated_answer_goes_on_over_tcp(serving, check):
    count = 60
    serving(count, options=("max-udp-size: 512",))
    seen = check("--max-addresses", "64", "--deadline", "25", status=0)
    for family in ("ipv6", "ipv4"):
        (answer,) = seen["endpoints"][0]["dns"][family]["by_resolver"]
        assert answer["over_tcp"] and len(answer["records"]) == count
        assert len(attempts(seen, family)) == count
    assert words(seen) == ("reachable", "reachable")


def test_a_truncated_answer_without_tcp_is_a_failure_and_ends_in_time(serving, check):
    serving(60, options=("max-udp-size: 512",)).router.nft("tcp dport 53 drop")
    seen = check("--timeout", "2", status=3)
    assert seen["duration_ms"] < 6000
    assert seen["endpoints"][0]["dns"]["ipv6"]["outcome"] == "timeout"
    assert words(seen) == ("not_tested", "not_tested")


def test_addresses_beyond_the_bound_are_said(serving, check):
    serving(20)
    seen = check(status=0)
    assert len(attempts(seen, "ipv6")) == len(attempts(seen, "ipv4")) == 16
    assert "4 more IPv6" in " ".join(finding(seen, "run.addresses-left-out")["evidence"])
