"""Trains the weights of src/talk/model.h: an averaged perceptron over the features that
talk_features prints.  Usage: talk_train.py FEATURES.txt OUT.c.  Standard library only,
no randomness but a fixed seed, integers out: the same input gives the same bytes.
"""
import random
import sys

INTENTS = ("request_visit cancel_visit move_visit report_missed report_late report_short_visit "
           "query_schedule query_who ask_report declare_absence prefer_carer refuse_carer rate_visit "
           "emergency human_help out_of_scope clarify").split()
BUCKETS, HAND, EPOCHS, STEP, MARGIN = 16384, 8, 10, 6.0, 60.0


def read(path):
    rows = []
    with open(path, encoding="utf8") as f:
        for line in f:
            head, feats = line.rstrip("\n").split("|")
            head = head.split()
            points = [HAND * int(x) for x in head[1:]]
            rows.append((INTENTS.index(head[0]), points,
                         [tuple(map(int, x.split(":"))) for x in feats.split()]))
    return rows


def train(rows):
    n = len(INTENTS)
    skip = INTENTS.index("emergency")
    w, acc, t = {}, {}, 1
    order = list(range(len(rows)))
    rnd = random.Random(6)
    for _ in range(EPOCHS):
        rnd.shuffle(order)
        for i in order:
            gold, points, feats = rows[i]
            s = list(points)
            for b, v in feats:
                if b in w:
                    for k, x in enumerate(w[b]):
                        s[k] += v * x
            rival = max((k for k in range(n) if k not in (gold, skip)), key=lambda k: s[k])
            if s[gold] < s[rival] + MARGIN:
                step = STEP * min(1.0, 40.0 / max(1, len(feats)))
                for b, v in feats:
                    row, sums = w.setdefault(b, [0.0] * n), acc.setdefault(b, [0.0] * n)
                    row[gold] += step * v
                    row[rival] -= step * v
                    sums[gold] += t * step * v
                    sums[rival] -= t * step * v
            t += 1
    return {b: [max(-127, min(127, round(x - y / t))) for x, y in zip(w[b], acc[b])] for b in w}


def main():
    rows = read(sys.argv[1])
    w = train(rows)
    zero = "{ " + ", ".join("0" * len(INTENTS)) + " }"
    with open(sys.argv[2], "w", encoding="utf8") as f:
        f.write("/* Made by tools/talk_train.py from data/talk/intents.tsv. */\n#include \"talk/model.h\"\n\n"
                "const int8_t talk_weights[MODEL_BUCKETS][INTENT_COUNT_] = {\n")
        for b in sorted(w):
            f.write(f"\t[{b}] = {{ {', '.join(map(str, w[b]))} }},\n")
        f.write("};\n")


if __name__ == "__main__":
    main()
