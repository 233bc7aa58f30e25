"""Every column of the migrations that is marked P (personal data) is erased by sql/erase.sql.

usage: erase_test.py SQL_DIR
"""
import pathlib
import re
import sys
import unittest

SQL = pathlib.Path(sys.argv[1])


def marked(text):
    """(table, column) of each column on a line whose comment begins with P."""
    table = None
    for line in text.splitlines():
        begins = re.match(r'CREATE TABLE (\w+)', line)
        table = begins.group(1) if begins else table
        code, _, comment = line.partition('--')
        if re.match(r'\s*P\b', comment) and not begins:
            for column in re.findall(r'(?:^|,)\s*(\w+) (?:TEXT|INTEGER|BLOB)', code):
                yield table, column


def missing(migrations, erase):
    statements = [re.sub(r'\s+', ' ', s).strip() for s in re.sub(r'--[^\n]*', '', erase).split(';')]
    for table, column in marked(migrations):
        deleted = any(s.startswith('DELETE FROM %s WHERE' % table) for s in statements)
        blanked = any(s.startswith('UPDATE %s SET' % table) and
                      re.search(r'\b%s = ' % column, s.split(' WHERE')[0]) for s in statements)
        if not deleted and not blanked:
            yield '%s.%s' % (table, column)


class Erasure(unittest.TestCase):
    migrations = '\n'.join(p.read_text() for p in sorted((SQL / 'migrations').glob('*.sql')))
    erase = (SQL / 'erase.sql').read_text()

    def test_every_personal_column_is_erased(self):
        self.assertGreater(len(list(marked(self.migrations))), 30)
        self.assertEqual(list(missing(self.migrations, self.erase)), [])

    def test_a_column_that_is_forgotten_is_found(self):
        more = self.migrations + '\nCREATE TABLE diary (\n\tid BLOB,\n\tbody TEXT NOT NULL, -- P words\n);'
        self.assertEqual(list(missing(more, self.erase)), ['diary.body'])
        less = self.erase.replace("access_note = '', ", '')
        self.assertEqual(list(missing(self.migrations, less)), ['person.access_note'])


unittest.main(argv=sys.argv[:1])
