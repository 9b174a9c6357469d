"""docs/schema/ecr6.check-1.json names every field that a run holds: what it leaves out, nobody can rely on."""

import json
from pathlib import Path

import pytest

from conftest import schema_file

DATA = Path(__file__).parent / "data"


def resolved(schema, whole):
    while "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        schema = whole["$defs"][name]
    return schema


def properties(schema, whole):
    schema = resolved(schema, whole)
    found = dict(schema.get("properties", {}))
    for part in schema.get("allOf", []) + schema.get("anyOf", []):
        found |= properties(part, whole)
    return found


def unnamed(value, schema, whole, path=""):
    """The paths of the fields that the schema does not name."""
    if isinstance(value, dict):
        known = properties(schema, whole)
        for key, part in value.items():
            if key in known:
                yield from unnamed(part, known[key], whole, f"{path}/{key}")
            else:
                yield f"{path}/{key}"
    elif isinstance(value, list):
        items = resolved(schema, whole).get("items", {})
        for part in value:
            yield from unnamed(part, items, whole, f"{path}[]")


def every_unnamed(value):
    schema = json.loads(schema_file(value["schema"]).read_text())
    return sorted(set(unnamed(value, schema, schema)))


@pytest.mark.parametrize("name", sorted(path.stem for path in DATA.glob("*.json")))
def test_the_schema_names_every_field_of_a_record(run, name):
    assert every_unnamed(run("report", "--json", DATA / f"{name}.json").json) == []


def test_the_schema_names_every_field_of_a_run(run):
    seen = run("check", "--lab", "ipv6-not-tls", "--only", "api,registry", "us-west-2", "--json").json
    assert every_unnamed(seen) == []


def test_a_field_that_the_schema_lacks_is_told():
    assert every_unnamed({"schema": "ecr6.check/1", "endpoints": [{"attempts": [{"colour": 1}]}]}) == [
        "/endpoints[]/attempts[]/colour"]
