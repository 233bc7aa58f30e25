#!/usr/bin/env python3
"""Counts single tests, not executables, from meson's test log, and prints what failed.

usage: count_tests.py BUILD... [--also LOG]...

A cmocka program counts as many tests as it ran; any other program counts as what its last
"N passed, N failed" line says, else as one.  A program that ended badly without naming a
failed test counts one failure more.  The last line is "N passed, N failed"; the exit code
is 1 when something failed or nothing ran.
"""
import json
import pathlib
import re
import sys

OK_LINE = re.compile(r"^\[ +OK \] (\S+)", re.M)
BAD_LINE = re.compile(r"^\[ +(?:FAILED|ERROR) +\] (\w+)$", re.M)
SUM_LINE = re.compile(r"^(\d+) passed, (\d+) failed$", re.M)


def count(output, ended_well):
    """(passed, [names of failed tests]) of one program's output."""
    sums = SUM_LINE.findall(output)
    if sums:
        passed, failed = map(int, sums[-1])
        names = ["(%d of its tests)" % failed] * failed
    else:
        names = sorted(set(BAD_LINE.findall(output)))
        passed = len(set(OK_LINE.findall(output)) - set(names))
        if ended_well and not passed and not names:
            passed = 1
    if not ended_well and not names:
        names = ["(ended badly: crash, time-out or sanitizer)"]
    return passed, names


def lane(build):
    log = pathlib.Path(build, "meson-logs", "testlog.json")
    if not log.exists():
        print(f"{build}: the tests did not run")
        return 0, 1
    passed = failed = 0
    for line in log.read_text(errors="replace").splitlines():
        run = json.loads(line)
        if run["result"] in ("SKIP", "IGNORED"):
            print(f"{build}: {run['name']}: skipped")
            continue
        output = (run.get("stdout") or "") + "\n" + (run.get("stderr") or "")
        good, bad = count(output, run["result"] in ("OK", "EXPECTEDFAIL"))
        passed += good
        failed += len(bad)
        for name in sorted(set(bad)):
            print(f"FAILED {build}: {run['name']}: {name}")
        if bad:
            print("\n".join("    " + text for text in output.strip().splitlines()[-60:]))
    print(f"{build}: {passed} tests passed, {failed} did not")
    return passed, failed


def other(path):
    """A log that ends with its own sum line."""
    log = pathlib.Path(path)
    text = log.read_text(errors="replace") if log.exists() else ""
    sums = SUM_LINE.findall(text)
    good, bad = map(int, sums[-1]) if sums else (0, 1)
    print(f"{path}: {good} tests passed, {bad} did not")
    if bad:
        print("\n".join("    " + line for line in text.splitlines()[-60:]))
    return good, bad


def main(args):
    passed = failed = 0
    kind = lane
    for arg in args:
        if arg == "--also":
            kind = other
            continue
        good, bad = kind(arg)
        kind = lane
        passed += good
        failed += bad
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
