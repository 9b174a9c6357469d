"""The child that asks getaddrinfo(3): nobody waits for it, and nothing of it stays. Needs root; skips elsewhere."""

import signal
import subprocess
import time

import pytest

from daemons import OVER_IPV4
from looks import findings
from network import SERVER4

DEAD = "2001:db8:2::dead"


@pytest.fixture
def first_nameserver_dead(serving):
    network = serving()
    network.router.nft(f"ip6 daddr {DEAD} drop")
    network.client.resolv_conf(DEAD, SERVER4)
    return network


def processes_in(namespace):
    done = subprocess.run(["ip", "netns", "pids", namespace.name], capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_the_system_is_asked_beside_the_nameservers(serving, check):
    serving().router.nft("ip daddr 198.51.100.129 drop")  # the run lasts a second
    (api,) = check("--timeout", "1", status=0)["endpoints"]
    system = api["dns"]["system"]
    assert not system["killed"] and not system["error"]
    assert set(system["addresses"]) == {each["address"] for family in ("ipv6", "ipv4")
                                        for each in api["dns"][family]["records"]}


def test_with_a_resolver_of_its_own_the_run_does_not_ask_the_system(serving, check):
    serving()
    (api,) = check(*OVER_IPV4, status=0)["endpoints"]
    assert "system" not in api["dns"]


def test_a_getaddrinfo_that_does_not_come_back_is_killed_on_time(first_nameserver_dead, check):
    seen = check("--timeout", "1", status=0)
    assert seen["duration_ms"] < 4000  # getaddrinfo would wait 5 s for the first nameserver
    assert seen["endpoints"][0]["dns"]["system"]["killed"]
    assert "dns.system-differs" in findings(seen)
    assert processes_in(first_nameserver_dead.client) == []


def test_ctrl_c_leaves_no_child(first_nameserver_dead, command):
    process = subprocess.Popen(**command("--json", "--timeout", "20", "--deadline", "30"), stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    time.sleep(1)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)
    assert process.returncode == 3
    assert processes_in(first_nameserver_dead.client) == []


def test_a_killed_run_leaves_no_child(first_nameserver_dead, command):
    process = subprocess.Popen(**command("--timeout", "20", "--deadline", "30"), stdin=subprocess.DEVNULL,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(1)
    process.kill()
    process.wait()
    until = time.monotonic() + 5
    while processes_in(first_nameserver_dead.client) and time.monotonic() < until:
        time.sleep(0.05)
    assert processes_in(first_nameserver_dead.client) == []
