"""A healthy network with real daemons: every field of the contract. Needs root; it skips elsewhere and says why."""

import signal
import subprocess
import time

import pytest

from conftest import validated
from daemons import API, REGISTRY
from looks import attempts, findings, words
from network import CLIENT4, CLIENT6, SERVER4, SERVER6


def test_every_address_of_both_families_is_reached_and_described(serving, check):
    serving(4).client.resolv_conf(SERVER6, SERVER4)
    seen = check(status=0, target=("us-west-2", "--account", "123456789012", "--only", "api,registry", "--no-current"))
    assert (seen["verdict"]["ipv6"], seen["verdict"]["migrate"]) == ("ready", "ready")
    assert [each["address"] for each in seen["resolvers"]] == [SERVER6, SERVER4]
    assert [each["name"] for each in seen["endpoints"]] == [API, REGISTRY]
    for index, status in ((0, 404), (1, 401)):
        assert words(seen, index) == ("reachable", "reachable")
        for family, source in (("ipv6", CLIENT6), ("ipv4", CLIENT4)):
            made = attempts(seen, family, index)
            assert len(made) == len({each["address"] for each in made}) == 4
            for each in made:
                assert (each["reached"], each["cause"]) == ("done", None)
                assert (each["source_address"], each["port"]) == (source, 443)
                assert 0 < each["connect_ms"] < 3000 and 0 < each["tls_ms"] < 3000 and 0 < each["http_ms"] < 3000
                assert each["tls"]["version"] == "TLSv1.3" and each["tls"]["verified"] and API in each["tls"]["names"]
                assert "Laboratory Root" in each["tls"]["issuer"] and API in each["tls"]["subject"]
                assert each["http"]["status"] == status and each["http"]["server"].startswith("nginx")


def test_the_records_of_each_nameserver_have_their_time_to_live(serving, check):
    serving(3).client.resolv_conf(SERVER6, SERVER4)
    (api,) = check(status=0)["endpoints"]
    for family in ("ipv6", "ipv4"):
        lookup = api["dns"][family]
        assert lookup["outcome"] == "answered" and len(lookup["records"]) == 3
        assert {record["ttl_s"] for record in lookup["records"]} == {60}
        assert [(each["resolver"], each["outcome"], len(each["records"])) for each in lookup["by_resolver"]] == [
            (0, "answered", 3), (1, "answered", 3)]
    assert api["race"]["winner"] == "ipv6"
    assert api["race"]["address"] in {record["address"] for record in api["dns"]["ipv6"]["records"]}


def test_the_certificate_counts_only_with_its_root(serving, check):
    serving()
    seen = check(status=2, trust=())
    for each in attempts(seen, "ipv6"):
        assert (each["reached"], each["cause"], each["tls"]["verified"]) == ("tls", "certificate_untrusted", False)
        assert "Laboratory Root" in each["tls"]["issuer"]


def test_it_needs_no_root(serving, check):
    serving()
    nobody = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all")
    seen = check(status=0, before=nobody)
    assert words(seen) == ("reachable", "reachable")


def test_an_interface_can_be_chosen(serving, check):
    serving()
    seen = check("--interface", "up0", status=0)
    assert words(seen) == ("reachable", "reachable")


@pytest.mark.parametrize("family, source, expected", [("ipv6", "2001:db8:1::77", ("reachable", "not_tested")),
                                                      ("ipv4", "198.51.100.7", ("not_tested", "reachable"))])
def test_a_source_address_can_be_chosen_and_means_its_family(serving, check, family, source, expected):
    serving().client.ip("address", "add", f"{source}/{64 if family == 'ipv6' else 26}", "dev", "up0")
    seen = check("--interface", source, status=0)
    assert words(seen) == expected
    assert {each["source_address"] for each in seen["endpoints"][0]["attempts"]} == {source}


def test_an_interface_without_a_way_out_is_said(serving, check):
    network = serving()
    network.client.ip("link", "add", "aside0", "type", "veth", "peer", "name", "aside1")
    network.client.ip("link", "set", "aside0", "up")
    network.client.ip("link", "set", "aside1", "up")
    network.client.ip("address", "add", "2001:db8:3::2/64", "dev", "aside0")
    seen = check("-6", "--interface", "aside0", status=2, target=(
        "us-west-2", "--only", "api", "--no-current", "--connect-to", f"{API}:443:[2001:db8:f::1]:443"))
    assert {(each["cause"], each["synchronous"]) for each in attempts(seen, "ipv6")} == {("network_unreachable", True)}


def test_ctrl_c_prints_what_is_known_so_far(serving, command):
    network = serving()
    network.router.nft("ip6 daddr 2001:db8:f::/64 drop")
    process = subprocess.Popen(**command("--json", "--timeout", "20", "--deadline", "30"), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(2)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=5)
    assert process.returncode == 3, stderr
    seen = validated(stdout)
    assert seen["interrupted"] and "run.interrupted" in findings(seen)
    assert {each["cause"] for each in attempts(seen, "ipv6")} == {"interrupted"}
    assert {each["cause"] for each in attempts(seen, "ipv4")} == {None}
