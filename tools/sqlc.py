#!/usr/bin/env python3
"""sqlc.py - compiles named SQL statements to typed C functions.

    sqlc.py --sql DIR --name sql --c OUT.c --h OUT.h --depfile OUT.d

Syntax and conventions: sql/README.md.  Every statement is prepared here, against an
in-memory database with all migrations applied, through the same library the program
uses; a mistake stops the build with file:line.  Standard library only.
"""
import argparse
import ctypes
import os
import re
import sys

# C type, suffix of the bind_/read_ helper of store/db_gen.h, storage class in SQLite
TYPES = {
    'id': ('struct id', 'BLOB'), 'ts': ('ts', 'INTEGER'), 'due': ('ts', 'INTEGER'), 'day': ('day', 'INTEGER'),
    'money': ('money', 'INTEGER'), 'bool': ('bool', 'INTEGER'), 'hash': ('struct hash', 'BLOB'),
    'int': ('int64_t', 'INTEGER'), 'text': ('str', 'TEXT'), 'bytes': ('str', 'BLOB'),
    'text?': ('str', 'TEXT'), 'bytes?': ('str', 'BLOB'),  # parameters: empty is written as NULL
}
NAMES = [('_id', 'id'), ('_at', 'ts'), ('_on', 'day'), ('_cents', 'money'), ('_hash', 'hash')]
DECLARED = {'INTEGER': 'int', 'TEXT': 'text', 'BLOB': 'bytes'}
KINDS = ('one', 'many', 'each', 'exec', 'count')
WORDS = set('''auto bool break case char const continue default do double else enum extern float
for goto if inline int long register return short signed sizeof static struct switch typedef
union unsigned void volatile while db a ret fn ctx st rc row OK'''.split())


class Fault(Exception):
    def __init__(self, path, line, text):
        super().__init__('%s:%d: error: %s' % (path, line, text))


def type_of_name(name):
    """The convention of the whole project: the name tells the type, or None."""
    if name == 'id':
        return 'id'
    if name == 'look_at':  # the watch: NULL is TS_NEVER, so that a partial index holds what is due
        return 'due'
    if name.startswith(('is_', 'has_')):
        return 'bool'
    for suffix, kind in NAMES:
        if name.endswith(suffix):
            return kind
    return None


class Sqlite:
    """The few calls of libsqlite3 that Python's module does not offer."""

    def __init__(self):
        lib = self.lib = ctypes.CDLL('libsqlite3.so.0')
        lib.sqlite3_errmsg.restype = ctypes.c_char_p
        for f in ('column_name', 'column_origin_name', 'column_table_name', 'column_text'):
            getattr(lib, 'sqlite3_' + f).restype = ctypes.c_char_p
            getattr(lib, 'sqlite3_' + f).argtypes = [ctypes.c_void_p, ctypes.c_int]
        lib.sqlite3_bind_parameter_name.restype = ctypes.c_char_p
        lib.sqlite3_bind_parameter_name.argtypes = [ctypes.c_void_p, ctypes.c_int]
        for f in ('step', 'finalize', 'column_count', 'bind_parameter_count', 'stmt_readonly'):
            getattr(lib, 'sqlite3_' + f).argtypes = [ctypes.c_void_p]
        lib.sqlite3_errmsg.argtypes = [ctypes.c_void_p]
        self.db = ctypes.c_void_p()
        assert lib.sqlite3_open(b':memory:', ctypes.byref(self.db)) == 0
        lib.sqlite3_db_config(self.db, 1013, 0, None)  # no double-quoted strings in DML
        lib.sqlite3_db_config(self.db, 1014, 0, None)  # nor in DDL

    def message(self):
        return self.lib.sqlite3_errmsg(self.db).decode()

    def script(self, sql):
        """None, or the error."""
        rc = self.lib.sqlite3_exec(self.db, sql.encode(), None, None, None)
        return self.message() if rc else None

    def prepare(self, sql):
        """(handle, error, text after the first statement)"""
        st, tail = ctypes.c_void_p(), ctypes.c_char_p()
        text = ctypes.create_string_buffer(sql.encode())
        rc = self.lib.sqlite3_prepare_v2(self.db, text, -1, ctypes.byref(st),
                                         ctypes.byref(tail))
        return st, (self.message() if rc else None), (tail.value or b'').decode().strip()

    def rows(self, sql):
        st, error, _ = self.prepare(sql)
        assert not error, error
        out = []
        while self.lib.sqlite3_step(st) == 100:
            n = self.lib.sqlite3_column_count(st)
            out.append([(self.lib.sqlite3_column_text(st, i) or b'').decode() for i in range(n)])
        self.lib.sqlite3_finalize(st)
        return out


