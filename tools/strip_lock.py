#!/usr/bin/env python3
"""Takes download and donation addresses out of package-lock.json, in place.

npm then asks whatever registry the machine is set up for; the integrity hashes stay, so what
comes back is still checked.  Run it after every change of package.json.
"""
import json
import pathlib

path = pathlib.Path(__file__).resolve().parent.parent / "package-lock.json"
lock = json.loads(path.read_text())
for package in lock["packages"].values():
    for key in ("resolved", "funding"):
        package.pop(key, None)
path.write_text(json.dumps(lock, indent=2) + "\n")
