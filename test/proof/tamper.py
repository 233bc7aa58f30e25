#!/usr/bin/env python3
"""Random changes to exports: tools/verify-bilan refuses every one and no honest export.

tamper.py VERIFY_BILAN MAKE_EXPORTS [--changes 1000] [--honest 100] [--vigie BINARY]

Bits flipped, bytes cut, appended or repeated, files removed, added, emptied or swapped, lines
reordered.  The verifier runs in this process, which makes a thousand changes a matter of seconds; with --vigie
the program in C is asked about the same folders.  Exit 1 and the change when one slips through.
"""
import argparse
import importlib.machinery
import importlib.util
import os
import random
import shutil
import subprocess
import sys
import tempfile

KINDS = ["flip", "flip", "cut", "remove bytes", "append", "repeat", "remove file", "add file", "empty",
         "swap files", "swap lines", "swap bytes"]


def load(path):
    loader = importlib.machinery.SourceFileLoader("verify_bilan", path)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("verify_bilan", loader))
    loader.exec_module(module)
    return module


def change(files, rng):
    """A changed copy and its description; never equal to the original."""
    while True:
        new, kind, name = dict(files), rng.choice(KINDS), rng.choice(sorted(files))
        data = bytearray(files[name])
        at = rng.randrange(len(data))
        end = rng.randrange(at, len(data)) + 1
        if kind == "flip":
            data[at] ^= 1 << rng.randrange(8)
        elif kind == "cut":
            del data[at:]
        elif kind == "remove bytes":
            del data[at:end]
        elif kind == "append":
            data += bytes(rng.randrange(256) for _ in range(rng.randrange(1, 9)))
        elif kind == "repeat":
            data[at:at] = data[at:end]
        elif kind == "empty":
            data.clear()
        elif kind == "swap lines":
            lines = bytes(data).splitlines(keepends=True)
            i, j = rng.randrange(len(lines)), rng.randrange(len(lines))
            lines[i], lines[j] = lines[j], lines[i]
            data = bytearray(b"".join(lines))
        elif kind == "swap bytes":
            other = rng.randrange(len(data))
            data[at], data[other] = data[other], data[at]
        new[name] = bytes(data)
        if kind == "remove file":
            del new[name]
        elif kind == "add file":
            new["x" + name] = files[name] if rng.random() < 0.5 else b""
        elif kind == "swap files":
            other = rng.choice(sorted(files))
            new[name], new[other] = files[other], files[name]
        if new != files:
            return new, "%s of %s at %d" % (kind, name, at)


def refused_by_c(binary, files):
    folder = tempfile.mkdtemp()
    try:
        for name, data in files.items():
            with open(os.path.join(folder, name), "wb") as f:
                f.write(data)
        run = subprocess.run([binary, "verify", "--export", folder], capture_output=True)
        if run.returncode not in (0, 1):
            sys.exit("the program ended with %d: %s" % (run.returncode, run.stderr.decode()[-400:]))
        return run.returncode != 0
    finally:
        shutil.rmtree(folder)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("verify_bilan")
    p.add_argument("make_exports")
    p.add_argument("--changes", type=int, default=1000)
    p.add_argument("--honest", type=int, default=100)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--vigie", default="")
    p.add_argument("--export", default="", help="change this export instead of a made-up one")
    o = p.parse_args()
    v = load(o.verify_bilan)
    work = tempfile.mkdtemp()
    failures = 0
    try:
        sizes = ["8", "120", "3"]
        subprocess.run([o.make_exports, work, "1", str(o.honest), *sizes], check=True)
        subprocess.run([o.make_exports, work, "1001", "1003", "4", "30", "2", "tiny"], check=True)
        subprocess.run([o.make_exports, work, "1004", "1004", "40", "900", "20"], check=True)
        for folder in sorted(os.listdir(work), key=int):
            path = os.path.join(work, folder)
            try:
                v.verify(v.read_folder(path))
            except v.Refused as e:
                failures += 1
                print("honest export %s refused: %s" % (folder, e))
            if o.vigie and refused_by_c(o.vigie, v.read_folder(path)):
                failures += 1
                print("honest export %s refused by the program" % folder)
        rng = random.Random(o.seed)
        files = v.read_folder(o.export or os.path.join(work, "1"))
        for n in range(o.changes):
            new, what = change(files, rng)
            try:
                v.verify(new)
                failures += 1
                print("change %d accepted: %s" % (n, what))
            except v.Refused:
                pass
            if o.vigie and not refused_by_c(o.vigie, new):
                failures += 1
                print("change %d accepted by the program: %s" % (n, what))
        print("%d honest exports, %d changes, %d failures" % (o.honest + 4, o.changes, failures))
        return 1 if failures else 0
    finally:
        shutil.rmtree(work)


if __name__ == "__main__":
    sys.exit(main())
