"""Read-backs rendered to sound by espeak-ng: each gives a WAV with sound in it.

Usage: spoken.py VIGIE OUT_DIR.  Leaves the files there so that a person can listen.  Skipped
(exit 77) where espeak-ng is not installed.
"""
import pathlib
import shutil
import subprocess
import sys
import wave

SENTENCES = [
    "je voudrais une toilette d'une heure demain à 9h20",
    "tous les mardis et jeudis à 14h ménage sauf les jours fériés",
    "annulez la visite de samedi matin",
    "reportez le ménage de demain à samedi 10h",
    "je suis tombée et je ne peux pas me relever",
]

if not shutil.which("espeak-ng"):
    print("skipped: espeak-ng is not installed")
    sys.exit(77)
vigie, out = sys.argv[1], pathlib.Path(sys.argv[2])
said = subprocess.run([vigie, "talk", "--say", "--at", "2026-03-11T10:00:00+01:00"], input="\n".join(SENTENCES) + "\n",
                      capture_output=True, text=True, check=True).stdout.splitlines()
assert len(said) == len(SENTENCES), said
for i, text in enumerate(said):
    path = out / f"said-{i}.wav"
    subprocess.run(["espeak-ng", "-v", "fr", "-s", "140", "-w", str(path), text], check=True)
    with wave.open(str(path)) as w:
        frames = w.readframes(w.getnframes())
        seconds = w.getnframes() / w.getframerate()
    print(f"{seconds:.1f} s  {text}")
    assert seconds > 1 and any(frames), path
