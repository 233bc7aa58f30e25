#!/usr/bin/env python3
"""What tools/poc.py must refuse, and the typography that it puts in."""
import os
import subprocess
import sys
import tempfile

POC = sys.argv[1]
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def entry(key, text, more=''):
    return '%smsgid "%s"\nmsgstr "%s"\n\n' % (more, key, text)


def plural(key, one, many):
    return 'msgid "%s"\nmsgid_plural "%s"\nmsgstr[0] "%s"\nmsgstr[1] "%s"\n\n' % (key, key, one,
                                                                             many)


A = entry('a.b', 'Oui')
# (what, fr, en, a source that uses keys, expected error or None)
CASES = [
    ('a key in both', A, entry('a.b', 'Yes'), 'T_a_b', None),
    ('a key without English', A, '', 'T_a_b', 'a.b is missing in en.po'),
    ('a key without French', '', A, 'T_a_b', 'a.b is missing in fr.po'),
    ('a key nobody uses', A, A, '', 'no template or source uses a.b'),
    ('a key with a computed name', entry('a.b', 'Oui', '#. dynamic: states\n'), A, '', None),
    ('a key used in a template', A, A, '{{_ "a.b" }}', None),
    ('an empty text', entry('a.b', ''), A, 'T_a_b', 'a.b has no text'),
    ('a key twice', A + A, A, 'T_a_b', 'fr.po:7: error: a.b twice'),
    ('a bad key', entry('A b', 'x'), A, '', 'key "A b"'),
    ('other placeholders', entry('a.b', '%1 et %2'), entry('a.b', '%1'), 'T_a_b',
     'other placeholders'),
    ('a plural', plural('a.b', '%1 visite', '%1 visites'), plural('a.b', '%1 visit', '%1 visits'),
     'T_a_b', None),
    ('a plural in one language', plural('a.b', 'x', 'y'), A, 'T_a_b', 'plural in one language'),
    ('keys that differ in a dot', A + entry('a_b', 'x'), A + entry('a_b', 'x'), 'T_a_b',
     'differ only'),
    ('a line out of place', A + 'hello\n', A, 'T_a_b', 'not understood: hello'),
]


def run(fr, en, source):
    with tempfile.TemporaryDirectory() as d:
        os.makedirs(d + '/po')
        os.makedirs(d + '/src')
        for lang, text in (('fr', fr), ('en', en)):
            open(d + '/po/%s.po' % lang, 'w').write(HEAD + text)
        open(d + '/src/x.html', 'w').write(source)
        p = subprocess.run([sys.executable, POC, '--po', d + '/po', '--c', d + '/t.c', '--h',
                            d + '/t.h', '--used', d + '/src'], capture_output=True, text=True)
        return p.returncode, p.stderr, open(d + '/t.c').read() if p.returncode == 0 else ''


def main():
    bad = 0
    for what, fr, en, source, expected in CASES:
        code, said, _ = run(fr, en, source)
        good = code == 0 if expected is None else code != 0 and expected in said
        if not good or 'Traceback' in said:
            bad += 1
            print('%s: expected %r, got %d %s' % (what, expected, code, said))
    text = entry('a.b', "L'aide : « oui » ! À 9 h ? 82 %")
    _, _, c = run(text, text, 'T_a_b')
    nb, nnb = '\\302\\240', '\\342\\200\\257'
    want = ('"L\\342\\200\\231aide%s: \\302\\253%soui%s\\302\\273%s! \\303\\200 9%sh%s\\077 82%s%%"'
            % (nb, nb, nb, nnb, nb, nnb, nb))
    if want not in c:
        bad += 1
        print('typography: wanted', want, 'in', c)
    print('%d cases, %d wrong' % (len(CASES) + 1, bad))
    sys.exit(bad != 0)


main()
