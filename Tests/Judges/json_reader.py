"""Reads many JSON documents on stdin, NUL between them. Prints for each its texts in order."""

import json
import sys


def texts(value):
    if isinstance(value, str):
        return [value]
    return [text for one in value for text in texts(one)]


documents = sys.stdin.buffer.read().decode("utf-8").split("\0")
json.dump([texts(json.loads(one, object_pairs_hook=list)) for one in documents], sys.stdout)
