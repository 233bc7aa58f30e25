"""Makes the French lexicon of src/talk as a C table: forms, lemmas, tense, sound keys.

Usage: talk_lexicon.py OUT.c OUT_PATTERNS... ; inputs are named on the command line:
  --verbs F --irregular F --words F --names F --patterns F... --out OUT.c
Everything is folded: lower case, no accents.  Deterministic: sorted, no dates.
Words met in the pattern tables become known forms too, so that the speller can reach them.
"""
import argparse
import re

PRES, PAST, FUT, COND, INF, NAME, PART = 1, 2, 4, 8, 16, 32, 64


def lines(path):
    with open(path, encoding="utf8") as f:
        for line in f:
            line = line.split("#")[0].strip()
            if line:
                yield line


class Lexicon:
    def __init__(self):
        self.forms = {}  # form -> [lemmas], flags

    def add(self, form, lemma, flags=0):
        lemmas, old = self.forms.get(form, ([], 0))
        if lemma not in lemmas and len(lemmas) < 3:
            lemmas = lemmas + [lemma]
        self.forms[form] = (lemmas, old | flags)

    def tense(self, lemma, stem, future, subj):
        for e in ("ais", "ait", "ions", "iez", "aient"):
            self.add(stem + e, lemma, PAST)
        for e in ("ai", "as", "a", "ons", "ez", "ont"):
            self.add(future + e, lemma, FUT)
        for e in ("ais", "ait", "ions", "iez", "aient"):
            self.add(future + e, lemma, COND)
        for f in subj:
            self.add(f, lemma, PRES)

    def regular(self, inf):
        stem = inf[:-2]
        soft = stem + "e" if stem.endswith("g") else stem
        roots = [stem]
        if stem.endswith("y"):
            roots.append(stem[:-1] + "i")
        if re.search(r"(el|et)$", stem):
            roots.append(stem + stem[-1])
        self.add(inf, inf, INF)
        for r in roots:
            for e in ("e", "es", "ent"):
                self.add(r + e, inf, PRES)
            self.tense(inf, soft, r + "er", ())
        self.add(soft + "ons", inf, PRES)
        self.add(stem + "ez", inf, PRES)
        self.add(stem + "ions", inf, PAST)
        self.add(stem + "iez", inf, PAST)
        for e in ("e", "ee", "es", "ees"):
            self.add(stem + e, inf, PART)
        self.add(soft + "ant", inf)

    def irregular(self, line):
        f = [x.strip() for x in line.split(";")]
        inf, stem, future, part, subj = f[0], f[2], f[3], f[4].split(), f[5].split()
        self.add(inf, inf, INF)
        for w in f[1].split():
            self.add(w, inf, PRES)
        self.tense(inf, stem, future, subj)
        self.add(stem + "ant", inf)
        for p in part:
            self.add(p, inf, PART)
        if len(part) == 1:
            p = part[0]
            for e in ("e", "es", "s"):
                if not (e == "s" and p.endswith("s")):
                    self.add(p + e, inf, PART)


def sound(w):
    """A rough key of how a folded French word sounds; the same rules are in word.c."""
    s = w
    for a, b in (("eaux", "o"), ("eau", "o"), ("au", "o"), ("ph", "f"), ("ch", "C"), ("qu", "k"), ("gn", "N"),
                 ("ge", "je"), ("gi", "ji"), ("ce", "se"), ("ci", "si"), ("ss", "s"), ("ain", "in"), ("ein", "in"),
                 ("ai", "e"), ("ei", "e"), ("oi", "W"), ("ou", "U"), ("am", "an"), ("em", "an"), ("en", "an"),
                 ("om", "on"), ("im", "in"), ("c", "k"), ("z", "s"), ("y", "i"), ("h", "")):
        s = s.replace(a, b)
    s = re.sub(r"(.)\1", r"\1", s)
    while len(s) > 2 and s[-1] in "estdxpr":
        s = s[:-1]
    return s


def main():
    p = argparse.ArgumentParser()
    for n in ("verbs", "irregular", "words", "names", "out"):
        p.add_argument("--" + n, required=True)
    p.add_argument("--patterns", nargs="*", default=[])
    o = p.parse_args()
    lex = Lexicon()
    for line in lines(o.verbs):
        for v in line.split():
            lex.regular(v)
    for line in lines(o.irregular):
        lex.irregular(line)
    for line in lines(o.words):
        if line.startswith("!"):
            for w in line[1:].split():
                lex.add(w, w)
            continue
        ws = line.split()
        for w in ws:
            lex.add(w, ws[0])
            if w[-1] not in "sxz":
                lex.add(w + "s", ws[0])
    for line in lines(o.names):
        for w in line.split():
            lex.add(w, w, NAME)
    for path in o.patterns:
        with open(path, encoding="utf8") as f:
            for lit in re.findall(r'"([^"]*)"', f.read()):
                for w in re.findall(r"(?<![<=~a-z])[a-z]{2,}(?![>a-z*])", lit):
                    lex.add(w, w)
    forms = sorted(lex.forms)
    lemmas = sorted({x for l, _ in lex.forms.values() for x in l})
    at = {w: i for i, w in enumerate(lemmas)}
    keys = sorted((sound(w), i) for i, w in enumerate(forms) if len(w) >= 4 and not lex.forms[w][1] & NAME)
    with open(o.out, "w", encoding="utf8") as f:
        f.write("/* Made by tools/talk_lexicon.py from src/talk/words. */\n#include \"talk/word.h\"\n\n")
        f.write("const char *const talk_lemmas[] = {\n")
        for w in lemmas:
            f.write(f'\t"{w}",\n')
        f.write("};\n\nconst struct talk_form talk_forms[] = {\n")
        for w in forms:
            l, flags = lex.forms[w]
            ids = [at[x] for x in l] + [-1] * (3 - len(l))
            f.write(f'\t{{ "{w}", {{ {ids[0]}, {ids[1]}, {ids[2]} }}, {flags} }},\n')
        f.write(f"}};\nconst size_t talk_forms_n = {len(forms)};\n\nconst struct talk_sound talk_sounds[] = {{\n")
        for k, i in keys:
            f.write(f'\t{{ "{k}", {i} }},\n')
        f.write(f"}};\nconst size_t talk_sounds_n = {len(keys)};\n")


main()
