"""Reads many YAML documents on stdin, NUL between them, each a list of lists, by PyYAML.

Prints for each inner list its texts in order, those of mappings and lists within it among them. What
PyYAML takes for anything but text is an error.
"""

import json
import sys

import yaml


def texts(value):
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    if isinstance(value, dict):
        return [text for pair in value.items() for one in pair for text in texts(one)]
    raise TypeError(f"{value!r} is no text")


documents = sys.stdin.buffer.read().decode("utf-8").split("\0")
json.dump(
    [texts(value) for document in documents for value in yaml.safe_load(document)], sys.stdout
)
