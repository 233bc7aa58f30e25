"""The figures of doc/assistant.md may not fall: runs vigie on the kept sets and compares with floors.

Usage: scores.py VIGIE SOURCE
"""
import pathlib
import re
import subprocess
import sys

VIGIE, SOURCE = sys.argv[1], pathlib.Path(sys.argv[2])
DATA = SOURCE / "test/data/talk"


def run(*args):
    return subprocess.run(args, capture_output=True, text=True, check=True).stdout


def floor(name, got, least):
    print(f"{'ok' if got >= least else 'TOO LOW'} {name}: {got} (at least {least})")
    return got >= least


def time_share(name):
    pred = run(VIGIE, "talk", "--time", "--rows", str(DATA / name))
    path = pathlib.Path(sys.argv[3]) / (name + ".pred")
    path.write_text(pred, encoding="utf8")
    out = run(sys.executable, str(SOURCE / "tools/score_time.py"), str(DATA / name), str(path))
    return {m[1].strip(): float(m[2]) for m in re.finditer(r"^(.*?)\s+\d+/\d+\s+([\d.]+)$", out, re.M)}


out = run(VIGIE, "talk", "--score", str(DATA / "dev.jsonl"))
print(out)
figures = dict(re.findall(r"(\w+)=([\d.]+)", out))
wrong = float(re.search(r"of_which_wrong=\d+ \(([\d.]+)", out)[1])
duckling, chrono = time_share("duckling-dev.jsonl"), time_share("chrono-dev.jsonl")
good = [
    floor("intent accuracy", float(figures["intent_accuracy"]), 0.95),
    floor("macro F1", float(figures["macro_F1"]), 0.93),
    floor("exact action", float(figures["exact_action"]), 0.90),
    floor("minus wrong writes", -wrong, -0.05),
    floor("minus writes on safety rows", -float(figures["on_safety_rows"]), 0),
    floor("Duckling time", duckling["duckling time all"], 0.92),
    floor("Duckling datetime", duckling["duckling time datetime"], 0.92),
    floor("chrono", chrono["chrono all"], 0.90),
]
sys.exit(0 if all(good) else 1)
