#!/usr/bin/env python3
"""Compares the integer travel estimate with the haversine formula in floating point, on random
pairs up to 150 km apart in every latitude where Vigie may work.  argv[1]: the program."""
import math
import random
import subprocess
import sys

R = 6371008.8
rng = random.Random(76)
PLACES = [(49.44, 1.10), (43.0, 6.0), (51.0, 2.4), (-21.1, 55.5), (-12.8, 45.2), (14.6, -61.0),
          (4.9, -52.3), (46.9, -56.3), (-17.6, -149.5), (-22.3, 166.4), (-14.3, -178.1)]


def haversine(a, b, c, d):
    p, q, l, m = map(math.radians, (a, c, b, d))
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin((m - l) / 2) ** 2
    return 2 * R * math.asin(math.sqrt(h))


pairs = []
for i in range(20000):
    lat, lon = rng.choice(PLACES)
    far = 150000 * rng.random() ** 3
    t = rng.random() * 2 * math.pi
    lat += rng.uniform(-.5, .5)
    a = round(lat * 1e6), round(lon * 1e6)
    c = (round((lat + math.degrees(far / R) * math.sin(t)) * 1e6),
         round((lon + math.degrees(far / R) * math.cos(t) / math.cos(math.radians(lat))) * 1e6))
    pairs.append(a + c)
pairs += [(49440000, 1100000, 49440000, 1100000), (0, 0, 49440000, 1100000),
          (91000000, 0, 49440000, 1100000)]
out = subprocess.run([sys.argv[1]], input='\n'.join('%d %d %d %d' % p for p in pairs),
                     capture_output=True, text=True, check=True).stdout.split('\n')
worst = 0.0
for p, line in zip(pairs, out):
    circle, way, foot, bike, car, transit = map(int, line.split())
    known = p[0:2] != (0, 0) and abs(p[0]) <= 90e6
    want = haversine(*(x / 1e6 for x in p)) if known else 0.0
    error = abs(circle - want)
    assert error <= 0.005 * want + 1, (p, circle, want)
    if want > 1000:
        worst = max(worst, error / want)
    assert abs(way - 1.3 * circle) <= 0.5
    for minutes, fixed, speed in ((foot, 0, 4.5), (bike, 0, 14), (car, 5, 35), (transit, 5, 14)):
        exact = fixed + way / 1000 / speed * 60 if way else 0
        assert minutes == math.ceil(exact - 1e-9), (p, minutes, exact)
assert len(out) == len(pairs) + 1
print('%d pairs, worst error %.4f %%' % (len(pairs), 100 * worst))
