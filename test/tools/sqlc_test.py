#!/usr/bin/env python3
"""Every mistake that tools/sqlc.py must refuse, with the place it must name."""
import os
import subprocess
import sys
import tempfile

SQLC = sys.argv[1]
TABLE = ('CREATE TABLE home (id BLOB PRIMARY KEY, name TEXT NOT NULL, kind INTEGER NOT NULL,'
         ' opens_at INTEGER) STRICT;\n'
         'CREATE TABLE boat (id BLOB PRIMARY KEY, kind TEXT NOT NULL) STRICT;\n')

# (what, migrations, statements, expected text; None: must pass)
CASES = [
    ('a clean file', TABLE, '-- name: g :one\nSELECT name FROM home WHERE id = :id;\n', None),
    ('an unknown column', TABLE, '\n\n-- name: g :one\nSELECT nom FROM home WHERE id = :id;\n',
     'x.sql:3: error: g: no such column: nom'),
    ('a syntax error', TABLE, '-- name: g :one\nSELEC 1;\n', 'x.sql:1: error: g: near "SELEC"'),
    ('double quotes for a text', TABLE, '-- name: g :one\nSELECT id FROM home WHERE name = "x";\n',
     'no such column: '),
    ('an unknown kind', TABLE, '-- name: g :two\nSELECT 1;\n', 'unknown kind :two'),
    ('a bad name line', TABLE, '-- name: G\nSELECT 1;\n', 'x.sql:1: error: expected "-- name:'),
    ('a full scan', TABLE, '-- name: g :many\nSELECT id FROM home WHERE kind = 1;\n',
     'full scan (SCAN home)'),
    ('a full scan that is said', TABLE,
     '-- name: g :many\n-- scan: ok few\nSELECT id FROM home WHERE opens_at > 1;\n', None),
    ('a scan mark without a scan', TABLE,
     '-- name: g :one\n-- scan: ok\nSELECT id FROM home WHERE id = :id;\n', 'remove it'),
    ('a covering index walked whole', TABLE + 'CREATE INDEX k ON home(kind);',
     '-- name: g :many\nSELECT id FROM home ORDER BY kind;\n', 'full scan'),
    ('an index walked up to a limit', TABLE + 'CREATE INDEX k ON home(kind);',
     '-- name: g :many\nSELECT id FROM home ORDER BY kind LIMIT 5;\n', None),
    ('an expression without a type', TABLE,
     '-- name: g :one\nSELECT count(*) FROM home WHERE id = :id;\n', 'needs a lower-case alias'),
    ('an alias without a type', TABLE,
     '-- name: g :one\nSELECT length(name) AS n FROM home WHERE id = :id;\n',
     'type of column n unknown'),
    ('an alias with a wrong type', TABLE,
     '-- name: g :one\nSELECT 1 AS "n long";\n', 'unknown type long'),
    ('a parameter without a type', TABLE,
     '-- name: g :one\nSELECT name FROM home WHERE id = :id AND 1 = :other;\n',
     'type of :other unknown'),
    ('a parameter that two tables type differently', TABLE,
     '-- name: g :one\nSELECT h.name FROM home h JOIN boat b USING (id)'
     ' WHERE h.id = :id AND b.kind = :kind;\n', 'type of :kind unknown'),
    ('a name that the own table types', TABLE,
     '-- name: g :one\nSELECT id FROM boat WHERE id = :id AND kind = :kind;\n', None),
    ('a hint for nothing', TABLE,
     '-- name: g :one\n-- param x int\nSELECT 1 AS "n int";\n', 'but no :x'),
    ('a numbered parameter', TABLE, '-- name: g :one\nSELECT id FROM home WHERE id = ?1;\n',
     'parameters are written :lower_case'),
    ('a column twice', TABLE, '-- name: g :one\nSELECT id, id FROM home WHERE id = :id;\n',
     'column id twice'),
    ('a name twice', TABLE, '-- name: g :one\nSELECT 1 AS "n int";\n'
     '-- name: g :one\nSELECT 1 AS "n int";\n', 'named already at'),
    ('a reader marked :exec', TABLE, '-- name: g :exec\nSELECT 1 AS "n int";\n',
     'returns columns'),
    ('a writer marked :one', TABLE, '-- name: g :one\nDELETE FROM home WHERE id = :id;\n',
     'returns no columns'),
    ('two statements', TABLE, '-- name: g :exec\nDELETE FROM home WHERE id = :id; SELECT 1;\n',
     'more than one statement'),
    ('no semicolon', TABLE, '-- name: g :one\nSELECT 1 AS "n int"\n', 'does not end with ";"'),
    ('SQL without a name', TABLE, 'SELECT 1;\n', 'SQL without'),
    ('a table that is not STRICT', 'CREATE TABLE t (id BLOB);', '', 'not STRICT'),
    ('a type against its name', 'CREATE TABLE t (seen_at TEXT) STRICT;', '',
     'so it must be INTEGER'),
    ('a type without a C type', 'CREATE TABLE t (size REAL) STRICT;', '', 'has no C type'),
    ('a migration that fails', 'CREATE TABLE t (x TEXT) STRICT;\n\nCREATE TABLE t (x TEXT) STRICT;',
     '', '001_start.sql:3: error: table t already exists'),
    ('a migration with its own transaction', 'BEGIN;', '', 'db_migrate() does that'),
]


def run(migrations, statements, name='001_start.sql'):
    with tempfile.TemporaryDirectory() as d:
        os.makedirs(d + '/sql/migrations')
        open(d + '/sql/migrations/' + name, 'w').write(migrations)
        open(d + '/sql/x.sql', 'w').write(statements)
        p = subprocess.run([sys.executable, SQLC, '--sql', d + '/sql', '--name', 't', '--c',
                            d + '/t.c', '--h', d + '/t.h'], capture_output=True, text=True)
        return p.returncode, p.stderr


def main():
    bad = 0
    for what, migrations, statements, expected in CASES:
        code, said = run(migrations, statements)
        good = code == 0 if expected is None else code != 0 and expected in said
        if not good or 'Traceback' in said:
            bad += 1
            print('%s: expected %r, got %d %s' % (what, expected, code, said))
    code, said = run(TABLE, '', '002_start.sql')
    if 'without a gap' not in said:
        bad += 1
        print('a gap in the numbers: got', said)
    print('%d cases, %d wrong' % (len(CASES) + 1, bad))
    sys.exit(bad != 0)


main()
