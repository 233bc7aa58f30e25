#!/usr/bin/env python3
"""Every check of the sources that is not a test, in one list.

usage: lint.py [--root DIR] [--only NAME]...    run the checks, end with "N passed, N failed"
       lint.py --self-test                      show that each check bites (test/lint/)
       lint.py --list

A check is a function of the root folder that yields problems; its doc string says what it
guards.  To add one: write it, decorate it with @check, plant its violation in
test/lint/lint_test.py (the self-test fails for a check that has none).
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import layers as layer_rules  # noqa: E402

CHECKS = {}
JOBS = os.cpu_count() or 2
PURE = ["base", "domain", "talk", "solve", "ledger", "view"]
FUNCTION_LINES, FILE_LINES = 80, 800


class Skip(Exception):
    """The check cannot run on this machine; the text says why."""


def check(function):
    CHECKS[function.__name__] = function
    return function


def tracked(root):
    """The files of the project: what git tracks, or all of a copy without git."""
    if (root / ".git").exists():
        out = subprocess.run(["git", "-C", root, "ls-files", "-z", "-co", "--exclude-standard"],
                             capture_output=True, check=True).stdout.decode()
        names = [name for name in out.split("\0") if name]
        return sorted({root / name for name in names if (root / name).is_file()})
    return sorted(p for p in root.rglob("*") if p.is_file())


def sources(root, *suffixes, under=("src", "test", "bench")):
    return [p for p in tracked(root)
            if p.suffix in suffixes and p.relative_to(root).parts[0] in under]


def text_of(path):
    try:
        return path.read_text()
    except UnicodeDecodeError:
        return None


def run(command, root, **more):
    return subprocess.run([str(c) for c in command], cwd=root, capture_output=True, text=True,
                          errors="replace", **more)


def tool(*names):
    for name in names:
        if shutil.which(name):
            return name
    raise Skip(f"{names[0]} is not on this machine")


def output_problems(done, pattern=r"(error|warning):"):
    lines = (done.stdout + done.stderr).splitlines()
    picked = [line for line in lines if re.search(pattern, line)]
    return picked or lines[-20:]


def groups(files, size):
    return [files[i:i + size] for i in range(0, len(files), size)]


def at_once(function, items):
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        yield from pool.map(function, items)


@check
def layers(root):
    """who includes whom (tools/layers.py)"""
    yield from layer_rules.problems(root)


@check
def purity(root):
    """what the pure libraries need from outside (tools/purity.py), on the build in build/"""
    found = sorted(lib for name in PURE for lib in (root / "build").rglob(f"lib{name}.a"))
    if not found:
        yield "build/ holds no pure library: run ./dev build first"
        return
    done = run([sys.executable, "tools/purity.py", "--allow", "tools/purity.allow", *found], root)
    if done.returncode:
        yield from done.stderr.splitlines()


@check
def banned(root):
    """every folder of src/ is compiled with warn_args, which force base/banned.h in"""
    for path in (root / "src").rglob("meson.build"):
        text = path.read_text()
        builds = len(re.findall(r"\b(?:static_library|executable)\(", text))
        if text.count("warn_args") < builds:
            yield f"{path.relative_to(root)}: {builds} targets, not all with c_args: warn_args"
    if "'-include', 'base/banned.h'" not in (root / "meson.build").read_text():
        yield "meson.build: base/banned.h is not force-included"


@check
def layout(root):
    """clang-format 14, the layout of .clang-format"""
    name = tool("clang-format-14")
    files = sources(root, ".c", ".h")
    for done in at_once(lambda some: run([name, "--dry-run", "-Werror", *some], root),
                        groups(files, 20)):
        if done.returncode:
            hit = sorted({line.split(":")[0] for line in done.stderr.splitlines()
                          if "error:" in line})
            yield from (f"{os.path.relpath(p, root)}: run clang-format-14 -i" for p in hit)


FUNCTION = re.compile(r"^(?!\s|typedef|struct \w+ \{|enum|#|\}|/|\{)[^\n;={]*\([^;{]*\)\n\{\n(.*?)^\}",
                      re.M | re.S)


@check
def sizes(root):
    """functions and files stay small enough to read"""
    for path in sources(root, ".c", ".h", under=("src",)):
        text = path.read_text()
        where = path.relative_to(root)
        lines = text.count("\n")
        if lines > FILE_LINES:
            yield f"{where}: {lines} lines, at most {FILE_LINES}"
        for match in FUNCTION.finditer(text):
            body = match.group(1).count("\n")
            if body > FUNCTION_LINES:
                line = text.count("\n", 0, match.start()) + 1
                yield f"{where}:{line}: a function of {body} lines, at most {FUNCTION_LINES}"


@check
def readmes(root):
    """each folder of src/ says in 20 to 60 lines what it is for"""
    for folder in sorted(p for p in (root / "src").iterdir() if p.is_dir()):
        if not any(folder.rglob("*.[ch]")):
            continue
        readme = folder / "README.md"
        text = readme.read_text() if readme.exists() else ""
        lines = sum(max(1, -(-len(line) // 92)) for line in text.splitlines())
        if not 20 <= lines <= 60:
            yield f"src/{folder.name}/README.md: {lines} lines of 92 columns, 20 to 60 wanted"


# Pieces, so that this file does not hold what it forbids.
PLACES = re.compile(r"(?<![\w.$}/-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me"]) +
                    r")/\w|/tmp/te" + "am")
HOSTS = re.compile("|".join(["registry" + r"\.npmjs", r"deb" + r"\.debian\.org", "py" + r"pi\.org",
                             "files" + r"\.pythonhosted", "proxy" + r"\.golang"]))


@check
def places(root):
    """no path of a developer's machine, no registry host, no download address in a lock"""
    for path in tracked(root):
        text = text_of(path)
        if text is None:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if len(line) < 5000 and (PLACES.search(line) or HOSTS.search(line)):
                yield f"{path.relative_to(root)}:{number}: {line.strip()[:80]}"
        if path.name == "package-lock.json" and re.search(r"https?://", text):
            yield f"{path.relative_to(root)}: holds addresses; run tools/strip_lock.py"


