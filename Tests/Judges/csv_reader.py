"""Reads a CSV file on stdin; its first argument is the delimiter. Prints the rows as JSON."""

import csv
import io
import json
import sys

csv.field_size_limit(1 << 30)
data = sys.stdin.buffer.read().decode("utf-8-sig")
rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=sys.argv[1], strict=True))
json.dump(rows, sys.stdout)
