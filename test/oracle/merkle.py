"""The ledger said again in Python, from the RFCs: Merkle tree and proofs (RFC 9162), Ed25519
(RFC 8032), HMAC (RFC 2104), signed notes and checkpoints (C2SP).  Standard library only; it shares
no code with src/.

usage: merkle.py PROGRAM      recomputes every line that PROGRAM prints
"""
import base64
import hashlib
import hmac
import json
import subprocess
import sys


# ---- RFC 9162, as it is written there

def largest_power(n):
    k = 1
    while 2 * k < n:
        k *= 2
    return k


def mth(d):
    if not d:
        return hashlib.sha256(b'').digest()
    if len(d) == 1:
        return d[0]
    k = largest_power(len(d))
    return hashlib.sha256(b'\1' + mth(d[:k]) + mth(d[k:])).digest()


def inclusion(m, d):
    if len(d) == 1:
        return []
    k = largest_power(len(d))
    if m < k:
        return inclusion(m, d[:k]) + [mth(d[k:])]
    return inclusion(m - k, d[k:]) + [mth(d[:k])]


def consistency(m, d, whole=True):
    if m == len(d):
        return [] if whole else [mth(d)]
    k = largest_power(len(d))
    if m <= k:
        return consistency(m, d[:k], whole) + [mth(d[k:])]
    return consistency(m - k, d[k:], False) + [mth(d[:k])]


# ---- RFC 8032 §5.1

P = 2 ** 255 - 19
L = 2 ** 252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(s, p):
    q = (0, 1, 1, 0)
    while s:
        if s & 1:
            q = add(q, p)
        p, s = add(p, p), s >> 1
    return q


def recover(y, sign):
    x2 = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(x2, (P + 3) // 8, P)
    if (x * x - x2) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    return P - x if x & 1 != sign else x


BY = 4 * pow(5, P - 2, P) % P
BX = recover(BY, 0)
B = (BX, BY, 1, BX * BY % P)


def compress(p):
    z = pow(p[2], P - 2, P)
    x, y = p[0] * z % P, p[1] * z % P
    return (y | (x & 1) << 255).to_bytes(32, 'little')


def expand(seed):
    h = hashlib.sha512(seed).digest()
    a = int.from_bytes(h[:32], 'little') & (1 << 254) - 8 | 1 << 254
    return a, h[32:]


def public(seed):
    return compress(times(expand(seed)[0], B))


def number(*parts):
    return int.from_bytes(hashlib.sha512(b''.join(parts)).digest(), 'little') % L


def sign(seed, message):
    a, prefix = expand(seed)
    pub, r = public(seed), number(prefix, message)
    rs = compress(times(r, B))
    return rs + ((r + number(rs, pub, message) * a) % L).to_bytes(32, 'little')


# ---- C2SP notes

def read_key(text):
    """PRIVATE+KEY+name+id+base64(kind, seed), its id checked."""
    head, word, name, key_id, data = text.split('+', 4)
    data = base64.b64decode(data, validate=True)
    assert (head, word) == ('PRIVATE', 'KEY') and len(data) == 33
    kind, seed = data[:1], data[1:]
    pub = public(seed)
    real = hashlib.sha256(name.encode() + b'\n' + kind + pub).digest()[:4]
    assert real.hex() == key_id
    return name, real, kind, seed, pub


def line(name, key_id, signature):
    return '\u2014 %s %s\n' % (name, base64.b64encode(key_id + signature).decode())


def checkpoint(log, witness, size, when, root):
    name, key_id, _, seed, _ = read_key(log)
    note = '%s\n%d\n%s\n' % (name, size, base64.b64encode(root).decode())
    text = note + '\n' + line(name, key_id, sign(seed, note.encode()))
    name, key_id, _, seed, _ = read_key(witness)
    message = 'cosignature/v1\ntime %d\n%s' % (when, note)
    return text + line(name, key_id, when.to_bytes(8, 'big') + sign(seed, message.encode()))


# ---- facts

def canonical(text):
    """The line as any JSON library that keeps the order writes it back."""
    value = json.loads(text)
    return json.dumps(value, ensure_ascii=False, separators=(',', ':'))


def fact(key, commitment, leaf, pub, priv):
    assert canonical(pub.decode()) == pub.decode(), pub
    real = bytes(32)
    if priv:
        assert canonical(priv.decode()) == priv.decode(), priv
        real = hmac.new(key, pub + b'\n' + priv, hashlib.sha256).digest()
    assert real == commitment
    assert hashlib.sha256(b'\0' + pub + b'\n' + commitment).digest() == leaf


def main():
    # RFC 8032 §7.1, tests 1 and 2
    assert public(bytes.fromhex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60')
                  ).hex() == 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'
    assert sign(bytes.fromhex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb'),
                b'\x72').hex().startswith('92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da')
    out = subprocess.run([sys.argv[1]], capture_output=True, check=True, text=True).stdout
    leaves, counts = [], {}
    for text in out.splitlines():
        word, *rest = text.split(' ')
        counts[word] = counts.get(word, 0) + 1
        if word == 'leaf':
            leaves.append(bytes.fromhex(rest[0]))
        elif word == 'root':
            assert mth(leaves).hex() == rest[0]
        elif word == 'inclusion':
            assert [h.hex() for h in inclusion(int(rest[0]), leaves)] == rest[2:]
        elif word == 'consistency':
            assert [h.hex() for h in consistency(int(rest[0]), leaves)] == rest[2:]
        elif word == 'fact':
            fact(*(bytes.fromhex(h) for h in rest[:4]), bytes.fromhex(rest[4][1:]))
        elif word == 'head':
            log, witness, size, when, root, signed, vkey = rest
            made = checkpoint(log, witness, int(size), int(when), bytes.fromhex(root))
            assert made.encode().hex() == signed
            name, key_id, kind, _, pub = read_key(log)
            assert vkey == '%s+%s+%s' % (name, key_id.hex(), base64.b64encode(kind + pub).decode())
        else:
            raise AssertionError(text)
    print(counts)
    assert counts['inclusion'] == counts['consistency'] == 130 * 131 // 2
    assert counts['fact'] == 500 and counts['head'] == 5


main()
