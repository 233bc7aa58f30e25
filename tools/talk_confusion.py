"""Draws the confusion matrix of `vigie talk --score FILE --confusion` as SVG.

Usage: vigie talk --score FILE.jsonl --confusion | talk_confusion.py OUT.svg
Rows are what was meant, columns what was understood; the number stands in each cell.
"""
import sys
from collections import Counter

NAMES = ("request_visit cancel_visit move_visit report_missed report_late report_short_visit query_schedule "
         "query_who ask_report declare_absence prefer_carer refuse_carer rate_visit emergency human_help "
         "out_of_scope clarify").split()
CELL, LEFT, TOP = 30, 160, 140


def main():
    n = Counter()
    for line in sys.stdin:
        f = line.split("\t")
        if f[0] == "confusion":
            n[f[1], f[2]] = int(f[3])
    w, h = LEFT + CELL * len(NAMES) + 20, TOP + CELL * len(NAMES) + 20
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" viewBox="0 0 {w} {h}" '
           'font-family="sans-serif" font-size="12" role="img">',
           "<title>What was meant (rows) and what was understood (columns)</title>",
           f'<rect width="{w}" height="{h}" fill="#fff"/>']
    for i, g in enumerate(NAMES):
        y = TOP + i * CELL
        x = LEFT + i * CELL
        out.append(f'<text x="{LEFT - 8}" y="{y + 19}" text-anchor="end">{g}</text>')
        out.append(f'<text transform="translate({x + 19} {TOP - 8}) rotate(-60)">{g}</text>')
        total = sum(n[g, p] for p in NAMES) or 1
        for k, p in enumerate(NAMES):
            v, share = n[g, p], n[g, p] / total
            colour = "#f4f4f4" if not v else f"rgba(0,90,120,{0.25 + 0.75 * share:.2f})" if g == p else \
                f"rgba(190,60,0,{0.35 + 0.65 * share:.2f})"
            out.append(f'<rect x="{LEFT + k * CELL}" y="{y}" width="{CELL - 2}" height="{CELL - 2}" fill="{colour}"/>')
            if v:
                ink = "#fff" if share > 0.4 else "#000"
                out.append(f'<text x="{LEFT + k * CELL + 14}" y="{y + 19}" text-anchor="middle" fill="{ink}">{v}</text>')
    out.append("</svg>")
    with open(sys.argv[1], "w", encoding="utf8") as f:
        f.write("\n".join(out) + "\n")


main()
