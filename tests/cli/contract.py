"""What the JSON of a run promises beyond what docs/schema/ecr6.check-1.json can say. `broken_rules` names each breach."""

import ipaddress
import re
from datetime import datetime

STAGES = ["connect", "tls", "http", "done"]
# One object by one: fields of a stage that was not reached are absent, these are null when they are empty.
NULL_WHEN_EMPTY = {
    "endpoints": ("partition", "region", "account", "addressing", "right_name"),
    "attempts": ("cause",), "confirmations": ("cause",), "race": ("winner", "address"), "findings": ("endpoint", "family"),
}
WORDS = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
ENUMERATED = {"role", "addressing", "outcome", "family", "reached", "cause", "winner", "severity", "client", "purpose",
              "ipv6", "ipv4", "migrate", "require", "trust", "socket", "state"}
MOMENTS = {"started_at", "not_before", "not_after"}
ADDRESSES = {"address", "source_address", "gateway", "source", "offender", "responder", "service"}


def walk(value, path=""):
    """(path, key, value) of every field at any depth; items of a list have the list's key."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield f"{path}/{key}", key, part
            yield from walk(part, f"{path}/{key}")
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from walk(part, f"{path}/{i}")


def is_canonical(text):
    """RFC 5952, no zone; IPv4 as a dotted quad."""
    try:
        return "%" not in text and (str(ipaddress.ip_address(text)) == text or text.startswith("::ffff:"))
    except ValueError:
        return False


def is_moment(text):
    try:
        datetime.strptime(re.sub(r"\.\d+Z$", "Z", text), "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return False
    return True


def field_rules(run):
    for path, key, value in walk(run):
        if key.endswith(("_ms", "_s")):
            if value is not None and (isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0):
                yield f"{path}: a duration is a number, not {value!r}"
        elif re.search(r"duration|rtt|latency|elapsed|timeout$", key) and isinstance(value, (int, float)) and not isinstance(value, bool):
            yield f"{path}: a duration without its unit"
        if key in MOMENTS and not is_moment(value):
            yield f"{path}: {value!r} is not RFC 3339 UTC"
        if key in ADDRESSES and path != "/endpoints" and isinstance(value, str) and "resolvers" not in path and not is_canonical(value):
            yield f"{path}: {value!r} is not RFC 5952"
        if key in ENUMERATED and isinstance(value, str) and not WORDS.fullmatch(value):
            yield f"{path}: {value!r} is not snake_case"


def attempt_rules(path, attempt, confirming=False):
    reached = STAGES.index(attempt["reached"])
    for stage, name in enumerate(("tls", "http"), start=1):
        if reached < stage and {name, f"{name}_ms"} & attempt.keys():
            yield f"{path}: holds {name}, which was not reached"
    if attempt["reached"] == "done" and attempt["cause"] is not None:
        yield f"{path}: done, with the cause {attempt['cause']}"
    if attempt["reached"] != "done" and attempt["cause"] is None:
        yield f"{path}: ended at {attempt['reached']} without a cause"
    if attempt["reached"] == "done" and not confirming and not {"tls", "http", "connect_ms", "tls_ms", "http_ms"} <= attempt.keys():
        yield f"{path}: done without everything that was seen on the way"
    if (attempt["cause"] or "").startswith("certificate_") and (attempt["reached"], "tls" in attempt) != ("tls", True):
        yield f"{path}: a rejected certificate is shown in full"
    if ("." in attempt["address"] and ":" not in attempt["address"]) != (attempt["family"] == "ipv4"):
        yield f"{path}: {attempt['address']} is not {attempt['family']}"
    if reached > 0 and "source_address" not in attempt:
        yield f"{path}: connected from nowhere"


def is_address(name):
    try:
        return bool(ipaddress.ip_address(name))
    except ValueError:
        return False


def endpoint_rules(path, endpoint, settings):
    tried = [attempt["address"] for attempt in endpoint["attempts"]]
    if len(tried) != len(set(tried)):
        yield f"{path}: an address was tried twice"
    for family in ("ipv6", "ipv4"):
        ours = [attempt for attempt in endpoint["attempts"] if attempt["family"] == family]
        found = [record["address"] for record in endpoint["dns"].get(family, {}).get("records", [])]
        left_out = endpoint["addresses_left_out"][family]
        if not is_address(endpoint["name"]):
            if not {attempt["address"] for attempt in ours} <= set(found):
                yield f"{path}: {family} was tried on an address that no record holds"
            if len(ours) + left_out != len(set(found)):
                yield f"{path}: {len(ours)} {family} attempts and {left_out} left out of {len(set(found))} addresses"
        if not settings[family] and (ours or family in endpoint["dns"] or endpoint[family] != "not_tested"):
            yield f"{path}: {family} was switched off"
    for i, attempt in enumerate(endpoint["attempts"]):
        yield from attempt_rules(f"{path}/attempts/{i}", attempt)
    for i, attempt in enumerate(endpoint["confirmations"]):
        yield from attempt_rules(f"{path}/confirmations/{i}", attempt, confirming=True)
    if (endpoint["race"].get("winner") is None) != (endpoint["race"].get("address") is None):
        yield f"{path}: a race with half a winner"
    if endpoint["role"] == "other" and any(endpoint[key] is not None for key in ("partition", "region", "account", "addressing")):
        yield f"{path}: another host has no partition, region, account or addressing"


def null_rules(run):
    for i, endpoint in enumerate(run["endpoints"]):
        for key in NULL_WHEN_EMPTY["endpoints"]:
            if endpoint.get(key, "") == "":
                yield f"/endpoints/{i}/{key}: absent or empty instead of null"
        for key in NULL_WHEN_EMPTY["race"]:
            if endpoint["race"].get(key, "") == "":
                yield f"/endpoints/{i}/race/{key}: absent or empty instead of null"
        for part in ("attempts", "confirmations"):
            for j, attempt in enumerate(endpoint[part]):
                if attempt.get("cause", "") == "":
                    yield f"/endpoints/{i}/{part}/{j}/cause: absent or empty instead of null"
                for key in ("source_address", "tls", "http", "tls_ms", "http_ms", "connect_ms"):
                    if attempt.get(key, "") is None:
                        yield f"/endpoints/{i}/{part}/{j}/{key}: null instead of absent"
    for i, finding in enumerate(run["findings"]):
        for key in NULL_WHEN_EMPTY["findings"]:
            if finding.get(key, "") == "":
                yield f"/findings/{i}/{key}: absent or empty instead of null"
        if not finding["evidence"] or not re.fullmatch(r"[a-z0-9]+\.[a-z0-9-]+", finding["id"]):
            yield f"/findings/{i}: {finding['id']} without evidence, or no layer.slug"


def broken_rules(run):
    """Every breach in one `ecr6.check/1` object that fits the schema; empty when there is none."""
    breaches = [*field_rules(run), *null_rules(run)]
    for i, endpoint in enumerate(run["endpoints"]):
        breaches += endpoint_rules(f"/endpoints/{i}", endpoint, run["settings"])
    names = {endpoint["name"] for endpoint in run["endpoints"]} | {None}
    breaches += [f"/findings: {f['id']} is about {f['endpoint']}, which is no endpoint" for f in run["findings"] if f["endpoint"] not in names]
    ranks = [["error", "warning", "info"].index(finding["severity"]) for finding in run["findings"]]
    return breaches + (["/findings: not the worst first"] if ranks != sorted(ranks) else [])