class Schema:
    """All migrations, applied: which columns exist and what type each has."""

    def __init__(self, folder, deps):
        self.lite = Sqlite()
        self.migrations = []
        self.columns = {}  # name -> {table: type}
        self.optional = set()  # (table, column) that may be NULL
        self.tables = set()
        deps.append(folder)
        for i, name in enumerate(sorted(f for f in os.listdir(folder) if f.endswith('.sql'))):
            path = os.path.join(folder, name)
            deps.append(path)
            text = open(path, encoding='utf-8').read()
            if not re.match(r'%03d_[a-z0-9_]+\.sql$' % (i + 1), name):
                raise Fault(path, 1, 'migrations are numbered 001_name.sql, 002_... without a gap')
            if re.search(r'^\s*(BEGIN|COMMIT|PRAGMA|ROLLBACK)\b', text, re.I | re.M):
                raise Fault(path, 1, 'no BEGIN, COMMIT or PRAGMA: db_migrate() does that')
            self.apply(path, text)
            self.migrations.append((i + 1, name[4:-4], text))
        self.collect(path if self.migrations else folder)

    def apply(self, path, text):
        """One statement at a time, so that an error has a line."""
        rest = text
        while rest.strip():
            st, error, tail = self.lite.prepare(rest)
            at = text[:len(text) - len(rest)]
            skipped = re.match(r'(\s|--[^\n]*(\n|$))*', rest).group(0)
            line = 1 + (at + skipped).count('\n')
            self.lite.lib.sqlite3_finalize(st)
            if error:
                raise Fault(path, line, error)
            used = rest[:rest.rindex(tail)] if tail else rest
            error = self.lite.script(used)
            if error:
                raise Fault(path, line, error)
            rest = tail

    def collect(self, path):
        for row in self.lite.rows('PRAGMA table_list'):
            table, kind, strict = row[1], row[2], row[5]
            if table.startswith('sqlite_') or kind not in ('table', 'view'):
                continue
            self.tables.add(table)
            if kind == 'table' and strict != '1':
                raise Fault(path, 1, 'table %s is not STRICT' % table)
            for col in self.lite.rows("PRAGMA table_info('%s')" % table):
                self.add_column(path, table, col[1], col[2].upper(), kind)
                if col[3] == '0' and col[5] == '0':
                    self.optional.add((table, col[1]))

    def add_column(self, path, table, name, declared, kind):
        t = type_of_name(name)
        if t and kind == 'table' and declared != TYPES[t][1]:
            raise Fault(path, 1, 'column %s.%s is %s: its name says %s, so it must be %s'
                        % (table, name, declared, t, TYPES[t][1]))
        t = t or DECLARED.get(declared)
        if t:
            self.columns.setdefault(name, {})[table] = t
        elif kind == 'table':
            raise Fault(path, 1, 'column %s.%s: type %s has no C type' % (table, name, declared))

    def is_optional(self, name, target, tables):
        """Whether an empty text bound to :name is written as NULL."""
        near = [t for t in self.columns.get(name, {}) if t in tables]
        near = [target] if target in near else near
        return bool(near) and all((t, name) in self.optional for t in near)

    def lookup(self, name, tables):
        """Type of a bare name: the statement's own tables first, then all.  None: unknown or
        known with several types."""
        known = self.columns.get(name, {})
        near = {t for table, t in known.items() if table in tables}
        found = near or set(known.values())
        return found.pop() if len(found) == 1 else type_of_name(name)


