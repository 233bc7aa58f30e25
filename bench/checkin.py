#!/usr/bin/env python3
"""Durable check-ins over HTTP on 64 connections: Vigie's full path beside the bare work of a
node + PostgreSQL server, in turns, each on fresh data, asked by the same client.

    checkin.py BUILD [--visits 10000] [--rounds 3]

Vigie: token, rights, rules, event, Merkle leaf, state row, commit and flush before the answer.
The other: bench/checkin_node.js.  It is left out, and said so, without PostgreSQL or npm's pg.
Prints the rate, the latency and the CPU of each, medians over the rounds, and their ratio.
"""
import argparse
import glob
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent


def cpu(pids):
    total = 0
    for pid in pids:
        try:
            fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            total += sum(int(f) for f in fields[11:15])
        except OSError:
            pass
    return total / os.sysconf("SC_CLK_TCK")


def load(build, port, requests, header=""):
    command = [build / "test" / "bench_load", str(port), "64", requests, header]
    return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def vigie(build, folder, visits):
    requests = folder / "requests"
    town = subprocess.Popen([build / "test" / "bench_town", folder / "data", str(visits), requests],
                            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    port, token = town.stdout.readline().split()
    before = cpu([town.pid])
    result = load(build, port, requests, f"Authorization: Bearer {token}")
    result["cpu_us"] = (cpu([town.pid]) - before) * 1e6 / visits
    town.stdin.close()
    town.wait()
    return result


def as_postgres(command):
    return ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] + command \
        if os.getuid() == 0 else command


SCHEMA = """
CREATE TABLE operator (id text PRIMARY KEY, started bigint NOT NULL DEFAULT 0);
CREATE TABLE visit (id text PRIMARY KEY, operator_id text NOT NULL, state int NOT NULL DEFAULT 0,
    started_at timestamptz, look_at bigint NOT NULL DEFAULT 0);
CREATE INDEX ON visit (look_at);
CREATE TABLE event (seq bigserial PRIMARY KEY, at timestamptz NOT NULL DEFAULT now(),
    kind text NOT NULL, visit_id text NOT NULL, body text NOT NULL);
INSERT INTO operator SELECT 'o' || i FROM generate_series(0, 49) i;
INSERT INTO visit (id, operator_id) SELECT 'v' || i, 'o' || i % 50 FROM generate_series(1, {visits}) i;
CHECKPOINT;
"""


class Postgres:
    def __init__(self, folder):
        self.bin = pathlib.Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1])
        self.data, self.socket = folder / "pg", folder / "socket"
        for d in (self.data, self.socket):
            d.mkdir()
            if os.getuid() == 0:
                shutil.chown(d, "postgres", "postgres")
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(as_postgres([str(self.bin / "initdb"), "-D", str(self.data), "-U", "postgres",
                                    "-A", "trust"]), **quiet)
        settings = "shared_buffers=512MB,max_wal_size=4GB,listen_addresses=''," \
                   f"unix_socket_directories='{self.socket}'"
        options = " ".join("-c " + s for s in settings.split(","))
        subprocess.run(as_postgres([str(self.bin / "pg_ctl"), "-D", str(self.data), "-w", "-o", options,
                                    "-l", str(self.socket / "log"), "start"]), **quiet)

    def sql(self, text):
        subprocess.run(as_postgres([str(self.bin / "psql"), "-h", str(self.socket), "-U", "postgres",
                                    "-q", "-v", "ON_ERROR_STOP=1"]), input=text, text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def pids(self):
        main = (self.data / "postmaster.pid").read_text().split()[0]
        children = pathlib.Path(f"/proc/{main}/task/{main}/children").read_text().split()
        return [main] + children

    def stop(self):
        subprocess.run(as_postgres([str(self.bin / "pg_ctl"), "-D", str(self.data), "-m", "immediate",
                                    "stop"]), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def node(build, folder, visits):
    folder.chmod(0o755)
    pg = Postgres(folder)
    server = None
    try:
        pg.sql(SCHEMA.format(visits=visits))
        requests = folder / "requests"
        requests.write_text("".join(f'POST /api/visits/v{i}/check-in {{"proof":"tag"}}\n'
                                    for i in range(1, visits + 1)))
        port = folder / "port"
        server = subprocess.Popen(["node", HERE / "checkin_node.js", pg.socket, port])
        for _ in range(200):
            if port.exists() and port.read_text():
                break
            time.sleep(0.05)
        before = cpu([server.pid] + pg.pids())
        result = load(build, port.read_text(), requests)
        result["cpu_us"] = (cpu([server.pid] + pg.pids()) - before) * 1e6 / visits
        return result
    finally:
        if server:
            server.kill()
            server.wait()
        pg.stop()


def why_not():
    if not glob.glob("/usr/lib/postgresql/*/bin/initdb"):
        return "PostgreSQL is not installed"
    if not shutil.which("node"):
        return "node is not installed"
    if not (ROOT / "node_modules" / "pg").exists() and not os.environ.get("NODE_PATH"):
        return "npm's pg is not installed (npm ci)"
    return None


def say(name, results):
    middle = {k: statistics.median(r[k] for r in results) for k in results[0]}
    low, high = (f(r["per_second"] for r in results) for f in (min, max))
    print(f"{name:18} {middle['per_second']:8.0f}/s [{low:.0f}-{high:.0f}]  p50 {middle['p50_ms']:6.2f} ms  "
          f"p99 {middle['p99_ms']:6.2f} ms  CPU {middle['cpu_us']:5.0f} us each, {middle['2xx']:.0f} taken")
    return middle


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--visits", type=int, default=10000)
    parser.add_argument("--rounds", type=int, default=3)
    o = parser.parse_args()
    build = o.build.resolve()
    reason = why_not()
    ours, theirs = [], []
    for _ in range(o.rounds):
        for run, results in ((vigie, ours), (node, theirs)):
            if run is node and reason:
                continue
            with tempfile.TemporaryDirectory() as folder:
                results.append(run(build, pathlib.Path(folder), o.visits))
    a = say("Vigie", ours)
    if reason:
        print(f"node + PostgreSQL  left out: {reason}")
        return 0
    b = say("node + PostgreSQL", theirs)
    print(f"ratio {a['per_second'] / b['per_second']:.1f} of the rates, {b['cpu_us'] / a['cpu_us']:.1f} of the CPU")
    return 0 if a["2xx"] == o.visits else 1


if __name__ == "__main__":
    sys.exit(main())
