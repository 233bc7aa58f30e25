#!/usr/bin/env python3
"""Checks what the pure layers need from outside and that they keep no mutable state.

usage: purity.py --allow FILE LIBRARY.a... [--stamp FILE]

Reads the undefined symbols (nm) of the static libraries of the plain gcc build.  A symbol is
in order when a library of an allowed layer defines it, or when the allow-list names it for
that layer.  A library libNAME.a or libNAME_part.a belongs to layer NAME.  Objects in .data,
.bss or thread storage are state that outlives a call and are refused; base/ lists its own.
"""
import pathlib
import re
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import layers  # noqa: E402

MUTABLE = re.compile(r"^\.(data(?!\.rel\.ro)|bss|tdata|tbss)|^\*COM\*")


def layer_of(library):
    name = pathlib.Path(library).name
    return re.sub(r"^lib|\.a$", "", name).split("_")[0]


def symbols(library):
    """(undefined names, defined names, [(name, section)] of mutable objects)"""
    undefined, defined, mutable = set(), set(), []
    out = subprocess.run(["nm", "--format=sysv", library], check=True, text=True,
                         capture_output=True).stdout
    for line in out.splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 7 or cells[0] == "Name":
            continue
        name, kind, section = cells[0].split("@")[0], cells[2], cells[6]
        if kind in "Uw" and not cells[1]:
            undefined.add(name)
        elif kind not in "Uw":
            defined.add(name)
            if cells[3] in ("OBJECT", "TLS") and MUTABLE.match(section):
                mutable.append((name, section))
    return undefined, defined, mutable


def allow_list(path):
    """layer -> names.  Lines: LAYERS (comma list or `pure`)  SYMBOL  # why"""
    allow = {}
    for number, line in enumerate(pathlib.Path(path).read_text().splitlines(), 1):
        text, _, why = line.partition("#")
        cells = text.split()
        if not cells:
            continue
        if len(cells) != 2 or not why.strip():
            sys.exit(f"{path}:{number}: LAYERS SYMBOL # why")
        names = ["base", *layers.PURE] if cells[0] == "pure" else cells[0].split(",")
        for name in names:
            allow.setdefault(name, set()).add(cells[1])
    return allow


def problems(allow_path, libraries):
    allow = allow_list(allow_path)
    facts = [(layer_of(lib), *symbols(lib)) for lib in libraries]
    for layer, undefined, _, mutable in facts:
        reach = layers.allowed(layer)
        ours = set().union(*(d for other, _, d, _ in facts if other in reach))
        for name in sorted(undefined - ours - allow.get(layer, set())):
            yield f"{layer}: needs {name}, which is not in {pathlib.Path(allow_path).name}"
        for name, section in mutable:
            if name not in allow.get(layer, set()):
                yield f"{layer}: {name} is mutable state ({section})"


def main(args):
    stamp = allow_path = None
    libraries = []
    args = iter(args)
    for arg in args:
        if arg == "--allow":
            allow_path = next(args)
        elif arg == "--stamp":
            stamp = next(args)
        else:
            libraries.append(arg)
    found = list(problems(allow_path, libraries))
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        return 1
    if stamp:
        pathlib.Path(stamp).write_text("")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