class Field:
    """A column of a result or a parameter: SQL name, C expression, type."""

    def __init__(self, name, kind):
        self.name, self.kind = name, kind
        self.c = name


class Statement:
    def __init__(self, path, line, words):
        self.path, self.line = path, line
        self.params, self.fields, self.hints, self.map = [], [], {}, {}
        self.doc, self.sql, self.scan_ok, self.slice = [], '', False, None
        m = re.match(r'([a-z][a-z0-9_]*) :([a-z]+)(?: struct ([a-z][a-z0-9_]*))?'
                     r'(?: as struct ([a-z][a-z0-9_]*))?$', words)
        if not m:
            raise Fault(path, line, 'expected "-- name: x :kind [struct y [as struct ys]]"')
        self.name, self.kind, self.struct, self.slice = m.groups()
        if self.kind not in KINDS:
            raise Fault(path, line, 'unknown kind :%s (one of %s)' % (self.kind, ' '.join(KINDS)))
        if self.slice and self.kind != 'many':
            raise Fault(path, line, '"as struct" is for :many')

    def fault(self, text):
        return Fault(self.path, self.line, '%s: %s' % (self.name, text))

    def annotate(self, line, text):
        """A comment line between the name and the SQL."""
        m = re.match(r'(param|field|scan)\b:?\s*(.*)$', text)
        if not m:
            self.doc.append(text)
        elif m.group(1) == 'scan':
            if not re.match(r'ok\b', m.group(2)):
                raise Fault(self.path, line, 'expected "-- scan: ok [reason]"')
            self.scan_ok = True
        else:
            words = m.group(2).split()
            if len(words) != 2 or (m.group(1) == 'param' and words[1] not in TYPES):
                raise Fault(self.path, line, 'expected "-- param name type" (type: %s) or '
                            '"-- field name c.expression"' % ' '.join(TYPES))
            (self.hints if m.group(1) == 'param' else self.map)[words[0]] = words[1]

    def resolve(self, schema):
        lib = schema.lite.lib
        st, error, tail = schema.lite.prepare(self.sql)
        if error:
            raise self.fault(error)
        if tail:
            raise self.fault('more than one statement before the ";"')
        words = set(re.findall(r'[a-z_][a-z0-9_]*', self.sql.lower()))
        tables = {t for t in schema.tables if t.lower() in words}
        self.read_params(lib, st, schema, tables)
        self.read_columns(lib, st, schema, tables)
        if lib.sqlite3_stmt_readonly(st) and self.kind in ('exec', 'count'):
            raise self.fault('a statement that only reads needs :one, :many or :each')
        lib.sqlite3_finalize(st)
        self.check_plan(schema)

    def read_params(self, lib, st, schema, tables):
        m = re.match(r'\s*(?:INSERT|REPLACE)\b.*?\bINTO\s+(\w+)|\s*UPDATE\s+(?:OR\s+\w+\s+)?(\w+)',
                     self.sql, re.I | re.S)
        target = m and (m.group(1) or m.group(2))
        for i in range(1, lib.sqlite3_bind_parameter_count(st) + 1):
            name = (lib.sqlite3_bind_parameter_name(st, i) or b'').decode()
            if not re.match(r':[a-z][a-z0-9_]*$', name):
                raise self.fault('parameters are written :lower_case, not "%s"' % (name or '?'))
            name = name[1:]
            kind = self.hints.get(name) or schema.lookup(name, tables)
            if kind in ('text', 'bytes') and name not in self.hints and \
                    schema.is_optional(name, target, tables):
                kind += '?'
            if not kind:
                raise self.fault('type of :%s unknown: add "-- param %s type"' % (name, name))
            f = Field(name, kind)
            f.c = self.map.get(name, name + '_' if name in WORDS else name)
            self.params.append(f)
        for name in self.hints:
            if name not in [p.name for p in self.params]:
                raise self.fault('"-- param %s" but no :%s' % (name, name))

    def read_columns(self, lib, st, schema, tables):
        n = lib.sqlite3_column_count(st)
        if self.kind in ('exec', 'count'):
            if n:
                raise self.fault('returns columns, so :%s is wrong' % self.kind)
            return
        if not n:
            raise self.fault('returns no columns, so :%s is wrong' % self.kind)
        for i in range(n):
            name = lib.sqlite3_column_name(st, i).decode()
            origin = (lib.sqlite3_column_origin_name(st, i) or b'').decode()
            table = (lib.sqlite3_column_table_name(st, i) or b'').decode()
            m = re.match(r'(\S+) (\S+)$', name)
            if m:
                name, kind = m.groups()
                if kind not in TYPES or kind.endswith('?'):
                    raise self.fault('column "%s": unknown type %s' % (name, kind))
            else:
                kind = schema.columns.get(origin, {}).get(table) or schema.lookup(name, tables)
            if not re.match(r'[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$', name):
                raise self.fault('column %d "%s" needs a lower-case alias' % (i + 1, name))
            if not kind:
                raise self.fault('type of column %s unknown: write AS "%s int" (or %s)'
                                 % (name, name, ' '.join(TYPES)))
            if name in [f.name for f in self.fields]:
                raise self.fault('column %s twice' % name)
            f = Field(name, kind)
            f.c = self.map.get(name, name + '_' if name in WORDS and not self.struct else name)
            self.fields.append(f)

    def check_plan(self, schema):
        """A walk through a whole table is refused unless it is marked."""
        ctes = {c.lower() for c in re.findall(r'(\w+)\s*(?:\([^()]*\))?\s+AS\s*(?:NOT\s+)?'
                                              r'(?:MATERIALIZED\s*)?\(\s*(?:SELECT|VALUES)',
                                              self.sql, re.I)}
        limited = re.search(r'\blimit\b', self.sql, re.I)
        partial = {r[0] for r in schema.lite.rows("SELECT name FROM sqlite_schema WHERE "
                                                  "type = 'index' AND sql LIKE '% WHERE %'")}
        scans = []
        for row in schema.lite.rows('EXPLAIN QUERY PLAN ' + self.sql):
            m = re.match(r'SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?$', row[3])
            if not m or m.group(1).lower() in ctes:
                continue
            if not (m.group(2) and (limited or m.group(2) in partial)):
                scans.append(row[3])
        if scans and not self.scan_ok:
            raise self.fault('full scan (%s): add an index or "-- scan: ok reason"'
                             % '; '.join(scans))
        if self.scan_ok and not scans:
            raise self.fault('"-- scan: ok" but nothing is scanned: remove it')

    # ---- C ----

    def row_type(self):
        return self.struct or self.name + '_row'

    def slice_type(self):
        if self.slice:
            return self.slice
        return self.struct + '_rows' if self.struct else self.name + '_rows'

    def from_struct(self):
        return self.kind in ('exec', 'count') and self.struct

    def prototype(self):
        args = ['struct db *db']
        if self.kind in ('one', 'many'):
            args.append('struct arena *a')
        if self.from_struct():
            args.append('const struct %s *p' % self.struct)
        else:
            args += ['%s %s' % (TYPES[p.kind][0], p.c) for p in self.params]
        if self.kind == 'one':
            args.append('struct %s *ret' % self.row_type())
        elif self.kind == 'many':
            args.append('struct %s *ret' % self.slice_type())
        elif self.kind == 'each':
            args.append('bool (*fn)(void *ctx, const struct %s *row)' % self.row_type())
            args.append('void *ctx')
        elif self.kind == 'count':
            args.append('int64_t *ret')
        return 'enum err %s(%s)' % (self.name, ', '.join(args))

    def binds(self):
        out = []
        for i, p in enumerate(self.params):
            value = 'p->' + p.c if self.from_struct() else p.c
            if p.kind == 'int' and self.from_struct():
                out.append('\tDB_BIND_NUMBER(st, %d, %s);' % (i + 1, value))
            else:
                out.append('\tdb_bind_%s(st, %d, %s);'
                           % (p.kind.replace('?', '_or_null'), i + 1, value))
        return out

    def reads(self, arena):
        """Function read_x(): one row into a struct."""
        out = ['static void read_%s(sqlite3_stmt *st, struct arena *a, struct %s *r)'
               % (self.name, self.row_type()), '{', '\t(void)a;']
        for i, f in enumerate(self.fields):
            if f.kind in ('text', 'bytes'):
                out.append('\tr->%s = db_read_%s(st, %d, %s);' % (f.c, f.kind, i, arena))
            elif f.kind in ('int', 'bool'):
                out.append('\tDB_READ_NUMBER(st, %d, r->%s);' % (i, f.c))
            else:
                out.append('\tr->%s = db_read_%s(st, %d);' % (f.c, f.kind, i))
        return out + ['}', '']

    def define(self, number):
        out = ['#line %d "%s"' % (self.line, self.path)]
        if self.fields:
            out += self.reads('NULL' if self.kind == 'each' else 'a')
        out += ['#line %d "%s"' % (self.line, self.path), self.prototype(), '{',
                '\tsqlite3_stmt *st;', '\tTRY(db_take(db, %d, &st));' % number] + self.binds()
        out += {'one': self.body_one, 'many': self.body_many, 'each': self.body_each,
                'exec': lambda: ['\treturn db_run(db, %d, st, NULL);' % number],
                'count': lambda: ['\treturn db_run(db, %d, st, ret);' % number],
                }[self.kind](*([number] if self.fields else []))
        return out + ['}', '']

    def body_one(self, number):
        return ['\tstruct %s r = { 0 };' % self.row_type(), '\tenum err rc = db_step(db, st);',
                '\tif (rc == OK) {', '\t\tread_%s(st, a, &r);' % self.name,
                '\t\trc = db_finish(db, st);', '\t}', '\tdb_give(db, %d, st);' % number,
                '\tif (rc == OK)', '\t\t*ret = r;', '\treturn rc;']

    def body_many(self, number):
        return ['\tstruct %s r = { 0 };' % self.slice_type(), '\tenum err rc;',
                '\twhile ((rc = db_step(db, st)) == OK)',
                '\t\tread_%s(st, a, ARENA_PUSH(a, &r));' % self.name,
                '\tdb_give(db, %d, st);' % number, '\tif (rc != ERR_NOT_FOUND)',
                '\t\treturn rc;', '\t*ret = r;', '\treturn OK;']

    def body_each(self, number):
        return ['\tenum err rc;', '\tfor (;;) {', '\t\trc = db_step(db, st);',
                '\t\tif (rc != OK)', '\t\t\tbreak;',
                '\t\tstruct %s r = { 0 };' % self.row_type(),
                '\t\tread_%s(st, NULL, &r);' % self.name,
                '\t\tif (!fn(ctx, &r))', '\t\t\tbreak;', '\t}',
                '\tdb_give(db, %d, st);' % number, '\treturn rc == ERR_NOT_FOUND ? OK : rc;']

    def declare(self, seen):
        out = []
        row = self.row_type()
        if self.fields and not self.struct and row not in seen:
            seen.add(row)
            out += ['struct %s {' % row]
            out += ['\t%s %s;' % (TYPES[f.kind][0], f.c) for f in self.fields] + ['};']
        if self.kind == 'many' and not self.slice and self.slice_type() not in seen:
            seen.add(self.slice_type())
            out += ['struct %s {' % self.slice_type(), '\tstruct %s *v;' % row,
                    '\tsize_t n, cap;', '};']
        out += ['/* %s%s:%d */' % (' '.join(self.doc) + '  ' if self.doc else '', self.path,
                                   self.line)]
        return out + ['MUST_USE ' + self.prototype() + ';', '']


