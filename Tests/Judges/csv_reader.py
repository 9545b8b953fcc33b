"""Reads a CSV file on stdin; its arguments are the delimiter and, if not UTF-8, the encoding. Prints
the rows as JSON.
"""

import csv
import io
import json
import sys

csv.field_size_limit(1 << 30)
encoding = sys.argv[2] if len(sys.argv) > 2 else "utf-8-sig"
data = sys.stdin.buffer.read().decode(encoding)
rows = list(csv.reader(io.StringIO(data, newline=""), delimiter=sys.argv[1], strict=True))
json.dump(rows, sys.stdout)
