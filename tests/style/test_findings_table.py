"""docs/findings/tests.md is true: every finding of `check` has its row, and what the row names exists and fits."""

import re
import sys
from pathlib import Path

import pytest

from test_findings import ids_in_source

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "lab"))

from networks import load  # noqa: E402  (the path above)

ROW = re.compile(r"^\| ([a-z0-9]+\.[a-z0-9-]+) \| (.*?) \| (.*?) \| (.*?) \|$", re.M)
CASE = re.compile(r'TEST_CASE\("((?:[^"\\]|\\.)*)"\)')
TABLE = ROW.findall((ROOT / "docs" / "findings" / "tests.md").read_text())


def unit_cases():
    """{name of a test case: its source} of all unit tests."""
    cases = {}
    for file in sorted((ROOT / "tests" / "unit").rglob("*_test.cpp")):
        parts = CASE.split(file.read_text())
        cases.update(zip(parts[1::2], parts[2::2]))
    return cases


CASES = unit_cases()


def in_ticks(cell):
    return re.findall(r"`([^`]+)`", cell)


def test_every_finding_of_check_has_one_row():
    wanted = {each for each in ids_in_source() if not each.startswith(("config.", "policy."))}
    listed = [row[0] for row in TABLE]
    assert sorted(listed) == sorted(set(listed)), "a row twice"
    assert set(listed) == wanted


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_a_row_names_test_cases_and_a_network_that_fit(row):
    name, raised, misses, network = row
    for cell in (raised, misses):
        assert in_ticks(cell), "no test case is named"
        for case in in_ticks(cell):
            assert case in CASES, f"no test case is called: {case}"
            assert f'"{name}"' in CASES[case], f"this test case does not speak of {name}: {case}"
    if network.startswith("none: "):
        assert len(network) > 30, "the reason why no network can produce it is missing"
        return
    assert in_ticks(network), "no network is named"
    for each in in_ticks(network):
        assert name in load()[each].raises, f"the network {each} is not there for {name}"