def parse(path, includes):
    """The statements of one file."""
    out, current, body, start = [], None, [], 0
    for n, line in enumerate(open(path, encoding='utf-8'), 1):
        m = re.match(r'--\s?(.*?)\s*$', line)
        if m and not body:
            text = m.group(1)
            if text.startswith('include:'):
                includes.setdefault(text[8:].strip(), None)
            elif text.startswith('name:'):
                if current:
                    raise Fault(path, n, '%s has no SQL' % current.name)
                current = Statement(path, n, text[5:].strip())
            elif current:
                current.annotate(n, text)
            continue
        code = re.sub(r"^((?:[^'-]|'[^']*'|-(?!-))*)--.*", r'\1', line).rstrip()
        if not code.strip():
            continue
        if not current:
            raise Fault(path, n, 'SQL without "-- name:"')
        body.append(code)
        start = start or n
        if code.endswith(';'):
            current.sql = '\n'.join(body)[:-1]
            out.append(current)
            current, body, start = None, [], 0
    if current:
        raise Fault(path, current.line, '%s does not end with ";"' % current.name)
    return out


def c_string(text):
    lines = text.split('\n')
    return '\n'.join('\t"%s%s"' % (s.replace('\\', '\\\\').replace('"', '\\"').replace('\t', ' '),
                                   '\\n' if i < len(lines) - 1 else '')
                     for i, s in enumerate(lines))


