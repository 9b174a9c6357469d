"""The floors of the house hold; and the checker finds what it is there to find."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import layers  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]


def test_every_folder_keeps_to_its_floor():
    found, files = layers.faults(ROOT)
    assert not found, "\n".join(found)
    assert files > 0


@pytest.mark.parametrize("folder, name, text, fault", [
    ("aws", "x.cpp", "#include <boost/asio/ip/tcp.hpp>", "is not for aws/"),
    ("aws", "x.cpp", "  #  include <openssl/ssl.h>", "is not for aws/"),
    ("aws", "x.cpp", "#include <unistd.h>", "is not for aws/"),
    ("core", "x.cpp", '#include "ecr6/aws/names.hpp"', "core/ may not use aws/"),
    ("diagnosis", "x.cpp", '#include "probe/dial.hpp"', "diagnosis/ may not use probe/"),
    ("core", "x.hpp", "#include <boost/json.hpp>", "belongs in .cpp files"),
    ("aws", "x.cpp", '#include "gone.hpp"', "is not beside this file"),
    ("aws", "x.cpp", "//\n" * 301, "300 are the limit"),
    ("attic", "x.cpp", "", "no floor is written down"),
    ("aws", "x.cpp", '#include <string>\n#include <fmt/format.h>\n#include "ecr6/core/text.hpp"', None),
    ("core", "x.hpp", "#include <boost/json/fwd.hpp>", None),
    ("aws", "x.cpp", "//\n" * 300, None),
])
def test_a_fault_is_found_and_only_a_fault(tmp_path, folder, name, text, fault):
    (tmp_path / "include" / "ecr6").mkdir(parents=True)
    file = tmp_path / "src" / folder / name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    found, _ = layers.faults(tmp_path)
    assert len(found) == (1 if fault else 0), found
    assert not fault or fault in found[0]
