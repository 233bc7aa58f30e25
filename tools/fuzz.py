#!/usr/bin/env python3
"""Runs every libFuzzer target of a fuzz build, the time shared evenly, two at once.

usage: fuzz.py BUILD [--seconds TOTAL] [--keep] [NAME...]

New inputs go to BUILD/corpus/NAME; --keep merges those that reach new code into the kept
corpus, test/fuzz/corpus/NAME.  A crash stays in BUILD/crash-NAME-... and is printed: mend the
fault, then keep the input.  Ends with "N passed, N failed", one per target.
"""
import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def run(build, name, seconds):
    program = next(build.rglob(f"fuzz_{name}"))
    fresh = build / "corpus" / name
    fresh.mkdir(parents=True, exist_ok=True)
    kept = ROOT / "test" / "fuzz" / "corpus" / name
    words = ROOT / "test" / "fuzz" / f"{name}.dict"
    command = [program, fresh, kept, f"-max_total_time={seconds}", "-timeout=10",
               "-rss_limit_mb=2048", "-max_len=16384", "-print_final_stats=1",
               f"-artifact_prefix={build}/crash-{name}-"]
    if words.exists():
        command.append(f"-dict={words}")
    env = dict(os.environ, ASAN_OPTIONS="detect_leaks=1", UBSAN_OPTIONS="print_stacktrace=1")
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", env=env,
                          timeout=seconds + 120)
    runs = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    reached = re.findall(r"cov: (\d+)", done.stderr)
    line = (f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name}: "
            f"{runs.group(1) if runs else '?'} inputs in {seconds} s, "
            f"{reached[-1] if reached else '?'} edges")
    tail = "" if done.returncode == 0 else "\n".join(done.stderr.splitlines()[-60:])
    return done.returncode == 0, line, tail


def keep(build, name):
    program = next(build.rglob(f"fuzz_{name}"))
    kept = ROOT / "test" / "fuzz" / "corpus" / name
    subprocess.run([program, "-merge=1", kept, build / "corpus" / name], check=True,
                   capture_output=True)


def main():
    options = argparse.ArgumentParser()
    options.add_argument("build", type=pathlib.Path)
    options.add_argument("--seconds", type=int, default=200)
    options.add_argument("--keep", action="store_true")
    options.add_argument("names", nargs="*")
    args = options.parse_args()
    build = args.build.resolve()
    names = args.names or sorted(p.name.removesuffix("_fuzz.c")
                                 for p in (ROOT / "test" / "fuzz").glob("*_fuzz.c"))
    at_once = min(2, os.cpu_count() or 1)
    rounds = -(-len(names) // at_once)
    seconds = max(2, args.seconds // max(1, rounds))
    passed = failed = 0
    with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
        for good, line, tail in pool.map(lambda name: run(build, name, seconds), names):
            print(line, *([tail] if tail else []), sep="\n", flush=True)
            passed += good
            failed += not good
    if args.keep:
        for name in names:
            keep(build, name)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
