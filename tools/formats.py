#!/usr/bin/env python3
"""formats.py - writes doc/formats/*.json and the tables of doc/formats.md from the program itself.

    formats.py VIGIE ROOT            writes them
    formats.py VIGIE ROOT --check    fails when one of them is stale

The columns are tables of the program (src/app/import/sheets.c, src/app/hours.c); `vigie import KIND
--schema` says them as a Table Schema.  doc/formats.md keeps what stands before its marker.
Standard library only.
"""
import json
import pathlib
import subprocess
import sys

KINDS = ['communes', 'operators', 'carers', 'people', 'plans', 'requests', 'roster', 'checkins']
MARK = '<!-- below: tools/formats.py -->\n'


def ask(vigie, *args):
    return json.loads(subprocess.run([vigie, *args], check=True, capture_output=True).stdout)


def pretty(schema):
    return json.dumps(schema, ensure_ascii=False, indent=1) + '\n'


def table(schema):
    lines = ['', f"## {schema['name']}: {schema['title']}", '']
    if schema.get('primaryKey'):
        lines += ['Key: ' + ', '.join(f'`{k}`' for k in schema['primaryKey']) + '.', '']
    lines += ['| column | alias | required | what | words |', '|---|---|---|---|---|']
    for f in schema['fields']:
        words = ' '.join(f.get('vigie:words', f.get('vigie:setOf', [])))
        required = 'yes' if f.get('constraints', {}).get('required') else ''
        lines.append(f"| `{f['name']}` | {f.get('vigie:alias', '')} | {required} | "
                     f"{f['description']} | {words} |")
    return '\n'.join(lines) + '\n'


def files(vigie, root):
    schemas = [ask(vigie, 'import', k, '--schema') for k in KINDS]
    schemas.append(ask(vigie, 'export-hours', '--schema'))
    for s in schemas:
        yield root / 'doc/formats' / (s['name'] + '.json'), pretty(s)
    page = root / 'doc/formats.md'
    head = page.read_text(encoding='utf-8').split(MARK)[0]
    yield page, head + MARK + ''.join(map(table, schemas))


def main(args):
    stale = 0
    for path, text in files(args[0], pathlib.Path(args[1])):
        if '--check' in args[2:]:
            if not path.exists() or path.read_text(encoding='utf-8') != text:
                print(f'{path}: stale; run tools/formats.py build/vigie .')
                stale = 1
        else:
            path.write_text(text, encoding='utf-8')
    return stale


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
