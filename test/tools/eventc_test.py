"""tools/eventc.py refuses what it must refuse, with file and line.

usage: eventc_test.py EVENTC
"""
import os
import subprocess
import sys
import tempfile
import unittest

EVENTC = sys.argv[1]
ENUMS = 'enum role: none\nenum aggregate: none visit\n'


def run(enums, events, *args):
    with tempfile.TemporaryDirectory() as top:
        paths = [os.path.join(top, n) for n in ('enums.def', 'events.def')]
        for path, text in zip(paths, (enums, events)):
            with open(path, 'w', encoding='utf-8') as f:
                f.write(text)
        args = args or ('--out', top)
        done = subprocess.run([sys.executable, EVENTC, *paths, *args], capture_output=True, text=True)
        return done.returncode, done.stderr


class Refusals(unittest.TestCase):
    def refused(self, events, what, enums=ENUMS):
        status, err = run(enums, events)
        self.assertEqual(status, 1, events)
        self.assertIn(what, err)
        self.assertRegex(err, r'\.def(:\d+)?: ')

    def test_a_good_pair_passes(self):
        self.assertEqual(run(ENUMS, 'event a 1 subject visit person\n  priv str note\n')[0], 0)

    def test_events(self):
        self.refused('event a 2 subject visit\n', 'version 1 expected')
        self.refused('event a 1 subject house\n', 'no aggregate house')
        self.refused('event a 1 subject visit\n  priv str note\n', 'needs "person"')
        self.refused('event a 1 subject visit\n  pub float x\n', 'unknown type')
        self.refused('event a 1 subject visit\n  pub enum hue x\n', 'no enum hue')
        self.refused('event a 1 subject visit\n  pub str at\n', 'cannot be a field')
        self.refused('event a 1 subject visit\n  pub str x\n  pub int x\n', 'field x twice')
        self.refused('event a 1 subject visit\n  secret str x\n', 'expected "pub|priv')
        self.refused('  pub str x\n', 'a field without an event')
        self.refused('event A 1 subject visit\n', 'expected "event')

    def test_enums(self):
        event = 'event a 1 subject visit\n'
        self.refused(event, 'is missing', 'enum role: none\n')
        self.refused(event, 'twice', ENUMS + 'enum x: a a\n')
        self.refused(event, 'is there already', ENUMS + 'enum role: b\n')
        self.refused(event, 'is empty', ENUMS + 'enum x:\n')
        self.refused(event, 'bad value', ENUMS + 'enum x: A\n')
        self.refused(event, 'values without an enum', '  a b\n')

    def test_a_stale_listing_is_found(self):
        with tempfile.NamedTemporaryFile('w', suffix='.md') as f:
            f.write('old')
            f.flush()
            status, err = run(ENUMS, 'event a 1 subject visit\n', '--check-doc', f.name)
        self.assertEqual(status, 1)
        self.assertIn('is stale', err)


unittest.main(argv=sys.argv[:1])
