"""--ip-ranges and --ping of `ecr6 check`, against the embedded ECR."""

import json

import pytest

API = ("us-west-2", "--only", "api", "--no-current")
FILE = {
    "syncToken": "1787411825", "createDate": "2026-08-22-15-17-05",
    "prefixes": [{"ip_prefix": "198.51.100.0/24", "region": "us-west-2", "service": "AMAZON"}],
    "ipv6_prefixes": [{"ipv6_prefix": "2001:db8:ec6::/48", "region": "us-west-2", "service": "AMAZON"},
                      {"ipv6_prefix": "2001:db8:ec6::/48", "region": "us-west-2", "service": "S3"}],
}


@pytest.fixture
def ranges(tmp_path):
    """ranges(text): a file with that text, or with FILE."""

    def write(text=None):
        file = tmp_path / "ip-ranges.json"
        file.write_text(json.dumps(FILE) if text is None else text)
        return file

    return write


def test_every_address_is_looked_up_in_awss_file(run, validate, ranges):
    file = ranges()
    seen = validate(run("check", "--lab", "healthy", "--json", "--ip-ranges", file, *API).json)
    assert (seen["ip_ranges"]["created"], seen["ip_ranges"]["entries"]) == ("2026-08-22-15-17-05", 3)
    looked_up = {each["address"] for each in seen["ip_ranges"]["matches"]}
    assert looked_up == {each["address"] for each in seen["endpoints"][0]["attempts"]}
    v6 = next(each for each in seen["ip_ranges"]["matches"] if ":" in each["address"])
    assert (v6["prefix"], v6["region"], v6["services"]) == ("2001:db8:ec6::/48", "us-west-2", ["S3", "AMAZON"])


def test_both_reports_show_region_and_services(run, ranges):
    file = ranges()
    text = run("check", "--lab", "healthy", "--ip-ranges", file, *API).stdout
    assert "2 addresses: 2001:db8:ec6::/48 us-west-2: S3, AMAZON" in text
    assert max(map(len, text.splitlines())) <= 80
    verbose = run("check", "-v", "--lab", "healthy", "--ip-ranges", file, *API).stdout
    assert "* AWS's ranges: 2001:db8:ec6::1: 2001:db8:ec6::/48 us-west-2: S3, AMAZON" in verbose


def test_documentation_addresses_are_nobodys(run, validate, ranges):
    """The embedded ECR's addresses are in no entry here, and that says nothing."""
    other = FILE | {"ipv6_prefixes": [{"ipv6_prefix": "2600::/16"}], "prefixes": [{"ip_prefix": "3.0.0.0/8"}]}
    seen = validate(run("check", "--lab", "healthy", "--json", "--ip-ranges", ranges(json.dumps(other)), *API).json)
    assert {each["prefix"] for each in seen["ip_ranges"]["matches"]} == {None}
    assert not any(each["id"].startswith("ecr.address") for each in seen["findings"])


@pytest.mark.parametrize("text, says", [
    ("", "line 1, column 1: the text ends in the middle"),
    ("not JSON", "line 1, column 1: expected JSON"),
    ("{}", "not AWS's ip-ranges.json"),
    ('{"prefixes": [\n  {"ip_prefix": "2600::/16"}]}', "line 2, column 28: expected an IPv4 prefix"),
    (json.dumps(FILE)[:-20], "the text ends in the middle of the JSON"),
])
def test_a_bad_file_is_one_sentence_with_its_place(run, refuses, ranges, text, says):
    refuses("check", "--lab", "healthy", "--ip-ranges", ranges(text), *API, says=says)


def test_a_huge_file_is_refused_before_it_fills_the_memory(refuses, tmp_path):
    file = tmp_path / "sparse.json"
    with open(file, "wb") as sparse:
        sparse.truncate(1 << 30)
    refuses("check", "--lab", "healthy", "--ip-ranges", file, *API, says="larger than 10485760 bytes")


def test_the_echo_of_the_embedded_ecr_is_recorded(run, validate):
    seen = validate(run("check", "--lab", "healthy", "--ping", "--timeout", "1", "--json", *API).json)
    pings = seen["endpoints"][0]["pings"]
    assert [each["address"] for each in pings] == [each["address"] for each in seen["endpoints"][0]["attempts"]]
    assert {each["diverted_to"] for each in pings} == {"::1", "127.0.0.1"}
    assert {each["outcome"] for each in pings} <= {"answered", "not_permitted"}


def test_a_recorded_run_with_ranges_and_echoes_is_reported_the_same(run, ranges, tmp_path):
    options = ("--lab", "healthy", "--ping", "--timeout", "1", "--ip-ranges", ranges(), "--output", tmp_path / "run.json")
    assert run("check", "--json", *options, *API).status == 0
    again = run("report", "--json", tmp_path / "run.json")
    assert json.loads(again.stdout) == json.loads((tmp_path / "run.json").read_text())
