#!/usr/bin/env python3
"""Checks that every #include "layer/..." of src/ goes to a layer allowed to its file.

usage: layers.py [ROOT]

A layer may include itself and those before it in LAYERS; talk and solve stand alone and may
include base only.  Headers of outside libraries in <...> are allowed to the layers that
FOREIGN does not restrict.
"""
import pathlib
import re
import sys

LAYERS = ["base", "domain", "talk", "solve", "ledger", "view", "app", "store", "net", "print",
          "run", "main"]
ALONE = {"talk", "solve"}  # include base and themselves only

# The pure layers see the C library's freestanding part and string functions; base may also
# use what its two allocating and aborting files and its hash need.
PURE = {"domain", "talk", "solve", "ledger", "view"}
PURE_FOREIGN = {"assert.h", "inttypes.h", "limits.h", "math.h", "stdalign.h", "stdarg.h",
                "stdbool.h", "stddef.h", "stdint.h", "string.h"}

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.M)


def allowed(layer):
    if layer in ALONE:
        return {"base", layer}
    return set(LAYERS[:LAYERS.index(layer) + 1])


def problems(root):
    src = pathlib.Path(root, "src")
    for path in sorted(src.rglob("*.[ch]")):
        name = path.relative_to(src)
        layer = name.parts[0]
        where = f"src/{name}"
        if layer not in LAYERS:
            yield f"{where}: src/{layer} is not a layer"
            continue
        text = path.read_text()
        for match in INCLUDE.finditer(text):
            line = text.count("\n", 0, match.start(2)) + 1
            target = match.group(2)
            if match.group(1) == "<":
                if layer in PURE and target not in PURE_FOREIGN:
                    yield f"{where}:{line}: <{target}> is not for a pure layer"
                continue
            other = target.split("/")[0]
            if target.endswith("_gen.h"):
                continue  # made by the build; its folder is a dependency given in meson
            if "/" not in target:
                yield f'{where}:{line}: "{target}" names no layer; write "{layer}/..."'
            elif other in LAYERS and other not in allowed(layer):
                yield f'{where}:{line}: {layer} may not include "{target}"'


def main(args):
    found = list(problems(args[0] if args else pathlib.Path(__file__).parent.parent))
    for problem in found:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