# Names that take bytes from outside; a header that declares one must list it.
PARSER = re.compile(r"\b(\w+_(?:parse|decode|unhex|unbase64|from_text|from_json|from_csv))\(")


@check
def parsers(root):
    """every parser of outside bytes has a fuzz target with a kept corpus"""
    fuzz = root / "test" / "fuzz"
    listed = {}
    for number, line in enumerate((fuzz / "parsers.txt").read_text().splitlines(), 1):
        cells = line.split("#")[0].split()
        if not cells:
            continue
        where = f"test/fuzz/parsers.txt:{number}"
        if len(cells) != 3:
            yield f"{where}: HEADER FUNCTION TARGET wanted"
            continue
        header, function, target = cells
        listed[function] = target
        path = root / "src" / header
        if not path.exists() or not re.search(rf"\b{function}\(", path.read_text()):
            yield f"{where}: src/{header} does not declare {function}()"
        if target == "-":
            if "#" not in line:
                yield f"{where}: {function} without a target needs its # reason"
            continue
        source = fuzz / f"{target}_fuzz.c"
        if not source.exists() or f"'{target}':" not in (fuzz / "meson.build").read_text():
            yield f"{where}: there is no target {target}"
        corpus = fuzz / "corpus" / target
        if not corpus.is_dir() or not any(corpus.iterdir()):
            yield f"{where}: test/fuzz/corpus/{target} is empty"
    for path in sources(root, ".h", under=("src",)):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", path.read_text(), flags=re.S)
        for function in sorted(set(PARSER.findall(code)) - set(listed)):
            yield f"{path.relative_to(root)}: {function}() is not in test/fuzz/parsers.txt"


@check
def generated(root):
    """documents made from sources are fresh"""
    done = run([sys.executable, "tools/eventc.py", "src/domain/enums.def",
                "src/domain/events.def", "--check-doc", "doc/events.md"], root)
    if done.returncode:
        yield from output_problems(done, "stale|error")


@check
def python(root):
    """the Python tools compile"""
    for path in tracked(root):
        if path.suffix != ".py":
            continue
        try:
            compile(path.read_text(), str(path), "exec")
        except SyntaxError as fault:
            yield f"{path.relative_to(root)}:{fault.lineno}: {fault.msg}"


