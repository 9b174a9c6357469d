"""Builds ecr6 three ways and runs every suite; the last line counts what ran. Called by scripts/test."""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "build-test" / "results"
SUITES = ("unit", "wire", "style", "cli", "lab", "fuzz")
FUZZ_SECONDS = os.environ.get("ECR6_FUZZ_SECONDS", "30")
SANITIZER_ENVIRONMENT = {
    "ASAN_OPTIONS": "detect_stack_use_after_return=1:strict_string_checks=1",
    "UBSAN_OPTIONS": "print_stacktrace=1:halt_on_error=1",
}


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0
        self.broken = []

    def add_junit(self, name, file):
        cases = list(ElementTree.parse(file).getroot().iter("testcase"))
        for case in cases:
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
                self.broken.append(f"{name}: {case.get('classname', '')} {case.get('name')}")
            elif case.find("skipped") is not None:
                self.skipped += 1
            else:
                self.passed += 1
        return len(cases)

    def add(self, name, good):
        if good:
            self.passed += 1
        else:
            self.failed += 1
            self.broken.append(name)


def say(text):
    print(f"== {text}", flush=True)


def run(command, **extra):
    environment = {**os.environ, **extra}
    return subprocess.run([str(word) for word in command], cwd=ROOT, env=environment).returncode


def build(directory, options, compiler=None, targets=()):
    """Warnings are errors in the release build alone: sanitizers and other compilers have false alarms of their own."""
    say(f"build {directory}")
    path = ROOT / directory
    environment = {"CXX": compiler} if compiler else {}
    if not (path / "build.ninja").exists():
        if run(["meson", "setup", path, *options], **environment) != 0:
            sys.exit(f"cannot configure {directory}")
    if run(["ninja", "-C", path, "--quiet", *targets]) != 0:
        sys.exit(f"cannot build {directory}")
    return path


def run_doctest(tally, name, program, **extra):
    say(name)
    file = RESULTS / f"{name}.xml"
    file.unlink(missing_ok=True)
    status = run([program, "--reporters=junit", f"--out={file}", "--no-path-filenames"], **extra)
    before = tally.failed
    if not file.exists() or tally.add_junit(name, file) == 0 or (status != 0 and tally.failed == before):
        tally.add(f"{name}: ended with {status}", False)


def run_pytest(tally, name, folder, options=(), **extra):
    say(name)
    file = RESULTS / f"{name}.xml"
    file.unlink(missing_ok=True)
    status = run(["/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={file}", *options, folder],
                 **extra)
    before = tally.failed
    if not file.exists() or tally.add_junit(name, file) == 0 or (status != 0 and tally.failed == before):
        tally.add(f"{name}: pytest ended with {status}", False)


def run_fuzz(tally, directory):
    for program in sorted((directory / "tests" / "fuzz").glob("*_fuzz")):
        name = program.name.removesuffix("_fuzz")
        say(f"fuzz {name}, {FUZZ_SECONDS} s after its corpus")
        grown = RESULTS / f"corpus-{name}"
        grown.mkdir(exist_ok=True)
        limits = ["-rss_limit_mb=2048", "-timeout=20", f"-artifact_prefix={RESULTS}/{name}-"]
        seeds = ROOT / "tests" / "fuzz" / "corpus" / name
        good = run([program, "-runs=0", *limits, seeds], **SANITIZER_ENVIRONMENT) == 0
        tally.add(f"fuzz {name}: corpus", good)
        good = run([program, f"-max_total_time={FUZZ_SECONDS}", "-print_final_stats=0", "-verbosity=0", *limits, grown, seeds],
                   **SANITIZER_ENVIRONMENT) == 0
        tally.add(f"fuzz {name}: {FUZZ_SECONDS} s", good)


def main(words):
    unknown = [word for word in words if word not in SUITES]
    if unknown:
        sys.exit(f"scripts/test: unknown suite '{unknown[0]}'; there are: {' '.join(SUITES)}")
    wanted = words or SUITES
    started = time.monotonic()
    RESULTS.mkdir(parents=True, exist_ok=True)
    tally = Tally()

    release = build("build-test/release", ["--buildtype=release", "-Dwerror=true"])
    ecr6 = {"ECR6": str(release / "src/cli/ecr6")}
    compiled = [suite for suite in ("unit", "wire") if suite in wanted]
    for suite in compiled:
        run_doctest(tally, suite, release / f"tests/{suite}/{suite}-test")
    for suite in ("style", "cli", "lab"):
        if suite in wanted and (ROOT / "tests" / suite).exists():
            run_pytest(tally, suite, f"tests/{suite}", **ecr6)

    if compiled or "cli" in wanted:
        sanitized = build("build-test/sanitized", ["--buildtype=debug", "-Doptimization=1", "-Db_sanitize=address,undefined"])
        for suite in compiled:
            run_doctest(tally, f"{suite}-sanitized", sanitized / f"tests/{suite}/{suite}-test", **SANITIZER_ENVIRONMENT)
        if "cli" in wanted:
            # Minutes of the AWS CLI's own time; the same code runs under the sanitizers in the other files.
            once = ["--ignore=tests/cli/test_config_awscli.py"]
            run_pytest(tally, "cli-sanitized", "tests/cli", once, ECR6=str(sanitized / "src/cli/ecr6"),
                       **SANITIZER_ENVIRONMENT)

    if "fuzz" in wanted:
        programs = [f"tests/fuzz/{file.stem}" for file in sorted((ROOT / "tests" / "fuzz").glob("*_fuzz.cpp"))]
        options = ["--buildtype=debug", "-Doptimization=1", "-Dfuzz=enabled", "-Db_lundef=false", "-Db_sanitize=address,undefined"]
        run_fuzz(tally, build("build-test/fuzz", options, compiler="clang++-14", targets=programs))

    say(f"{time.monotonic() - started:.0f} s")
    for name in tally.broken:
        print(f"FAILED {name}")
    skipped = f", {tally.skipped} skipped" if tally.skipped else ""
    print(f"{tally.passed} passed, {tally.failed} failed{skipped}", flush=True)
    return 1 if tally.failed or not tally.passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
