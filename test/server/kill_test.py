"""Kills the server in the middle of check-ins (SIGKILL) and looks for every one that it had
acknowledged: not one may be missing from the database that is found afterwards.

    kill_test.py BENCH_TOWN [ROUNDS]
"""
import http.client
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def number(ulid):
    value = 0
    for letter in ulid:
        value = value * 32 + ALPHABET.index(letter)
    return value.to_bytes(16, "big")


def client(port, token, paths, acknowledged):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
    try:
        for path in paths:
            connection.request("POST", path, '{"proof":"tag"}', headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status == 200:
                acknowledged.append(path.split("/")[3])
    except (OSError, http.client.HTTPException):
        pass  # the server was killed


def one_round(town_program, folder, rng):
    requests = folder / "requests"
    town = subprocess.Popen([town_program, folder / "data", "1500", requests],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port, token = town.stdout.readline().split()
    paths = [line.split(" ")[1] for line in requests.read_text().splitlines()]
    acknowledged = []
    threads = [threading.Thread(target=client, args=(int(port), token, paths[i::8], acknowledged))
               for i in range(8)]
    for thread in threads:
        thread.start()
    wanted = rng.randrange(50, 800)
    while len(acknowledged) < wanted and any(t.is_alive() for t in threads):
        time.sleep(0.001)
    os.kill(town.pid, signal.SIGKILL)
    town.wait()
    for thread in threads:
        thread.join()
    db = sqlite3.connect(folder / "data" / "vigie.db")
    begun = {row[0] for row in db.execute("SELECT id FROM visit WHERE started_at IS NOT NULL")}
    facts = db.execute("SELECT COUNT(DISTINCT subject_id) FROM event WHERE public LIKE '%started%'").fetchone()[0]
    sound = db.execute("PRAGMA integrity_check").fetchone()[0]
    db.close()
    lost = [ulid for ulid in acknowledged if number(ulid) not in begun]
    return len(acknowledged), len(lost), sound == "ok" and facts >= len(begun)


def main():
    rng = random.Random(1)
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    total = bad = 0
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            acknowledged, lost, sound = one_round(sys.argv[1], pathlib.Path(folder), rng)
        total += acknowledged
        bad += lost + (not sound)
    print("%d kills, %d acknowledged, %d lost or unsound" % (rounds, total, bad))
    return 1 if bad or total < 50 * rounds else 0


if __name__ == "__main__":
    sys.exit(main())
