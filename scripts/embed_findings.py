#!/usr/bin/env python3
"""Writes the pages of docs/findings as one C++ source: embed_findings.py FOLDER OUTPUT DEPFILE"""

import re
import sys
from pathlib import Path

HEAD = '''// Made by scripts/embed_findings.py from docs/findings; do not edit.
#include "cli/finding_pages.hpp"

namespace ecr6::cli {

std::span<const FindingPage> finding_pages() {
  static constexpr FindingPage pages[] = {
'''
TAIL = '''  };
  return pages;
}

}  // namespace ecr6::cli
'''


def title(file, text):
    found = re.match(r"# (\S+)\n\n\*\*(.+)\.\*\*\n", text)
    if not found or found[1] != file.stem:
        sys.exit(f"{file}: expected '# {file.stem}', an empty line and a title in bold that ends in a full stop")
    return found[2]


def raw(text):
    """A C++ raw string; the delimiter occurs in no page."""
    if ")page\"" in text:
        sys.exit("a page contains the delimiter of its own literal")
    return f'R"page({text})page"'


def main():
    folder, output, depfile = map(Path, sys.argv[1:])
    files = sorted((file for file in folder.glob("*.md") if file.stem not in ("README", "tests")), key=lambda each: each.stem)
    pages = []
    for file in files:
        text = file.read_text(encoding="utf-8")
        pages.append(f"      {{{raw(file.stem)}, {raw(title(file, text))}, {raw(text)}}},\n")
    # The folder itself stands for pages that come and go.
    depfile.write_text(f"{output}: {' '.join(str(each).replace(' ', chr(92) + ' ') for each in [folder, *files])}\n")
    output.write_text(HEAD + "".join(pages) + TAIL, encoding="utf-8")


if __name__ == "__main__":
    main()
