"""Reads {"kind": …, "texts": […]} on stdin, and prints as JSON what the judge of that kind makes of
each text: to start a process takes longer than to read a page.

json, csv, lines: the value. markdown: the leaf blocks. powershell: the lines with errors.
"""

import csv
import io
import json
import sys


def markdown(text):
    from markdown_reader import blocks

    return blocks(text)


def powershell(text):
    from powershell_parser import error_lines

    return error_lines(text.encode())


readers = {
    "json": json.loads,
    "csv": lambda text: list(csv.reader(
        io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)),
    "lines": str.splitlines,
    "markdown": markdown,
    "powershell": powershell,
}
task = json.load(sys.stdin)
json.dump([readers[task["kind"]](text) for text in task["texts"]], sys.stdout)