def header(name, statements, includes):
    out = ['/* Generated by tools/sqlc.py from the .sql files named below: do not edit. */',
           '#ifndef %s_GEN_H' % name.upper(), '#define %s_GEN_H' % name.upper(), '',
           '#include "base/base.h"', '#include "store/db.h"']
    out += ['#include "%s"' % i for i in sorted(includes)]
    out += ['', 'extern const struct db_schema %s_schema;' % name, '']
    seen = set()
    for s in statements:
        out += s.declare(seen)
    return '\n'.join(out + ['#endif', ''])


def source(name, statements, schema):
    out = ['/* Generated by tools/sqlc.py: do not edit. */', '#include "%s_gen.h"' % name,
           '#include "store/db_gen.h"', '',
           '#pragma GCC diagnostic ignored "-Woverlength-strings"', '']
    out += ['static const struct db_migration migrations[] = {']
    for number, title, text in schema.migrations:
        out += ['\t{ %d, "%s",' % (number, title), c_string(text) + ' },']
    out += ['\t{ 0, NULL, NULL }', '};', '', 'static const char *const statements[] = {']
    for s in statements:
        out += ['\t/* %s */' % s.name, c_string(s.sql) + ',']
    out += ['\tNULL', '};', '', 'const struct db_schema %s_schema = {' % name,
            '\tmigrations, %d, statements, %d' % (len(schema.migrations), len(statements)), '};', '']
    for i, s in enumerate(statements):
        out += s.define(i)
    return '\n'.join(out)


def write(path, text):
    with open(path, 'w', encoding='utf-8') as f:
        f.write(text)


def main():
    p = argparse.ArgumentParser()
    for name in ('sql', 'name', 'c', 'h', 'depfile'):
        p.add_argument('--' + name, required=name != 'depfile')
    args = p.parse_args()
    deps, includes, statements, names = [args.sql], {}, [], {}
    try:
        schema = Schema(os.path.join(args.sql, 'migrations'), deps)
        for f in sorted(os.listdir(args.sql)):
            if f.endswith('.sql'):
                path = os.path.join(args.sql, f)
                deps.append(path)
                statements += parse(path, includes)
        for s in statements:
            if s.name in names:
                raise s.fault('named already at %s:%d' % names[s.name])
            names[s.name] = (s.path, s.line)
            s.resolve(schema)
    except Fault as e:
        sys.exit(str(e))
    write(args.h, header(args.name, statements, includes))
    write(args.c, source(args.name, statements, schema))
    if args.depfile:
        write(args.depfile, '%s %s: %s\n' % (args.c, args.h, ' '.join(deps)))


if __name__ == '__main__':
    main()
