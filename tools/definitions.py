#!/usr/bin/env python3
"""Writes doc/definitions.md from src/domain/account/figures.tbl: definitions.py FIGURES_TBL DOC

The text before the line that starts the list is kept as it is.
"""
import re
import sys

MARK = "<!-- liste : tools/definitions.py -->\n"
UNITS = {"N": "nombre", "S": "secondes", "M": "minutes", "C": "centimes", "B": "dix-millièmes"}


def main(table, doc):
    with open(table, encoding="utf-8") as f:
        text = f.read()
    out = []
    for line in text.splitlines():
        heading = re.fullmatch(r"/\* (.*) \*/", line)
        if heading:
            out.append("\n### %s\n\n" % HEADINGS[heading[1]])
        m = re.fullmatch(r'FIG\(\w+, "(\w+)", (\w), (\w), "(.*)"\)', line)
        if m:
            where = ", territoire" if m[3] == "T" else ""
            out.append("- **`%s`** (%s%s). %s\n" % (m[1], UNITS[m[2]], where, m[4]))
    with open(doc, encoding="utf-8") as f:
        head = f.read().split(MARK)[0]
    with open(doc, "w", encoding="utf-8") as f:
        f.write(head + MARK + "".join(out))


HEADINGS = {
    "declared by the line: they cannot be added up from one line to the next": "Ce que la ligne déclare",
    "visits, mode prestataire": "Visites (mode prestataire)",
    "time, mode prestataire": "Temps (mode prestataire)",
    "the aid: APA and départemental PCH only": "Aide (APA et PCH départementale)",
    "requests: one per operator asked": "Demandes",
    "derived from the figures above": "Chiffres dérivés",
    "the territory only: declared totals, each cell over at least 11 persons": "Territoire seulement",
}

if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
