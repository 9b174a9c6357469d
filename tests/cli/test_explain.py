"""ecr6 explain: the pages of docs/findings out of the program itself."""

import pytest
from conftest import ROOT

PAGES = sorted((file for file in (ROOT / "docs" / "findings").glob("*.md") if file.stem not in ("README", "tests")),
               key=lambda file: file.stem)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_of_an_id_is_printed_as_it_is_written(run, page):
    done = run("explain", page.stem)
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == page.read_text()


def test_without_an_id_all_of_them_are_listed(run):
    done = run("explain")
    assert done.status == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [page.stem for page in PAGES]


def test_the_case_of_an_id_does_not_matter(run):
    assert run("explain", "DNS.no-AAAA").stdout.startswith("# dns.no-aaaa\n")


@pytest.mark.parametrize("word, nearest", [("dns.no-aaa", "dns.no-aaaa"), ("no-aaaa", "dns.no-aaaa"),
                                           ("tls.expired", "tls.alert"), ("silent-drop", "net.silent-drop")])
def test_an_unknown_id_names_the_nearest_one(run, word, nearest):
    done = run("explain", word)
    assert (done.status, done.stdout) == (3, "")
    assert done.stderr == (f"ecr6: no finding has the id '{word}'; the nearest is '{nearest}', "
                           "'ecr6 explain' lists them all\n")


def test_an_endless_or_hostile_id_is_cut_and_escaped(run):
    done = run("explain", "\x1b[31m" + "a" * 100_000)
    assert done.status == 3
    assert len(done.stderr) < 300 and "\\x1b" in done.stderr


def test_two_ids_are_bad_usage(run):
    done = run("explain", "dns.no-aaaa", "dns.no-a")
    assert (done.status, done.stdout) == (3, "")
