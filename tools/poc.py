#!/usr/bin/env python3
"""poc.py - compiles po/fr.po and po/en.po to C tables.

    poc.py --po DIR --c OUT.c --h OUT.h --depfile OUT.d --used DIR...

A key is a msgid such as "visit.late"; in C it is T_visit_late.  The build fails when a key
lacks a language, when placeholders differ, or when no template and no source uses a key.
The typography of French is put in here (no-break spaces, apostrophes), so that the .po can be
typed on any keyboard.  Standard library only; the files also pass `msgfmt -c`.
"""
import argparse
import os
import re
import sys

LANGS = ('fr', 'en')  # French first: the order of enum lang
NB, NNB = '\u00a0', '\u202f'


class Fault(Exception):
    pass


def unquote(s):
    return re.sub(r'\\(.)', lambda m: {'n': '\n', 't': '\t'}.get(m.group(1), m.group(1)), s)


def parse(path):
    """key -> (line, [texts], dynamic)"""
    out, entry, field = {}, {}, None

    def close():
        if 'msgid' in entry and entry['msgid']:
            key = entry['msgid']
            if key in out:
                raise Fault('%s:%d: error: %s twice' % (path, entry['line'], key))
            if not re.match(r'[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$', key):
                raise Fault('%s:%d: error: key "%s": words of a-z 0-9 _ with dots' %
                            (path, entry['line'], key))
            texts = [entry[f] for f in ('msgstr', 'msgstr[0]', 'msgstr[1]') if f in entry]
            if not texts or not all(texts):
                raise Fault('%s:%d: error: %s has no text' % (path, entry['line'], key))
            out[key] = (entry['line'], texts, entry.get('dynamic', False))
        entry.clear()

    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        line = line.strip()
        m = re.match(r'(msgid|msgid_plural|msgstr(?:\[[01]\])?)\s+"(.*)"$', line)
        if m:
            if m.group(1) == 'msgid':
                dynamic = entry.get('dynamic') if 'msgid' not in entry else False
                close()
                entry.update(line=n, dynamic=dynamic)
            field = m.group(1)
            entry[field] = unquote(m.group(2))
        elif line.startswith('"') and line.endswith('"') and field:
            entry[field] += unquote(line[1:-1])
        elif line.startswith('#. dynamic'):
            close()
            entry['dynamic'] = True
        elif line and not line.startswith('#'):
            raise Fault('%s:%d: error: not understood: %s' % (path, n, line))
    close()
    return out


def french(s):
    """Imprimerie nationale: a no-break space before : and », after «; a narrow one before ; ! ?"""
    s = s.replace("'", '\u2019')
    s = re.sub(r' ([:»])', NB + r'\1', s)
    s = re.sub(r'« ', '«' + NB, s)
    s = re.sub(r' ([;!?])', NNB + r'\1', s)
    s = re.sub(r'(\d) (?=[%€]|h\b|min\b|km\b|jours?\b|mois\b|ans?\b)', r'\1' + NB, s)
    s = re.sub(r'\b(M\.|Mme|n°) ', r'\1' + NB, s)
    return s


def english(s):
    return s.replace("'", '\u2019')


def placeholders(s):
    return set(re.findall(r'%[1-9]', s))


def used_keys(folders, deps):
    """Keys named in templates and sources: {{_ "key", T_key, and any string "a.key"."""
    found = set()
    for folder in folders:
        for top, dirs, files in sorted(os.walk(folder)):
            dirs.sort()
            deps.append(top)
            for f in sorted(files):
                if f.endswith(('.html', '.c', '.h', '.tbl', '.def')):
                    path = os.path.join(top, f)
                    deps.append(path)
                    text = open(path, encoding='utf-8').read()
                    found |= set(re.findall(r'\bT_([a-z][a-z0-9_]*)', text))
                    found |= {k.replace('.', '_')
                              for k in re.findall(r'"([a-z][a-z0-9_.]*)"', text)}
    return found


def c_string(s):
    return '"%s"' % ''.join(c if 32 <= ord(c) < 127 and c not in '"\\?' else
                            ''.join('\\%03o' % b for b in c.encode()) for c in s)


def build(args, deps):
    tables = {}
    for lang in LANGS:
        path = os.path.join(args.po, lang + '.po')
        deps.append(path)
        tables[lang] = parse(path)
    faults, keys = [], sorted(set(tables['fr']) | set(tables['en']))
    used = used_keys(args.used, deps)
    for key in keys:
        for lang in LANGS:
            if key not in tables[lang]:
                other = LANGS[1 - LANGS.index(lang)]
                faults.append('%s/%s.po:%d: error: %s is missing in %s.po'
                              % (args.po, other, tables[other][key][0], key, lang))
        if any(key not in tables[lang] for lang in LANGS):
            continue
        (line, fr, dynamic), (_, en, _) = tables['fr'][key], tables['en'][key]
        if len(fr) != len(en):
            faults.append('%s/fr.po:%d: error: %s has a plural in one language only'
                          % (args.po, line, key))
        if len({frozenset(placeholders(s)) for s in fr[-1:] + en[-1:]}) > 1:
            faults.append('%s/fr.po:%d: error: %s: other placeholders in en.po'
                          % (args.po, line, key))
        if key.replace('.', '_') not in used and not dynamic:
            faults.append('%s/fr.po:%d: error: no template or source uses %s (if its name is '
                          'computed, write "#. dynamic: where" above it)' % (args.po, line, key))
    if len({k.replace('.', '_') for k in keys}) != len(keys):
        faults.append('%s: error: two keys differ only in . and _' % args.po)
    if faults:
        raise Fault('\n'.join(faults))
    return keys, tables


def header(keys):
    out = ['/* Generated by tools/poc.py from po: do not edit. */', '#ifndef TR_GEN_H',
           '#define TR_GEN_H', '', 'enum msg {']
    out += ['\tT_%s, /* %s */' % (k.replace('.', '_'), k) for k in keys]
    return '\n'.join(out + ['\tT_COUNT_', '};', '', '#endif', ''])


def source(keys, tables):
    out = ['/* Generated by tools/poc.py: do not edit. */', '#include "view/tr.h"',
           '#include "view/tr_table.h"', '', 'const struct tr_entry tr_table[T_COUNT_] = {']
    for k in keys:
        texts = []
        for lang, typo in zip(LANGS, (french, english)):
            forms = [typo(s) for s in tables[lang][k][1]]
            texts.append('{ S_(%s), S_(%s) }' % (c_string(forms[0]), c_string(forms[-1])))
        out.append('\t{ S_("%s"), { %s } },' % (k, ', '.join(texts)))
    return '\n'.join(out + ['};', ''])


def main():
    p = argparse.ArgumentParser()
    for name in ('po', 'c', 'h', 'depfile'):
        p.add_argument('--' + name, required=name != 'depfile')
    p.add_argument('--used', nargs='*', default=[])
    args = p.parse_args()
    deps = []
    try:
        keys, tables = build(args, deps)
    except Fault as e:
        sys.exit(str(e))
    for path, text in ((args.h, header(keys)), (args.c, source(keys, tables))):
        with open(path, 'w', encoding='utf-8') as f:
            f.write(text)
    if args.depfile:
        with open(args.depfile, 'w', encoding='utf-8') as f:
            f.write('%s %s: %s\n' % (args.c, args.h, ' '.join(deps)))


if __name__ == '__main__':
    main()
