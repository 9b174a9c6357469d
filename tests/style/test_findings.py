"""Every id that the rules can give has its page and its line in the index, and no page is left over."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "findings"
LAYERS = "config|host|ec2|dns|net|policy|tls|http|ecr|run"
ID = re.compile(rf'"((?:{LAYERS})\.[a-z0-9]+(?:-[a-z0-9]+)*)"')


def ids_in_source():
    files = [file for folder in ("include/ecr6/clients", "src/clients", "src/diagnosis", "src/policy")
             for file in sorted((ROOT / folder).glob("*.[ch]pp"))]
    text = "".join(file.read_text() for file in files)
    return set(ID.findall(text))


def ids_of_pages():
    return {file.stem for file in PAGES.glob("*.md")} - {"README", "tests"}


def test_every_id_in_the_source_has_a_page():
    assert ids_in_source() - ids_of_pages() == set()


def test_every_page_is_of_an_id_in_the_source():
    assert ids_of_pages() - ids_in_source() == set()


def test_the_index_lists_every_page_once():
    listed = re.findall(r"\| \[([a-z0-9.-]+)\]\(\1\.md\)", (PAGES / "README.md").read_text())
    assert sorted(listed) == sorted(ids_of_pages())


@pytest.mark.parametrize("name", sorted(ids_of_pages()))
def test_a_page_says_what_it_means_what_it_rests_on_and_what_to_do(name):
    text = (PAGES / f"{name}.md").read_text()
    assert re.match(rf"# {re.escape(name)}\n\n\*\*[^\n]+\.\*\*\n\n\S", text), "title"
    assert re.findall(r"^## (.+)$", text, re.M) == ["Evidence", "What to do", "Sources"]
    assert all(len(part.strip()) > 8 for part in re.split(r"^## .+$", text, flags=re.M)), "an empty part"
