#!/usr/bin/env python3
"""Holds the #include lines of each folder against the floors of the house, and every file to 300 lines.

Debian puts every library's headers on the default include path, so a folder that declares no dependency on Asio could
still use it; the compiler would not tell. This table does. Usage: layers.py [ROOT]; exit 1 when something is amiss.
"""

import re
import sys
from pathlib import Path

LONGEST_FILE = 300

SYSTEM = ("arpa/", "dirent.h", "errno.h", "fcntl.h", "fnmatch.h", "grp.h", "ifaddrs.h", "linux/", "net/", "netdb.h",
          "netinet/", "poll.h", "pthread.h", "pwd.h", "sched.h", "signal.h", "spawn.h", "sys/", "termios.h", "unistd.h")
JSON = ("boost/json.hpp", "boost/json/")
RESULT = ("boost/system/",)
WIRE = ("ares.h", "ares_version.h", "boost/asio.hpp", "boost/asio/", "boost/beast/", "boost/none.hpp", "openssl/")

# Per folder: the other folders of this project that it may use, and the headers of others (a name, or a path that
# ends in a slash). Standard C++ headers are free. The lower floors come first.
TABLE = {
    "core": ((), ("arpa/inet.h", "fmt/", *JSON, *RESULT)),
    "aws": (("core",), ("fmt/", *RESULT)),
    "policy": (("core",), ("fmt/", *JSON, *RESULT)),
    "observation": (("aws", "core"), ("fmt/", *JSON, *RESULT)),
    "clients": (("aws", "core"), ("fmt/", "fnmatch.h", "toml.hpp", "toml/", "yaml-cpp/", *JSON, *RESULT)),
    "logs": (("aws", "core"), ("emmintrin.h", "fmt/", "zlib.h", *JSON, *RESULT)),
    "rewrite": (("aws", "core"), ("fmt/", *RESULT)),
    "diagnosis": (("aws", "core", "observation"), ("fmt/", *JSON, *RESULT)),
    "host": (("aws", "clients", "core", "observation"), ("fmt/", "libmnl/", *JSON, *RESULT, *SYSTEM)),
    "probe": (("aws", "core", "host", "observation"), ("fmt/", *RESULT, *SYSTEM, *WIRE)),
    "lab": (("aws", "core", "observation", "probe"), ("fmt/", *RESULT, *SYSTEM, *WIRE)),
    "report": (("aws", "clients", "core", "diagnosis", "logs", "observation", "policy"), ("fmt/", *JSON, *RESULT)),
    "cli": (("aws", "clients", "core", "diagnosis", "host", "lab", "logs", "observation", "policy", "probe", "report",
             "rewrite"), ("CLI/", "fmt/", *JSON, *RESULT, *SYSTEM)),
}

# Boost.JSON and Asio cost seconds per file that includes them whole: headers make do with narrower ones.
NOT_IN_HEADERS = ("boost/json.hpp", "boost/json/src.hpp", "boost/asio.hpp")

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def allows(patterns, header):
    return any(header == pattern or (pattern.endswith("/") and header.startswith(pattern)) for pattern in patterns)


def is_standard(header):
    return "/" not in header and "." not in header


def project_folder(header):
    """The folder that "ecr6/aws/names.hpp" or "host/text_file.hpp" belongs to; None beside the including file."""
    parts = header.split("/")
    if parts[0] == "ecr6":
        return parts[1]
    return parts[0] if len(parts) > 1 else None


def include_fault(folder, file, bracket, header):
    """What is wrong with one #include line of a folder; None when nothing is."""
    folders, headers = TABLE[folder]
    if bracket == "<":
        if file.suffix == ".hpp" and header in NOT_IN_HEADERS:
            return f"<{header}> belongs in .cpp files"
        return None if is_standard(header) or allows(headers, header) else f"<{header}> is not for {folder}/"
    used = project_folder(header)
    if used is None:
        return None if (file.parent / header).exists() else f'"{header}" is not beside this file'
    return None if used == folder or used in folders else f'"{header}": {folder}/ may not use {used}/'


def file_faults(folder, file):
    lines = file.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        found = INCLUDE.match(line)
        fault = include_fault(folder, file, *found.groups()) if found else None
        if fault:
            yield f"{file}:{number}: {fault}"
    if len(lines) > LONGEST_FILE:
        yield f"{file}:{LONGEST_FILE}: {len(lines)} lines; {LONGEST_FILE} are the limit: one idea per file"


def faults(root):
    """Every fault below src/ and include/ecr6/, as PLACE: SENTENCE; and how many files were read."""
    found, files = [], 0
    for base in (root / "src", root / "include" / "ecr6"):
        for folder in sorted(path for path in base.iterdir() if path.is_dir()):
            if folder.name not in TABLE:
                found.append(f"{folder}: no floor is written down for this folder in tests/style/layers.py")
                continue
            for file in sorted(folder.rglob("*.[ch]pp")):
                files += 1
                found += file_faults(folder.name, file)
    return found, files


def main(root):
    found, files = faults(root)
    for fault in found:
        print(fault)
    print(f"{files} files, {len(found)} faults")
    return 1 if found or not files else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])))
