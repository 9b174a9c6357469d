"""The rules of the JSON contract that no schema says: contract.py knows them, conftest's `validate` holds every run to them."""

import json
from pathlib import Path

import pytest

from contract import broken_rules

DATA = Path(__file__).parent / "data"
MISSING = object()


def record(name):
    return json.loads((DATA / f"{name}.json").read_text())


def attempt_of(run, reached):
    return next(attempt for endpoint in run["endpoints"] for attempt in endpoint["attempts"] if attempt["reached"] == reached)


def finding(severity):
    return {"id": "run.example", "severity": severity, "endpoint": None, "family": None, "evidence": ["seen"]}


def assign(holder, key, value):
    if value is MISSING:
        del holder[key]
    else:
        holder[key] = value


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.json")))
def test_a_record_keeps_the_rules(name):
    assert broken_rules(record(name)) == []


@pytest.mark.parametrize("key, value, says", [
    ("cause", None, "without a cause"),
    ("cause", "", "instead of null"),
    ("tls_ms", 3, "holds tls, which was not reached"),
    ("http", {}, "holds http, which was not reached"),
    ("connect_ms", None, "null instead of absent"),
    ("connect_ms", "3", "a duration is a number"),
    ("connect_ms", True, "a duration is a number"),
    ("source_address", "2001:DB8::1", "not RFC 5952"),
    ("source_address", "fe80::1%eth0", "not RFC 5952"),
    ("cause", "Connection refused", "not snake_case"),
    ("family", "ipv4", "is not ipv4"),
    ("address", "2001:db8::77", "no record holds"),
])
def test_a_breach_in_a_failed_attempt_is_seen(key, value, says):
    run = record("one-address-refused")
    assign(attempt_of(run, "connect"), key, value)
    assert any(says in breach for breach in broken_rules(run)), broken_rules(run)


@pytest.mark.parametrize("key, value, says", [
    ("cause", "tls_timeout", "done, with the cause"),
    ("tls", MISSING, "done without everything"),
    ("http_ms", MISSING, "done without everything"),
    ("source_address", MISSING, "connected from nowhere"),
])
def test_a_breach_in_an_attempt_that_went_through_is_seen(key, value, says):
    run = record("healthy")
    assign(attempt_of(run, "done"), key, value)
    assert any(says in breach for breach in broken_rules(run)), broken_rules(run)


@pytest.mark.parametrize("change, says", [
    (lambda run: run.update(started_at="2026-11-27 22:50:36"), "not RFC 3339"),
    (lambda run: run.update(started_at="2026-11-27T22:50:36+01:00"), "not RFC 3339"),
    (lambda run: run["endpoints"][0]["attempts"].append(run["endpoints"][0]["attempts"][0]), "tried twice"),
    (lambda run: run["endpoints"][0]["attempts"].pop(), "0 left out of"),
    (lambda run: run["endpoints"][0]["addresses_left_out"].update(ipv6=3), "3 left out of"),
    (lambda run: run["endpoints"][0]["race"].update(winner=None), "half a winner"),
    (lambda run: run["endpoints"][0]["race"].pop("winner"), "instead of null"),
    (lambda run: run["endpoints"][0].update(region=""), "instead of null"),
    (lambda run: run["endpoints"][0].update(role="other"), "another host has no"),
    (lambda run: run["settings"].update(ipv4=False), "ipv4 was switched off"),
    (lambda run: run["endpoints"][0].update(wait_duration=3), "a duration without its unit"),
    (lambda run: run.update(findings=[finding("info"), finding("error")]), "not the worst first"),
])
def test_a_breach_elsewhere_is_seen(change, says):
    run = record("healthy")
    change(run)
    assert any(says in breach for breach in broken_rules(run)), broken_rules(run)


@pytest.mark.parametrize("change, says", [
    (lambda finding: finding.update(endpoint="elsewhere.example"), "which is no endpoint"),
    (lambda finding: finding.update(family=""), "instead of null"),
    (lambda finding: finding.update(evidence=[]), "without evidence"),
    (lambda finding: finding.update(id="no slug"), "no layer.slug"),
])
def test_a_breach_in_a_finding_is_seen(change, says):
    run = record("no-route")
    change(run["findings"][0])
    assert any(says in breach for breach in broken_rules(run)), broken_rules(run)


def test_the_forms_of_a_run_are_held_to_the_rules(run, validate):
    """What the scenarios of test_check.py leave out: other hosts, literals, one family, a bound, a public registry."""
    for arguments in (["registry.example"], ["-6", "us-west-2", "--only", "api"], ["public"],
                      ["--max-addresses", "1", "us-west-2"], ["cn-north-1", "--only", "api,registry"],
                      ["api.ecr.us-west-2.api.aws", "--no-current"], ["--fips", "us-west-2", "--only", "api"]):
        validate(run("check", "--lab", "healthy", "--timeout", "1", "--json", *arguments).json)