@check
def shell(root):
    """the shell scripts parse"""
    for path in tracked(root):
        text = text_of(path)
        if text and re.match(r"#!/bin/(ba)?sh\b", text):
            done = run(["bash" if text.startswith("#!/bin/bash") else "sh", "-n", path], root)
            if done.returncode:
                yield from done.stderr.splitlines()


@check
def messages(root):
    """po/*.po are complete and their formats agree"""
    name = tool("msgfmt")
    for path in tracked(root):
        if path.suffix != ".po":
            continue
        done = run([name, "-c", "--statistics", "-o", os.devnull, path], root)
        if done.returncode:
            yield from done.stderr.splitlines()
        elif re.search(r"untranslated|fuzzy", done.stderr):
            yield f"{path.relative_to(root)}: {done.stderr.strip()}"


@check
def cppcheck(root):
    """cppcheck on src/"""
    name = tool("cppcheck")
    files = [str(p.relative_to(root)) for p in sources(root, ".c", under=("src",))]
    if not files:
        return
    cache = root / ".cache" / "cppcheck"
    cache.mkdir(parents=True, exist_ok=True)
    done = run([name, "--quiet", "--error-exitcode=1", "--inline-suppr", "-I", "src",
                f"--cppcheck-build-dir={cache}", f"-j{JOBS}", "--std=c11", "-D_GNU_SOURCE",
                "--enable=warning,portability", "--suppress=missingIncludeSystem",
                "--suppressions-list=tools/cppcheck.suppress",
                "--template={file}:{line}: {id}: {message}", *files], root)
    if done.returncode:
        yield from output_problems(done, r"^\S+:\d+:")


def gcc_command(entry):
    """A command of compile_commands.json without its output and dependency files."""
    words = entry["command"].split()
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in ("-o", "-MF", "-MQ", "-MT"):
            skip = True
        elif word not in ("-MD", "-c"):
            kept.append(word)
    return kept


@check
def analyzer(root):
    """gcc -fanalyzer on the pure folders"""
    database = root / "build" / "compile_commands.json"
    if not database.exists():
        yield "build/compile_commands.json is missing: run ./dev build first"
        return
    entries = [e for e in json.loads(database.read_text())
               if re.search(rf"(^|/)src/({'|'.join(PURE)})/.*\.c$", e["file"])]

    def analyze(entry):
        return subprocess.run([*gcc_command(entry), "-fdiagnostics-color=never", "-fanalyzer", "-S", "-o", os.devnull],
                              cwd=entry["directory"], capture_output=True, text=True)

    for entry, done in zip(entries, at_once(analyze, entries)):
        if done.returncode or "warning:" in done.stderr:
            yield from output_problems(done)


@check
def clang(root):
    """clang compiles everything with the same warnings as errors"""
    tool("clang")
    build = root / "build-clang"
    if not (build / "build.ninja").exists():
        done = run(["meson", "setup", "build-clang"], root, env=dict(os.environ, CC="clang"))
        if done.returncode:
            yield from output_problems(done, "ERROR|error")
            return
    done = run(["ninja", "-C", "build-clang", f"-j{JOBS}"], root)
    if done.returncode:
        yield from output_problems(done, r"error:|FAILED")


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--root", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent)
    options.add_argument("--only", action="append", choices=sorted(CHECKS))
    options.add_argument("--self-test", action="store_true")
    options.add_argument("--list", action="store_true")
    args = options.parse_args()
    root = args.root.resolve()
    if args.list:
        for name, function in CHECKS.items():
            print(f"{name:10} {function.__doc__}")
        return 0
    if args.self_test:
        return subprocess.run([sys.executable, root / "test" / "lint" / "lint_test.py"]).returncode
    passed = failed = 0
    for name in args.only or CHECKS:
        start = time.monotonic()
        try:
            found = list(CHECKS[name](root))
        except Skip as why:
            print(f"skipped {name}: {why}", flush=True)
            continue
        print(f"{'FAILED ' if found else 'ok     '} {name}: {CHECKS[name].__doc__} "
              f"({time.monotonic() - start:.0f} s)", flush=True)
        print("".join(f"    {problem}\n" for problem in found[:60]), end="", flush=True)
        passed += not found
        failed += bool(found)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
