"""Reads a log on stdin as GitHub's runner does (actions/runner, ActionCommand.TryParseV2).

A command begins a line with `::`, ends with the next `::`, and what follows is its message. Prints
for each line [command, name, value, …, message]; a line that is no command is an error.
"""

import json
import sys

DATA = [("%0D", "\r"), ("%0A", "\n"), ("%25", "%")]
PROPERTY = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]


def unescape(text, escapes):
    for escape, character in escapes:
        text = text.replace(escape, character)
    return text


def command(line):
    line = line.lstrip()
    if not line.startswith("::"):
        raise ValueError(f"{line!r} is no command")
    end = line.index("::", 2)
    name, _, properties = line[2:end].partition(" ")
    result = [name]
    for pair in properties.strip().split(","):
        key, separator, value = pair.partition("=")
        if separator:
            result += [key, unescape(value, PROPERTY)]
    return result + [unescape(line[end + 2 :], DATA)]


log = sys.stdin.buffer.read().decode("utf-8")
lines = log.split("\n")
if lines.pop() != "" or log.splitlines() != lines:
    raise ValueError("some reader ends a line within a command")
json.dump([command(line) for line in lines], sys.stdout)
