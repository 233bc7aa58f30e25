"""bilan, export and verify --export on a demo, from outside, with the second implementation.

usage: bilan_commands_test.py VIGIE VERIFY_BILAN ROOT
"""
import filecmp
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

VIGIE, CHECK, ROOT = (os.path.abspath(x) for x in sys.argv[1:4])
MONTH = '2026-10'
TOP = tempfile.mkdtemp(prefix='vigie_bilan_')


def run(*args):
    done = subprocess.run(args, capture_output=True, timeout=200, cwd=ROOT)
    return done.returncode, done.stdout, done.stderr.decode()


def demo(name):
    data = os.path.join(TOP, name)
    status, _, err = run(VIGIE, 'demo', '--data', data, '--persons', '150', '--days', '20', '--seed', '3',
                         '--until', '2026-10-25')
    assert status == 0, err
    return data


def setUpModule():
    global DATA, OUT
    DATA = demo('a')
    OUT = os.path.join(TOP, 'export')
    status, _, err = run(VIGIE, 'export', '--data', DATA, '--month', MONTH, '--out', OUT)
    assert status == 0, err


def tearDownModule():
    shutil.rmtree(TOP)


class Bilan(unittest.TestCase):
    def bilan(self, form, *more):
        status, out, err = run(VIGIE, 'bilan', '--data', DATA, '--territory', '76', '--month', MONTH, '--format', form,
                               *more)
        self.assertEqual(status, 0, err)
        return out

    def test_both_programs_accept_the_export_and_agree_byte_for_byte(self):
        self.assertEqual(run(VIGIE, 'verify', '--export', OUT, '--key', os.path.join(DATA, 'log.pub'))[0], 0)
        status, _, err = run(sys.executable, CHECK, OUT)
        self.assertEqual(status, 0, err)
        for form in ('json', 'csv'):
            mine = run(sys.executable, CHECK, OUT, '--print', '76.' + form)[1]
            self.assertTrue(len(mine) > 1000)
            self.assertEqual(mine, self.bilan(form))

    def test_text_is_for_readers(self):
        text = self.bilan('text').decode()
        self.assertIn('Seine-Maritime', text)
        self.assertIn('sur demandées', text)

    def test_one_operator_by_its_number(self):
        rows = self.bilan('csv').decode().splitlines()
        named = [r.split(',') for r in rows[1:] if len(r.split(',')[5]) == 26]
        self.assertTrue(named)
        one = self.bilan('csv', '--operator', named[0][7]).decode().splitlines()
        self.assertEqual(len(one), 2)
        self.assertEqual(one[1].split(','), named[0])
        status, _, err = run(VIGIE, 'bilan', '--data', DATA, '--territory', '76', '--month', MONTH, '--operator', 'x')
        self.assertEqual(status, 1)
        self.assertIn('no line of its own', err)

    def test_an_open_month_is_provisional(self):
        self.assertIn(b'"state":"provisional","edition":1', self.bilan('json'))

    def test_wrong_use_is_said(self):
        for args in (['--data', DATA], ['--data', DATA, '--territory', '76', '--month', 'octobre'],
                     ['--data', DATA, '--territory', '99', '--month', MONTH],
                     ['--data', os.path.join(TOP, 'none'), '--territory', '76', '--month', MONTH],
                     ['--data', DATA, '--territory', '76', '--month', MONTH, '--format', 'xml']):
            status, out, err = run(VIGIE, 'bilan', *args)
            self.assertEqual((status, out), (2, b''), args)
            self.assertTrue(err)
        self.assertFalse(os.path.exists(os.path.join(TOP, 'none')))

    def test_an_export_never_writes_over_another(self):
        status, _, err = run(VIGIE, 'export', '--data', DATA, '--month', MONTH, '--out', OUT)
        self.assertEqual(status, 2)
        self.assertTrue(err)

    def test_the_same_seed_gives_the_same_export_and_head(self):
        data, out = demo('b'), os.path.join(TOP, 'again')
        self.assertEqual(run(VIGIE, 'export', '--data', data, '--month', MONTH, '--out', out)[0], 0)
        names = sorted(os.listdir(OUT))
        self.assertEqual(names, sorted(os.listdir(out)))
        self.assertEqual(filecmp.cmpfiles(OUT, out, names, shallow=False)[0], names)

    def test_an_export_names_no_person_carer_or_hour(self):
        named = set()
        with open(os.path.join(OUT, '76-lines.csv'), encoding='utf-8') as f:
            named.update(line.split(',')[0] for line in f)
        for name in sorted(os.listdir(OUT)):
            if name == 'leaves.bin' or name.startswith(('head', 'manifest')):
                continue
            with open(os.path.join(OUT, name), encoding='utf-8') as f:
                text = f.read()
            # every id is that of a line; no instant and no day is there
            ids = set(re.findall(r'\b[0-7][0-9A-HJKMNP-TV-Z]{25}\b', text))
            self.assertEqual(ids - named, set(), name)
            self.assertIsNone(re.search(r'\d{4}-\d\d-\d\d|\d\d:\d\d', text), name)
        with open(os.path.join(OUT, '76-visits.csv'), encoding='utf-8') as f:
            head = f.readline().strip().split(',')
        for word in ('person', 'carer', 'day', 'at', 'insee', 'visit'):
            self.assertNotIn(word, head)

    def test_another_folder_or_a_stranger_in_it_is_refused(self):
        copy = os.path.join(TOP, 'copy')
        shutil.copytree(OUT, copy)
        for what in (lambda: os.symlink('/etc/hostname', os.path.join(copy, 'x')),
                     lambda: os.mkdir(os.path.join(copy, 'sub')),
                     lambda: open(os.path.join(copy, '.hidden'), 'w').close()):
            what()
            self.assertEqual(run(VIGIE, 'verify', '--export', copy)[0], 1)
            self.assertEqual(run(sys.executable, CHECK, copy)[0], 1)
            shutil.rmtree(copy)
            shutil.copytree(OUT, copy)
        self.assertEqual(run(VIGIE, 'verify', '--export', os.path.join(TOP, 'none'))[0], 2)
        shutil.rmtree(copy)


if __name__ == '__main__':
    unittest.main(argv=sys.argv[:1])
