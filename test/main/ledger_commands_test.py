"""The commands on a ledger, from outside: verify, head, backup, restore, erase.

usage: ledger_commands_test.py VIGIE MAKE_DATA
"""
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

VIGIE, MAKE = sys.argv[1:3]


def vigie(*args):
    done = subprocess.run([VIGIE, *args], capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout, done.stderr


class Commands(unittest.TestCase):
    def setUp(self):
        self.top = tempfile.mkdtemp(prefix='vigie_cmd_')
        self.addCleanup(shutil.rmtree, self.top, ignore_errors=True)
        self.data = os.path.join(self.top, 'data')
        self.make(600, 1)

    def path(self, name):
        return os.path.join(self.top, name)

    def make(self, n, seed, data=None):
        subprocess.run([MAKE, data or self.data, str(n), str(seed)], check=True)

    def keep_head(self, name='kept.txt'):
        status, out, _ = vigie('head', '--data', self.data)
        self.assertEqual(status, 0)
        with open(self.path(name), 'w', encoding='utf-8') as f:
            f.write(out)
        return self.path(name)

    def falsify(self, sql):
        with sqlite3.connect(os.path.join(self.data, 'vigie.db')) as lite:
            lite.execute(sql)
        lite.close()

    def test_a_ledger_that_only_grew_verifies_since_a_kept_head(self):
        kept = self.keep_head()
        self.make(300, 2)
        status, out, _ = vigie('verify', '--data', self.data, '--since', kept)
        self.assertEqual(status, 0)
        self.assertIn('900 facts', out)
        self.assertTrue(out.endswith('verified\n'))

    def test_a_falsified_ledger_does_not_verify(self):
        self.falsify("UPDATE event SET at = at + 1 WHERE seq = 300")
        status, out, _ = vigie('verify', '--data', self.data)
        self.assertEqual(status, 1)
        self.assertIn('PROBLEM fact 300', out)
        self.assertTrue(out.endswith('NOT VERIFIED\n'))

    def test_another_history_is_shown_by_the_kept_head(self):
        kept = self.keep_head()
        other = self.path('other')
        self.make(700, 5, other)  # flawless by itself, the same keys
        self.assertEqual(vigie('verify', '--data', other)[0], 0)
        status, out, _ = vigie('verify', '--data', other, '--since', kept)
        self.assertEqual(status, 1)
        self.assertIn('kept head', out)

    def test_a_backup_is_restored_and_goes_on(self):
        status, head, _ = vigie('backup', '--data', self.data, '--to', self.path('copy'))
        self.assertEqual(status, 0)
        self.make(100, 3)
        with open(self.path('copy/head.txt'), encoding='utf-8') as f:
            self.assertEqual(f.read(), head)
        back = self.path('back')
        status, out, _ = vigie('restore', '--from', self.path('copy'), '--data', back)
        self.assertEqual((status, out), (0, '600 facts restored and verified, 0 persons erased again\n'))
        self.make(50, 4, back)
        status, out, _ = vigie('verify', '--data', back, '--since', self.path('copy/head.txt'))
        self.assertEqual(status, 0)
        self.assertIn('650 facts', out)
        self.assertEqual(vigie('restore', '--from', self.path('copy'), '--data', back)[0], 2)

    def test_a_cut_backup_is_refused(self):
        vigie('backup', '--data', self.data, '--to', self.path('copy'))
        with open(self.path('copy/vigie.db'), 'r+b') as f:
            f.truncate(os.path.getsize(self.path('copy/vigie.db')) // 2)
        back = self.path('back')
        self.assertEqual(vigie('restore', '--from', self.path('copy'), '--data', back)[0], 2)
        self.assertFalse(os.path.exists(os.path.join(back, 'vigie.db')))

    def test_an_erased_person_is_gone_and_the_ledger_verifies(self):
        kept = self.keep_head()
        with sqlite3.connect(os.path.join(self.data, 'vigie.db')) as lite:
            person = lite.execute('SELECT person_id FROM event_private LIMIT 1').fetchone()[0]
        lite.close()
        number, text = int.from_bytes(person, 'big'), ''
        for _ in range(26):
            text = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[number & 31] + text
            number >>= 5
        self.assertEqual(vigie('erase', '--data', self.data, '--person', text)[0], 0)
        self.assertEqual(vigie('erase', '--data', self.data, '--person', text)[0], 1)
        status, out, _ = vigie('verify', '--data', self.data, '--since', kept)
        self.assertEqual(status, 0, out)
        self.assertNotIn(' 0 erased', out)

    def test_a_newer_database_is_refused(self):
        self.falsify('PRAGMA user_version = 9999')
        status, _, err = vigie('verify', '--data', self.data)
        self.assertEqual(status, 2)
        self.assertIn('another version', err)
        self.assertEqual(vigie('head', '--data', self.data)[0], 2)

    def test_wrong_use_is_explained_and_creates_nothing(self):
        for args in (['verify'], ['verify', '--data'], ['verify', '--dat', 'x'],
                     ['verify', '--data', 'a', '--data', 'b'], ['head'], ['backup', '--data', 'x'],
                     ['restore', '--data', 'x'], ['erase', '--data', 'x', '--person', 'Durand'],
                     ['verify', '--data', self.path('none')], ['head', '--data', self.path('none')],
                     ['verify', '--data', self.data, '--since', '/dev/null']):
            status, out, err = vigie(*args)
            self.assertEqual((status, out), (2, ''), args)
            self.assertTrue(err)
        self.assertFalse(os.path.exists(self.path('none')))


unittest.main(argv=sys.argv[:1], verbosity=2)
