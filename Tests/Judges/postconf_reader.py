"""Reads many main.cf on stdin, NUL between them, by `postconf -n`, which may say nothing else.

Prints for each the lines that postconf prints, but for that of the folder.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

results = []
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "master.cf").write_bytes(b"")
    for text in sys.stdin.buffer.read().split(b"\0"):
        (folder / "main.cf").write_bytes(text)
        verdict = subprocess.run(
            ["/usr/sbin/postconf", "-n", "-c", name], stdin=subprocess.DEVNULL,
            capture_output=True, check=False)
        if verdict.returncode or verdict.stderr:
            sys.exit(f"postconf: {verdict.returncode} {verdict.stderr.decode(errors='replace')}")
        lines = verdict.stdout.decode("utf-8").split("\n")[:-1]
        results.append([line for line in lines if not line.startswith("config_directory ")])
json.dump(results, sys.stdout)
