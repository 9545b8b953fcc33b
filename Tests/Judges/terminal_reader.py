"""Reads on stdin what goes to a terminal, and prints its lines as JSON without colors.

An error is a control other than LF and the sequences for colors, whatever turns the direction of
writing or is invisible by its category, a line that some reader would end elsewhere, and one that a
build service would take for a command.
"""

import json
import re
import sys
import unicodedata

text = re.sub(r"\x1b\[(?:0|1|2|31|33|36)m", "", sys.stdin.buffer.read().decode("utf-8"))
lines = text.split("\n")
if lines.pop() != "" or text.splitlines() != lines:
    raise ValueError("some reader ends a line within another")
for line in lines:
    for character in line:
        if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp"):
            raise ValueError(f"{character!r} in {line!r}")
        if unicodedata.bidirectional(character) in (
            "LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"
        ):
            raise ValueError(f"{character!r} in {line!r}")
    if line.lstrip().startswith("::") or re.search(r"##[a-z-]*\[", line):
        raise ValueError(f"{line!r} is a command")
json.dump(lines, sys.stdout)
