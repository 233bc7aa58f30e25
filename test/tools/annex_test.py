#!/usr/bin/env python3
"""The addressee's side of a report: annex_test.py VIGIE SEAL_TEXT"""
import os
import stat
import subprocess
import sys
import tempfile

vigie, seal = sys.argv[1:3]


def run(*args, data=b''):
    p = subprocess.run(args, input=data, capture_output=True)
    return p.returncode, p.stdout, p.stderr.decode()


with tempfile.TemporaryDirectory() as d:
    key, other, annex = (os.path.join(d, n) for n in ('key', 'other', 'annex'))
    code, public, _ = run(vigie, 'annex', 'key', '--key', key)
    assert code == 0 and public.startswith(b'vigie-annex-public-1:'), public
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600
    code, _, why = run(vigie, 'annex', 'key', '--key', key)
    assert code == 2 and why, 'an existing key is never overwritten'
    text = 'SIGNALEMENT\nTrois jours sans toilette.\n'.encode()
    code, sealed, _ = run(seal, public.decode().strip(), data=text)
    assert code == 0 and b'toilette' not in sealed
    with open(annex, 'wb') as f:
        f.write(sealed)
    assert run(vigie, 'annex', 'open', '--key', key, annex)[:2] == (0, text)
    run(vigie, 'annex', 'key', '--key', other)
    code, out, why = run(vigie, 'annex', 'open', '--key', other, annex)
    assert code == 2 and not out and why, 'sealed for somebody else'
    with open(annex, 'wb') as f:
        f.write(sealed[:-9] + b'AAAAAAAA\n')
    code, out, _ = run(vigie, 'annex', 'open', '--key', key, annex)
    assert code == 2 and not out, 'a changed annex'
    assert run(vigie, 'annex', 'open', '--key', key, os.path.join(d, 'none'))[0] == 2
    assert run(vigie, 'annex')[0] == 2
    assert run(vigie, 'annex', 'open', '--key', key)[0] == 2
print('ok')
