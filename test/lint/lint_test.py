#!/usr/bin/env python3
"""Each checker bites: a violation planted in a scratch copy is refused, and named.

Run by `./dev lint --self-test` and `./dev test`.  A row of PLANTS is: check, file, what to
write or how to change the file, what the refusal must say.  Ends with "N passed, N failed".
"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "tools"))
import count_tests  # noqa: E402
import lint  # noqa: E402

LONG = "int long_one(void)\n{\n" + "\treturn 0;\n" * 90 + "}\n"


def add(text):
    return lambda before: before + text


def cut(old, new=""):
    def change(before):
        assert old in before, f"nothing to change: {old}"
        return before.replace(old, new)
    return change


PLANTS = [
    ("layers", "src/base/x.c", add('#include "store/db.h"\n'), "base may not include"),
    ("layers", "src/domain/x.c", add('#include "view/html.h"\n'), "domain may not include"),
    ("layers", "src/talk/x.c", add('#include "domain/x.h"\n'), "talk may not include"),
    ("layers", "src/domain/x.h", add("#include <stdio.h>\n"), "not for a pure layer"),
    ("layers", "src/domain/x.h", add('#include "x.h"\n'), "names no layer"),
    ("layers", "src/misc/x.c", add("\n"), "is not a layer"),
    ("banned", "src/base/meson.build", cut("c_args: warn_args"), "not all with c_args"),
    ("banned", "meson.build", cut("'-include', 'base/banned.h'", ""), "not force-included"),
    ("layout", "src/base/str.c", add("int  x ( void ) ;\n"), "run clang-format-14"),
    ("sizes", "src/base/x.c", add(LONG), "a function of 90 lines"),
    ("sizes", "src/base/x.c", add("/* */\n" * 801), "801 lines, at most"),
    ("readmes", "src/base/README.md", lambda _: "short\n", "20 to 60 wanted"),
    ("places", "doc/x.md", add("see /wo" + "rk/x\n"), "doc/x.md:1"),
    ("places", "doc/x.md", add("from deb" + ".debian.org\n"), "doc/x.md:1"),
    ("places", "package-lock.json", cut('"name"', '"resolved": "https://x", "name"'),
     "holds addresses"),
    ("parsers", "src/base/x.h", add("bool thing_parse(int);\n"), "thing_parse() is not in"),
    ("parsers", "test/fuzz/parsers.txt", add("base/str.h no_such text\n"), "does not declare"),
    ("parsers", "test/fuzz/parsers.txt", add("base/str.h str_find none\n"), "no target none"),
    ("parsers", "test/fuzz/parsers.txt", add("base/str.h str_find -\n"), "needs its # reason"),
    ("generated", "doc/events.md", add("stale\n"), "stale"),
    ("python", "tools/x.py", add("def f(:\n"), "tools/x.py:1"),
    ("shell", "tools/x.sh", add("#!/bin/sh\nif true\n"), "x.sh"),
    ("messages", "po/xx.po", add('msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
                                 '#, c-format\nmsgid "%d visits"\nmsgstr "%s"\n'), "format"),
    ("cppcheck", "src/base/x.c", add("int x(int i);\nint x(int i)\n{\n\tint a[2] = { 1, 2 };\n"
                                     "\treturn i == 7 ? a[i] : a[0];\n}\n"), "src/base/x.c"),
]

IMPURE = [
    ("domain", "#include <time.h>\nlong now(void);\nlong now(void) { return time(0); }",
     "needs time"),
    ("talk", "#include <stdio.h>\nvoid p(void);\nvoid p(void) { puts(\"x\"); }", "needs puts"),
    ("view", "#include <stdlib.h>\nvoid *m(void);\nvoid *m(void) { return malloc(1); }",
     "needs malloc"),
    ("solve", "#include <stdlib.h>\nint r(void);\nint r(void) { return rand(); }", "needs rand"),
    ("ledger", "int count(void);\nint count(void) { static int n; return ++n; }",
     "is mutable state"),
    ("domain", "_Thread_local int last; int *p(void); int *p(void) { return &last; }",
     "is mutable state"),
    ("base", "#include <unistd.h>\nint p(void);\nint p(void) { return getpid(); }",
     "needs getpid"),
]
PURE = "#include <string.h>\nsize_t n(const char *z); size_t n(const char *z) { return strlen(z); }"

BANNED = ["strcpy(a, b)", "strcat(a, b)", "strncpy(a, b, 1)", "strtok(a, b)", "sprintf(a, b)",
          "vsprintf(a, b, 0)", "gets(a)", "atoi(a)", "atol(a)", "localtime(0)", "gmtime(0)",
          "ctime(0)", "asctime(0)", "mktime(0)", "rand()", "srand(1)", "system(a)",
          "popen(a, b)", "alloca(1)", "setlocale(0, b)", "strerror(1)", "strdup(a)",
          "sscanf(a, b)", "strftime(a, 1, b, 0)", "setenv(a, b, 1)", "localtime_r(0, 0)"]

results = []


def verdict(name, good, why=""):
    results.append(good)
    if not good:
        print(f"FAILED {name}: {why}")


def copy(to):
    for path in lint.tracked(ROOT):
        target = to / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)


def planted(root, name, file, change, says):
    path = root / file
    before = path.read_text() if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(change(before or ""))
    try:
        found = list(lint.CHECKS[name](root))
        verdict(f"{name} sees {file}", any(says in line for line in found),
                f"nothing says {says!r} in {found[:5]}")
    except lint.Skip as why:
        print(f"skipped {name}: {why}")
    finally:
        if before is None:
            path.unlink()
            if not any(path.parent.iterdir()):
                path.parent.rmdir()
        else:
            path.write_text(before)


def compiled(folder, name, text):
    source = folder / f"{name}.c"
    source.write_text(text + "\n")
    subprocess.run(["gcc", "-O2", "-c", "-o", folder / "x.o", source], check=True)
    library = folder / f"lib{name}.a"
    library.unlink(missing_ok=True)
    subprocess.run(["ar", "rc", library, folder / "x.o"], check=True)
    return library


def purity_bites(folder):
    def run(library):
        return subprocess.run([sys.executable, ROOT / "tools/purity.py", "--allow",
                               ROOT / "tools/purity.allow", library], capture_output=True,
                              text=True)
    for layer, text, says in IMPURE:
        done = run(compiled(folder, layer, text))
        verdict(f"purity sees {says} in {layer}", done.returncode == 1 and says in done.stderr,
                done.stderr)
    done = run(compiled(folder, "domain", PURE))
    verdict("purity accepts a pure library", done.returncode == 0, done.stderr)


def banned_bites(folder):
    source = folder / "b.c"

    def compiles(compiler, call):
        source.write_text("int f(char *a, char *b);\nint f(char *a, char *b)\n{\n"
                          f"\t(void)a, (void)b;\n\t(void){call};\n\treturn 0;\n}}\n")
        return subprocess.run([compiler, "-D_GNU_SOURCE", "-Werror=implicit-function-declaration",
                               "-w", "-I", ROOT / "src", "-include", "base/banned.h",
                               "-fsyntax-only", source], capture_output=True, text=True)
    for compiler in ["gcc"] + (["clang"] if shutil.which("clang") else []):
        for call in BANNED:
            done = compiles(compiler, call)
            word = call.split("(")[0]
            verdict(f"banned.h refuses {call} with {compiler}",
                    done.returncode != 0 and f"banned_{word}_use" in done.stderr, done.stderr)
        done = compiles(compiler, "memcpy(a, b, 1)")
        verdict(f"banned.h leaves memcpy to {compiler}", done.returncode == 0, done.stderr)


def analyzers_bite(folder):
    """The checks that read a build: a small project with one fault, and one without."""
    fault = ("#include <stdlib.h>\nint f(void);\nint f(void)\n{\n\tint *p = malloc(4);\n"
             "\tfree(p);\n\treturn *p;\n}\n")
    clean = "int f(void);\nint f(void)\n{\n\treturn 0;\n}\n"
    for name, text, bites in (("analyzer", fault, True), ("analyzer", clean, False)):
        root = folder / f"{name}{bites}"
        (root / "src/base").mkdir(parents=True)
        (root / "build").mkdir()
        (root / "src/base/x.c").write_text(text)
        (root / "build/compile_commands.json").write_text(
            '[{"directory": "%s", "command": "gcc -O2 -MD -MF x.d -o x.o -c src/base/x.c",'
            ' "file": "src/base/x.c"}]' % root)
        found = list(lint.CHECKS[name](root))
        verdict(f"{name} on {'a fault' if bites else 'clean code'}", bool(found) == bites, found)
    if not shutil.which("clang"):
        print("skipped clang: not on this machine")
        return
    for text, bites in (("int f(void) { return 0; }\nint f(void);\nint g = ;\n", True),
                        (clean, False)):
        root = folder / f"clang{bites}"
        root.mkdir()
        (root / "x.c").write_text(text)
        (root / "meson.build").write_text("project('x', 'c')\nstatic_library('x', 'x.c')\n")
        found = list(lint.CHECKS["clang"](root))
        verdict(f"clang on {'a fault' if bites else 'clean code'}", bool(found) == bites, found)


def counting():
    """The counter of tests counts failures, crashes and silence."""
    ok, bad = "[       OK ] a\n[       OK ] b\n", "[  FAILED  ] c\n"
    for output, well, want in ((ok, True, (2, 0)), (ok + bad, False, (2, 1)),
                               (ok, False, (2, 1)), ("", True, (1, 0)), ("", False, (0, 1)),
                               ("3 passed, 1 failed\n", False, (3, 1)),
                               ("3 passed, 0 failed\n", False, (3, 1))):
        passed, names = count_tests.count(output, well)
        verdict(f"counting {output!r}", (passed, len(names)) == want, (passed, names))


def main():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        root = scratch / "copy"
        copy(root)
        for name, file, change, says in PLANTS:
            planted(root, name, file, change, says)
        for part in (purity_bites, banned_bites, analyzers_bite):
            folder = scratch / part.__name__
            folder.mkdir()
            part(folder)
    counting()
    shown = {row[0] for row in PLANTS} | {"purity", "analyzer", "clang"}
    for name in lint.CHECKS:
        verdict(f"{name} has a planted violation", name in shown, "none in this file")
    print(f"{results.count(True)} passed, {results.count(False)} failed")
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
