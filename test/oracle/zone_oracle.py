"""Asks our zones and Python's zoneinfo the same: every transition with its neighbours, the
hours around it on the wall, and random instants, for the French territories.

    zone_oracle.py TIME_ORACLE [INSTANTS]
"""

import bisect
import datetime
import os
import random
import struct
import subprocess
import sys
import zoneinfo

ZONES = [
    "Europe/Paris", "Indian/Reunion", "America/Guadeloupe", "America/Martinique",
    "America/Cayenne", "Indian/Mayotte", "Pacific/Noumea", "Pacific/Tahiti",
    "America/Miquelon", "Pacific/Wallis", "Pacific/Marquesas", "America/New_York",
    "Australia/Lord_Howe", "Europe/Dublin",
]
UTC = datetime.timezone.utc
EPOCH = datetime.datetime(1970, 1, 1)
LOW, HIGH = -2208988800, 7258118400  # 1900 to 2200


def path_of(name):
    for root in zoneinfo.TZPATH:
        path = os.path.join(root, name)
        if os.path.exists(path):
            return path
    return None


def transitions(zone):
    """Every change of offset between LOW and HIGH, found with zoneinfo alone."""

    def offset(s):
        return datetime.datetime.fromtimestamp(s, UTC).astimezone(zone).utcoffset()

    found, step = [], 86400 * 7
    for start in range(LOW, HIGH, step):
        if offset(start) == offset(start + step):
            continue
        lo, hi, want = start, start + step, offset(start)
        while hi - lo > 1:
            mid = (lo + hi) // 2
            if offset(mid) == want:
                lo = mid
            else:
                hi = mid
        found.append(hi)
    return found


def expect_local(zone, s):
    t = datetime.datetime.fromtimestamp(s, UTC).astimezone(zone)
    wall = t.replace(tzinfo=None) - EPOCH
    dst = t.dst()
    return "%d %d %d %d" % (wall.days, wall.seconds, t.utcoffset().total_seconds(), bool(dst)), dst


def expect_wall(zone, day, minutes):
    t = (EPOCH + datetime.timedelta(days=day, minutes=minutes)).replace(tzinfo=zone, fold=0)
    return str(int(t.timestamp()))


def main():
    oracle, instants = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    rng = random.Random(20261122)
    questions, expected = [], []
    checked = 0
    for name in ZONES:
        path = path_of(name)
        if not path:
            print("no zone file for", name, "- install tzdata")
            return 1
        zone = zoneinfo.ZoneInfo(name)
        questions.append(("zone " + path, None, name))
        changes = transitions(zone)
        seconds = [rng.randrange(LOW, HIGH) for _ in range(instants)]
        walls = [(rng.randrange(-25000, 84000), rng.randrange(1440)) for _ in range(instants)]
        for t in changes:
            seconds += [t - 1, t, t + 1]
            base = t // 86400 * 1440 + t % 86400 // 60
            for around in range(-16 * 60, 16 * 60, 10):
                minute = base + around
                walls.append((minute // 1440, minute % 1440))
        for s in seconds:
            questions.append(("local %d" % s, expect_local(zone, s)[0], name))
        for d, m in walls:
            questions.append(("wall %d %d" % (d, m), expect_wall(zone, d, m), name))
    text = "\n".join(q[0] for q in questions) + "\n"
    out = subprocess.run([oracle], input=text, capture_output=True, text=True, check=True)
    answers = iter(out.stdout.splitlines())
    bad = 0
    for question, want, name in questions:
        if want is None:
            continue
        got = next(answers)
        checked += 1
        if question.startswith("local"):  # Python guesses DST amounts: compare the clock only
            got, want = got.rsplit(" ", 1)[0], want.rsplit(" ", 1)[0]
        if got != want:
            bad += 1
            if bad < 10:
                print(name, question, "got", got, "want", want)
    print("%d questions over %d zones, %d differences" % (checked, len(ZONES), bad))
    return 1 if bad or checked < len(ZONES) * instants else 0


if __name__ == "__main__":
    sys.exit(main())
